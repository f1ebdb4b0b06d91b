import Foundation

/// Names a file in the media folder by its content: the SHA-256 of its bytes, 64 hexadecimal digits.
public struct MediaKey: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// A file that is in the media folder.
public struct StoredMedia: Equatable, Sendable {
    public var key: MediaKey
    public var bytes: Int64

    public init(key: MediaKey, bytes: Int64) {
        self.key = key
        self.bytes = bytes
    }
}

/// Keeps the files of recordings, named by their content.
public protocol MediaStore: Sendable {
    /// Where a file is written while it comes in, one for each `name`; it stays there over a restart, so that a
    /// download can go on. It is on the same disk as the media.
    /// `name`: any text; it is never used as a path itself.
    func incoming(_ name: String) throws -> URL

    /// Takes a finished incoming file into the folder: complete on disk, or not there at all.
    /// - Throws: what the file system says.
    func adopt(_ incoming: URL) async throws -> StoredMedia

    /// The files that are there at this moment, in the order of their names.
    /// - Throws: what the file system says.
    func keys() throws -> [MediaKey]

    /// Where the file is, or nil where it is not there.
    func file(_ key: MediaKey) -> URL?
}
