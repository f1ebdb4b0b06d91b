import Foundation
import HTTPClient
import Testing

@Suite(.timeLimit(.minutes(1)))
struct DownloadTests {
    private static let episode = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 / 251) })

    @Test func `a download arrives whole in its file`() async throws {
        let server = try DownloadServer(.init(bytes: Self.episode))
        let file = try TemporaryFile()
        let download = try await fetch(server, to: file)
        #expect(download.status == 200)
        #expect(download.bytes == 300_000)
        #expect(download.resumedFrom == 0)
        #expect(download.headers["etag"] == "\"1\"")
        #expect(try file.content == Self.episode)
        #expect(server.requests.first?.headers["range"] == nil)
        #expect(server.requests.first?.headers["accept-encoding"] == nil)
    }

    @Test(arguments: ["\"1\"", nil])
    func `a download that was cut in the middle is continued and complete`(entityTag: String?) async throws {
        let server = try DownloadServer(.init(bytes: Self.episode, entityTag: entityTag, breaksOffAfter: 100_000))
        let file = try TemporaryFile()
        let error = try await #require(throws: HTTPError.self) { try await fetch(server, to: file) }
        let attempt = try #require(error.attempt)
        #expect(error == .connectionLost(attempt))
        #expect(attempt.entityTag == entityTag)
        #expect(try file.content == Self.episode.prefix(100_000))
        server.change { $0.breaksOffAfter = nil }
        let download = try await fetch(server, to: file, entityTag: attempt.entityTag)
        #expect(download.status == 206)
        #expect(download.bytes == 300_000)
        #expect(download.resumedFrom == 100_000)
        #expect(try file.content == Self.episode)
        #expect(server.requests.last?.headers["range"] == "bytes=100000-")
        #expect(server.requests.last?.headers["if-range"] == entityTag)
    }

    @Test func `a download that brings nothing ends long before its deadline`() async throws {
        let server = try DownloadServer(.init(bytes: Self.episode, stallsAfter: 0))
        let file = try TemporaryFile()
        let client = try HTTPClient(.init(stallTimeout: .seconds(1)))
        let request = HTTPRequest(url: try server.url, deadline: .seconds(50))
        let begin = ContinuousClock.now
        let error = try await #require(throws: HTTPError.self) {
            try await client.download(request, to: file.url, maximumBytes: nil, entityTag: nil)
        }
        let attempt = try #require(error.attempt)
        #expect(error == .connectionLost(attempt))
        #expect(ContinuousClock.now - begin < .seconds(40))
        await client.shutdown()
    }

    @Test(arguments: [true, false])
    func `a file that has changed on the server is fetched anew`(serverKnowsIfRange: Bool) async throws {
        let changed = Data("another episode".utf8) + Self.episode.reversed()
        let server = try DownloadServer(
            .init(bytes: changed, entityTag: "\"2\"", checksVersion: serverKnowsIfRange)
        )
        let file = try TemporaryFile(Self.episode.prefix(100_000))
        let download = try await fetch(server, to: file, entityTag: "\"1\"")
        #expect(download.status == 200)
        #expect(download.resumedFrom == 0)
        #expect(download.headers["etag"] == "\"2\"")
        #expect(try file.content == changed)
        #expect(server.requests.count == (serverKnowsIfRange ? 1 : 2))
    }

    @Test(arguments: ["W/\"1\"", "", "\"1\"\r\nX-Other: 1"])
    func `a weak or broken tag does not vouch for bytes, so the file is fetched anew`(tag: String) async throws {
        let server = try DownloadServer(.init(bytes: Self.episode, entityTag: "W/\"1\""))
        let file = try TemporaryFile(Self.episode.prefix(10))
        let download = try await fetch(server, to: file, entityTag: tag)
        #expect(download.status == 200)
        #expect(try file.content == Self.episode)
        #expect(server.requests.map { $0.headers["range"] } == [nil])
    }

    @Test func `a file that is complete already is left as it is`() async throws {
        let server = try DownloadServer(.init(bytes: Self.episode))
        let file = try TemporaryFile(Self.episode)
        let download = try await fetch(server, to: file, entityTag: "\"1\"")
        #expect(download.status == 416)
        #expect(download.bytes == 300_000)
        #expect(download.resumedFrom == 300_000)
        #expect(try file.content == Self.episode)
    }

    @Test func `a file that has become shorter on the server is fetched anew`() async throws {
        let server = try DownloadServer(.init(bytes: Self.episode.prefix(1_000)))
        let file = try TemporaryFile(Self.episode)
        let download = try await fetch(server, to: file)
        #expect(download.status == 200)
        #expect(download.bytes == 1_000)
        #expect(try file.content == Self.episode.prefix(1_000))
        #expect(server.requests.map { $0.headers["range"] } == ["bytes=300000-", nil])
    }

    @Test func `an empty file replaces what was there`() async throws {
        let server = try DownloadServer(.init(bytes: Data(), entityTag: "\"2\""))
        let file = try TemporaryFile(Data("old".utf8))
        let download = try await fetch(server, to: file, entityTag: "\"1\"")
        #expect(download.bytes == 0)
        #expect(try file.content.isEmpty)
    }

    @Test(arguments: [true, false])
    func `a file larger than allowed is not fetched`(announcesLength: Bool) async throws {
        let server = try DownloadServer(.init(bytes: Self.episode, announcesLength: announcesLength))
        let file = try TemporaryFile()
        let error = try await #require(throws: HTTPError.self) {
            try await fetch(server, to: file, maximumBytes: 299_999)
        }
        #expect(error == .responseTooLarge(try #require(error.attempt)))
        #expect(try file.content.count <= 299_999)
        let whole = try await fetch(server, to: TemporaryFile(), maximumBytes: 300_000)
        #expect(whole.bytes == 300_000)
    }

    @Test func `a changed file that is too large leaves the bytes and their tag as they were`() async throws {
        let server = try DownloadServer(.init(bytes: Self.episode, entityTag: "\"2\""))
        let file = try TemporaryFile(Data("old".utf8))
        let error = try await #require(throws: HTTPError.self) {
            try await fetch(server, to: file, maximumBytes: 1_000, entityTag: "\"1\"")
        }
        #expect(error == .responseTooLarge(try #require(error.attempt)))
        #expect(error.attempt?.entityTag == "\"1\"")
        #expect(try file.content == Data("old".utf8))
    }

    @Test func `the limit counts what was there before`() async throws {
        let server = try DownloadServer(.init(bytes: Self.episode))
        let file = try TemporaryFile(Self.episode.prefix(200_000))
        await #expect(throws: HTTPError.self) { try await fetch(server, to: file, maximumBytes: 250_000) }
        #expect(try file.content == Self.episode.prefix(200_000))
        let error = try await #require(throws: HTTPError.self) {
            try await fetch(server, to: file, maximumBytes: 100_000)
        }
        #expect(!error.requestMayHaveBeenSent)
        #expect(server.requests.count == 1)
    }

    @Test func `an error message does not get into the file`() async throws {
        let message = #"{"ok":false,"error_code":404,"description":"Not Found"}"#
        let server = try LoopbackServer.answering { _ in answer(404, message) }
        let file = try TemporaryFile(Self.episode.prefix(100))
        let error = try await #require(throws: HTTPError.self) {
            try await HTTPClient().download(
                HTTPRequest(url: server.url()),
                to: file.url,
                maximumBytes: nil,
                entityTag: nil
            )
        }
        guard case .downloadRefused(let response, let attempt) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(response.status == 404)
        #expect(response.body == Data(message.utf8))
        #expect(attempt.requestMayHaveBeenSent)
        #expect(try file.content == Self.episode.prefix(100))
    }

    @Test func `an endless error message is cut off`() async throws {
        let server = try LoopbackServer { connection in
            _ = try connection.readRequest()
            try connection.write("HTTP/1.1 500 Broken\r\nConnection: close\r\n\r\n")
            while true {
                try connection.write(String(repeating: "x", count: 1_000))
            }
        }
        let file = try TemporaryFile()
        let error = try await #require(throws: HTTPError.self) {
            try await HTTPClient().download(
                HTTPRequest(url: server.url(), maximumResponseBytes: 10_000),
                to: file.url,
                maximumBytes: nil,
                entityTag: nil
            )
        }
        #expect(error == .responseTooLarge(try #require(error.attempt)))
    }

    @Test func `a range that was not asked for is not an answer`() async throws {
        let server = try LoopbackServer.answering { _ in
            answer(206, "episode", headers: ["Content-Range: bytes 5-11/12"])
        }
        let file = try TemporaryFile(Data("0123456789".utf8))
        let error = try await #require(throws: HTTPError.self) {
            try await HTTPClient().download(
                HTTPRequest(url: server.url()),
                to: file.url,
                maximumBytes: nil,
                entityTag: nil
            )
        }
        #expect(error == .malformedResponse(try #require(error.attempt)))
        #expect(try file.content == Data("0123456789".utf8))
    }

    @Test func `a range that ends too early leaves a file that can be continued`() async throws {
        let server = try LoopbackServer.answering { _ in
            answer(206, "ab", headers: ["Content-Range: bytes 2-3/6", "ETag: \"v\""])
        }
        let file = try TemporaryFile(Data("__".utf8))
        let error = try await #require(throws: HTTPError.self) {
            try await HTTPClient().download(
                HTTPRequest(url: server.url()),
                to: file.url,
                maximumBytes: nil,
                entityTag: "\"v\""
            )
        }
        #expect(error == .connectionLost(try #require(error.attempt)))
        #expect(error.attempt?.entityTag == "\"v\"")
        #expect(try file.content == Data("__ab".utf8))
    }

    @Test func `a cancelled download keeps what has come and its tag`() async throws {
        let isUnderWay = Latch()
        let server = try LoopbackServer { connection in
            _ = try connection.readRequest()
            try connection.write("HTTP/1.1 200 OK\r\nETag: \"v\"\r\nContent-Length: 10\r\n\r\nhalf")
            isUnderWay.open()
            try connection.waitForClose()
        }
        let file = try TemporaryFile()
        let request = HTTPRequest(url: try server.url())
        let download = Task {
            try await HTTPClient().download(request, to: file.url, maximumBytes: nil, entityTag: nil)
        }
        await isUnderWay.wait()
        while try file.content.count < 4 {
            await Task.yield()
        }
        download.cancel()
        let error = try await #require(throws: HTTPError.self) { try await download.value }
        #expect(error == .cancelled(try #require(error.attempt)))
        #expect(error.attempt?.entityTag == "\"v\"")
        #expect(try file.content == Data("half".utf8))
    }

    @Test func `a file that cannot be written is told by errno and nothing is sent`() async throws {
        let server = try DownloadServer(.init(bytes: Self.episode))
        let file = try TemporaryFile()
        let error = try await #require(throws: HTTPError.self) {
            try await HTTPClient().download(
                HTTPRequest(url: server.url),
                to: file.url.appending(path: "below"),
                maximumBytes: nil,
                entityTag: nil
            )
        }
        #expect(error == .unwritableFile(errno: ENOENT, try #require(error.attempt)))
        #expect(server.requests.isEmpty)
    }

    @Test func `a disk that is full ends the download`() async throws {
        let server = try DownloadServer(.init(bytes: Self.episode))
        let error = try await #require(throws: HTTPError.self) {
            try await HTTPClient().download(
                HTTPRequest(url: server.url),
                to: URL(filePath: "/dev/full"),
                maximumBytes: nil,
                entityTag: nil
            )
        }
        guard case .unwritableFile = error else {
            Issue.record("\(error)")
            return
        }
    }

    private func fetch(
        _ server: DownloadServer,
        to file: TemporaryFile,
        maximumBytes: Int64? = nil,
        entityTag: String? = nil
    ) async throws -> HTTPDownload {
        try await HTTPClient().download(
            HTTPRequest(url: server.url),
            to: file.url,
            maximumBytes: maximumBytes,
            entityTag: entityTag
        )
    }
}
