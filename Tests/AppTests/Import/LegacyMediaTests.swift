import Domain
import Foundation
import Testing

@testable import App

struct LegacyMediaTests {
    let bench: ImportBench
    let media: LegacyMedia

    init() throws {
        bench = try ImportBench()
        media = LegacyMedia(folder: bench.oldFiles, store: bench.media)
        try bench.addFile("audio/talk one.mp3", "one")
        try bench.addFile("flat.mp3", "flat")
        try bench.addFile("audio/100%.mp3", "percent")
        try bench.addFile("empty.mp3", "")
    }

    private func content(_ name: String) throws -> String? {
        try media.file(named: name).map { try String(contentsOf: $0, encoding: .utf8) }
    }

    @Test(arguments: [
        ("audio/talk one.mp3", "one"), ("/audio/talk one.mp3", "one"), ("/uploads/audio/talk%20one.mp3", "one"),
        ("https://old.example.org/uploads/audio/talk%20one.mp3?token=x#t=1", "one"),
        ("uploads\\audio\\talk one.mp3", "one"), ("/somewhere/else/flat.mp3", "flat"), ("audio/100%.mp3", "percent"),
        ("../../flat.mp3", "flat"),
    ])
    func `a file is found by its path, or by the end of it`(name: String, expected: String) throws {
        #expect(try content(name) == expected)
    }

    @Test(arguments: [
        "talk one.mp3", "empty.mp3", "audio", "", "/", "..", ".", "audio/..", "nope.mp3", "https://x.org",
    ])
    func `what is not there is not found`(name: String) throws {
        #expect(try content(name) == nil)
    }

    @Test(arguments: [
        "../secret.txt", "audio/../../secret.txt", "%2e%2e/secret.txt", "..%2Fsecret.txt", "/link/secret.txt",
        "link.txt", "file://../secret.txt", "..\\secret.txt", "a\u{0}/../secret.txt",
    ])
    func `nothing outside the folder is found, by no detour and no link`(name: String) throws {
        let outside = bench.oldFiles.deletingLastPathComponent()
        let secret = outside.appending(path: "secret.txt")
        try Data("secret".utf8).write(to: secret)
        try FileManager.default.createSymbolicLink(
            at: bench.oldFiles.appending(path: "link.txt"),
            withDestinationURL: secret
        )
        try FileManager.default.createSymbolicLink(
            at: bench.oldFiles.appending(path: "link"),
            withDestinationURL: outside
        )

        #expect(try content(name) == nil)
        #expect(try content(secret.path) == nil)
    }

    @Test func `a file is copied, and the original stays`() async throws {
        let file = try #require(media.file(named: "flat.mp3"))
        try Data("left by a crash, longer than the file".utf8).write(to: try bench.media.incoming("import:pod1"))

        let stored = try await media.adopt(file, for: "pod1")

        #expect(stored.bytes == 4)
        let kept = try #require(bench.media.file(stored.key))
        #expect(try String(contentsOf: kept, encoding: .utf8) == "flat")
        #expect(try content("flat.mp3") == "flat")
        #expect(bench.media.names.count == 1)
    }

    @Test func `without a folder nothing is found`() {
        #expect(LegacyMedia(folder: nil, store: bench.media).file(named: "flat.mp3") == nil)
    }
}
