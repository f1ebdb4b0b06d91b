import Domain
import Foundation

/// Where everything is in a backup.
///
/// ```
/// manifest.json             what there is and how it has to be
/// collections/users.jsonl   one record a line, in the order of their keys
/// media.sha256              as `sha256sum -c` reads it
/// media/ab/cdef…            each file named by its own SHA-256
/// keys/jwt-secret           what the club has generated
/// ```
struct BackupFolder: Equatable, Sendable {
    let url: URL

    var manifest: URL { url.appending(path: "manifest.json") }
    var collections: URL { url.appending(path: "collections") }
    var media: URL { url.appending(path: "media") }
    var mediaList: URL { url.appending(path: "media.sha256") }
    var keys: URL { url.appending(path: "keys") }

    /// All that is at its top.
    var parts: [URL] { [manifest, collections, media, mediaList, keys] }

    func file(of collection: StoredCollection) -> URL {
        collections.appending(path: "\(collection.rawValue).jsonl")
    }

    func file(of key: MediaKey) -> URL {
        url.appending(path: Self.path(of: key))
    }

    /// The line of the list about a file, without its end.
    static func line(about key: MediaKey) -> String {
        "\(key.rawValue)  \(path(of: key))"
    }

    /// The file that a line of the list is about, nil where it is no such line.
    static func key(inLine line: String) -> MediaKey? {
        let key = MediaKey(rawValue: String(line.prefix(64)))
        let isDigest = key.rawValue.utf8.count == 64 && key.rawValue.allSatisfy { "0123456789abcdef".contains($0) }
        return isDigest && line == Self.line(about: key) ? key : nil
    }

    private static func path(of key: MediaKey) -> String {
        "media/\(key.rawValue.prefix(2))/\(key.rawValue.dropFirst(2))"
    }
}
