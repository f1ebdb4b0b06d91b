import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite final class MediaFolderTests {
    private let data: URL
    private let media: MediaFolder

    init() throws {
        data = FileManager.default.temporaryDirectory.appending(path: "media-\(UUID().uuidString)")
        media = try MediaFolder(dataFolder: data)
    }

    deinit {
        try? FileManager.default.removeItem(at: data)
    }

    /// Every file below the data folder, as paths relative to it.
    private var files: [String] {
        let names = FileManager.default.enumerator(atPath: data.path)?.compactMap { $0 as? String } ?? []
        return names.filter { name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: data.appending(path: name).path)
            return attributes?[.type] as? FileAttributeType == .typeRegular
        }.sorted()
    }

    @Test func `a finished file is kept under the hash of its content`() async throws {
        let incoming = try media.incoming("recording-1")
        try Data("abc".utf8).write(to: incoming)
        let stored = try await media.adopt(incoming)
        // The test vector of FIPS 180-2, appendix B.1.
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(stored == StoredMedia(key: MediaKey(rawValue: digest), bytes: 3))
        #expect(files == ["media/ba/" + digest.dropFirst(2)])
        let file = try #require(media.file(stored.key))
        #expect(try Data(contentsOf: file) == Data("abc".utf8))
    }

    @Test func `the same content that comes twice is one file`() async throws {
        for name in ["one", "two"] {
            let incoming = try media.incoming(name)
            try Data("same".utf8).write(to: incoming)
            _ = try await media.adopt(incoming)
        }
        #expect(files.count == 1)
    }

    @Test func `files of several chunks and empty ones are hashed whole`() async throws {
        for length in [0, MediaFolder.chunk, MediaFolder.chunk * 2 + 17] {
            let content = Data((0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) })
            let incoming = try media.incoming("length \(length)")
            try content.write(to: incoming)
            let stored = try await media.adopt(incoming)
            #expect(stored.bytes == Int64(length))
            #expect(try Data(contentsOf: try #require(media.file(stored.key))) == content)
        }
    }

    @Test(arguments: ["../../evil", "/etc/passwd", "a\u{0}b", "", "..", String(repeating: "x", count: 5_000), "имя"])
    func `a name that comes from outside is never part of a path`(name: String) throws {
        let incoming = try media.incoming(name)
        let folder = data.appending(path: "media/incoming").standardizedFileURL.path
        #expect(incoming.deletingLastPathComponent().standardizedFileURL.path == folder)
        #expect(incoming.lastPathComponent.wholeMatch(of: /[0-9a-f]{64}/) != nil)
    }

    @Test func `a download that was interrupted finds its file again after a restart`() throws {
        let incoming = try media.incoming("recording-1")
        try Data("half".utf8).write(to: incoming)
        #expect(try MediaFolder(dataFolder: data).incoming("recording-1") == incoming)
        #expect(try media.incoming("recording-2") != incoming)
    }

    @Test(arguments: [
        "", "abc", "../../../../etc/passwd", String(repeating: "g", count: 64), String(repeating: "A", count: 64),
    ])
    func `a key that is no hash names no file`(key: String) {
        #expect(media.file(MediaKey(rawValue: key)) == nil)
    }

    @Test func `a file that is not there cannot be taken in`() async throws {
        let incoming = try media.incoming("nothing")
        await #expect(throws: (any Error).self) { try await media.adopt(incoming) }
        #expect(files.isEmpty)
    }
}
