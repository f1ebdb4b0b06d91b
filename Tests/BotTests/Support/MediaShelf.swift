import Domain
import Foundation
import Synchronization

/// A media folder of a test, whose files are named by their own text. It can be told to fail.
final class MediaShelf: MediaStore {
    private let folder: URL
    private let failures = Mutex(0)

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "media-shelf-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// The next so many adoptions fail.
    func fail(_ count: Int) {
        failures.withLock { $0 = count }
    }

    static func key(_ content: String) -> MediaKey { MediaKey(rawValue: "file of \(content)") }

    func incoming(_ name: String) throws -> URL {
        folder.appending(path: "incoming-" + Data(name.utf8).base64EncodedString())
    }

    func adopt(_ incoming: URL) async throws -> StoredMedia {
        let isFailing = failures.withLock { count in
            defer { count = max(0, count - 1) }
            return count > 0
        }
        if isFailing { throw CocoaError(.fileWriteOutOfSpace) }
        let content = try Data(contentsOf: incoming)
        let key = Self.key(String(decoding: content, as: UTF8.self))
        try content.write(to: path(key))
        try FileManager.default.removeItem(at: incoming)
        return StoredMedia(key: key, bytes: Int64(content.count))
    }

    func keys() throws -> [MediaKey] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .compactMap { Data(base64Encoded: $0.replacing("_", with: "/")) }
            .map { MediaKey(rawValue: String(decoding: $0, as: UTF8.self)) }
            .sorted { $0.rawValue < $1.rawValue }
    }

    func file(_ key: MediaKey) -> URL? {
        FileManager.default.fileExists(atPath: path(key).path) ? path(key) : nil
    }

    private func path(_ key: MediaKey) -> URL {
        folder.appending(path: Data(key.rawValue.utf8).base64EncodedString().replacing("/", with: "_"))
    }
}
