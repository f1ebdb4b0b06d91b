import Foundation

/// A folder of one test's own, gone with it.
final class TestFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "fomo ffmpeg %03d \(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    func file(_ name: String, _ content: Data? = nil) throws -> URL {
        let file = url.appending(path: name)
        try content?.write(to: file)
        return file
    }

    /// A program made of shell lines.
    func program(_ name: String, _ lines: String) throws {
        let file = try file(name, Data("#!/bin/sh\n\(lines)\n".utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: file.path)
    }
}
