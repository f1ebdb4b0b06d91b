import Foundation
import HTTPClient
import Synchronization
import Testing

@Suite(.serialized, .timeLimit(.minutes(1)))
struct MultipartTests {
    @Test func `a form carries text, bytes and a file with their names and types`() async throws {
        let server = try LoopbackServer.answering { _ in answer(200) }
        let file = try TemporaryFile(Data("OggS from disk".utf8))
        let parts = [
            MultipartPart(name: "chat_id", content: .text("-100123")),
            MultipartPart(name: "caption", content: .text("Выпуск 1\r\n--x")),
            MultipartPart(name: "empty", content: .text("")),
            MultipartPart(
                name: "cover",
                content: .bytes(Data([0, 1, 255]), fileName: "обложка \"1\".png", contentType: "image/png")
            ),
            MultipartPart(name: "voice", content: .file(file.url, fileName: "a.ogg", contentType: "audio/ogg")),
        ]
        _ = try await HTTPClient().send(HTTPRequest(method: .post, url: server.url(), body: .multipart(parts)))
        let request = try #require(server.requests.first)
        let type = try #require(request.headers["content-type"])
        #expect(type.hasPrefix("multipart/form-data; boundary="))
        let boundary = try #require(type.components(separatedBy: "boundary=").last)
        var expected = Data()
        func add(_ head: String, _ content: Data) {
            expected += Data("--\(boundary)\r\nContent-Disposition: form-data; \(head)\r\n\r\n".utf8) + content
            expected += Data("\r\n".utf8)
        }
        add(#"name="chat_id""#, Data("-100123".utf8))
        add(#"name="caption""#, Data("Выпуск 1\r\n--x".utf8))
        add(#"name="empty""#, Data())
        add(
            "name=\"cover\"; filename=\"обложка %221%22.png\"\r\nContent-Type: image/png",
            Data([0, 1, 255])
        )
        add(
            "name=\"voice\"; filename=\"a.ogg\"\r\nContent-Type: audio/ogg",
            Data("OggS from disk".utf8)
        )
        expected += Data("--\(boundary)--\r\n".utf8)
        #expect(request.body == expected)
    }

    @Test func `a 30 MB file arrives whole`() async throws {
        var content = Data(capacity: 30_000_000)
        var state: UInt64 = 42
        while content.count < 30_000_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            withUnsafeBytes(of: state) { content.append(contentsOf: $0) }
        }
        let server = try LoopbackServer.answering { _ in answer(200) }
        let file = try TemporaryFile(content)
        _ = try await HTTPClient().send(
            HTTPRequest(method: .post, url: server.url(), body: .multipart([Self.voice(file.url)]))
        )
        let request = try #require(server.requests.first)
        #expect(request.body.range(of: content) != nil)
        #expect(request.body.count < content.count + 1_000)
    }

    @Test func `a file of 300 MB is sent without being in memory`() async throws {
        let size = 300 * 1024 * 1024
        let received = Mutex(0)
        let memory = Mutex<[Int]>([])
        let server = try LoopbackServer { connection in
            let length = try connection.readHead().headers["content-length"].flatMap { Int($0) } ?? 0
            try connection.consume(length) { piece in
                let isMeasured = received.withLock { received in
                    received += piece.count
                    return received / 10_000_000 > (received - piece.count) / 10_000_000
                }
                if isMeasured {
                    memory.withLock { $0.append(Self.residentMemory()) }
                }
            }
            try connection.write(answer(200))
        }
        let file = try TemporaryFile(sparseBytes: UInt64(size))
        let before = Self.residentMemory()
        let response = try await HTTPClient().send(
            HTTPRequest(
                method: .post,
                url: server.url(),
                body: .multipart([Self.voice(file.url)]),
                deadline: .seconds(50)
            )
        )
        #expect(response.status == 200)
        #expect(received.withLock { $0 } > size)
        let measured = memory.withLock { $0 }
        #expect(measured.count == 31)
        // Other tests run meanwhile and take some memory too.
        #expect(try #require(measured.max()) - before < size / 2)
    }

    @Test(arguments: ["missing", "folder", "pipe"])
    func `a form with an unreadable file is not sent`(kind: String) async throws {
        let server = try LoopbackServer.answering { _ in answer(200) }
        let place = try TemporaryFile()
        switch kind {
        case "folder": try FileManager.default.createDirectory(at: place.url, withIntermediateDirectories: false)
        case "pipe": try #require(mkfifo(place.url.path(percentEncoded: false), 0o600) == 0)
        default: break
        }
        let error = try await #require(throws: HTTPError.self) {
            try await HTTPClient().send(
                HTTPRequest(method: .post, url: server.url(), body: .multipart([Self.voice(place.url)]))
            )
        }
        #expect(error == .unreadableFile(try #require(error.attempt)))
        #expect(!error.requestMayHaveBeenSent)
        #expect(server.requests.isEmpty)
    }

    private static func voice(_ url: URL) -> MultipartPart {
        MultipartPart(name: "voice", content: .file(url, fileName: "voice.ogg", contentType: "audio/ogg"))
    }

    /// The memory that the process has at this moment, in bytes; more than there is where the system does not tell.
    private static func residentMemory() -> Int {
        let statistics = try? FileHandle(forReadingFrom: URL(filePath: "/proc/self/statm")).readToEnd()
        let pages = statistics.map { String(decoding: $0, as: UTF8.self).split(separator: " ") } ?? []
        return pages.dropFirst().first.flatMap { Int($0) }.map { $0 * Int(getpagesize()) } ?? .max
    }
}
