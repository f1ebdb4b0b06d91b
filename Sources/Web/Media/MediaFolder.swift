import Crypto
import Dispatch
import Domain
import Foundation

/// Keeps recordings in a folder, each file named by the SHA-256 of its content: `media/ab/cdef…`.
///
/// The same content is one file. A file is there completely or not at all: it is written beside, brought to the
/// disk, and renamed. What others call a file is never part of a path.
public struct MediaFolder: MediaStore {
    /// How much of a file is in memory at a time while its hash is taken, in bytes.
    static let chunk = 1 << 20

    private let folder: URL
    private let incomingFolder: URL
    /// Files are hashed here, one after another, away from the threads that answer requests.
    private let queue = DispatchQueue(label: "fomo.media")

    /// - Parameter dataFolder: The program's data folder; the files are in `media` below it, which is made.
    /// - Throws: What the file system says.
    public init(dataFolder: URL) throws {
        folder = dataFolder.appending(path: "media", directoryHint: .isDirectory)
        incomingFolder = folder.appending(path: "incoming", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: incomingFolder, withIntermediateDirectories: true)
    }

    public func incoming(_ name: String) throws -> URL {
        try FileManager.default.createDirectory(at: incomingFolder, withIntermediateDirectories: true)
        return incomingFolder.appending(path: SecretHasher.sha256.digest(of: name).rawValue)
    }

    public func adopt(_ incoming: URL) async throws -> StoredMedia {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(with: Result { try adoptNow(incoming) })
            }
        }
    }

    public func keys() throws -> [MediaKey] {
        let manager = FileManager.default
        let shelves = try manager.contentsOfDirectory(atPath: folder.path).filter { $0.utf8.count == 2 }
        let keys = try shelves.flatMap { shelf in
            try manager.contentsOfDirectory(atPath: folder.appending(path: shelf).path).map {
                MediaKey(rawValue: shelf + $0)
            }
        }
        return keys.filter { path(of: $0) != nil }.sorted { $0.rawValue < $1.rawValue }
    }

    public func file(_ key: MediaKey) -> URL? {
        guard let path = path(of: key), FileManager.default.fileExists(atPath: path.path) else { return nil }
        return path
    }

    private func adoptNow(_ incoming: URL) throws -> StoredMedia {
        let handle = try FileHandle(forReadingFrom: incoming)
        defer { try? handle.close() }
        var hash = SHA256()
        var bytes: Int64 = 0
        while let chunk = try handle.read(upToCount: Self.chunk), !chunk.isEmpty {
            hash.update(data: chunk)
            bytes += Int64(chunk.count)
        }
        try handle.synchronize()
        let digits = hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let media = StoredMedia(key: MediaKey(rawValue: digits), bytes: bytes)
        guard let target = path(of: media.key) else { throw CocoaError(.fileWriteInvalidFileName) }
        let shelf = target.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: shelf, withIntermediateDirectories: true)
        guard rename(incoming.path, target.path) == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        try Self.synchronize(folder: shelf)
        try Self.synchronize(folder: folder)
        return media
    }

    /// - Returns: nil where `key` is not 64 hexadecimal digits.
    private func path(of key: MediaKey) -> URL? {
        let digits = key.rawValue
        let isDigest =
            digits.utf8.count == 64
            && digits.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        guard isDigest else { return nil }
        return folder.appending(path: String(digits.prefix(2))).appending(path: String(digits.dropFirst(2)))
    }

    /// Brings a folder's entries to the disk, so that a file is still there after the power failed.
    private static func synchronize(folder: URL) throws {
        let descriptor = open(folder.path, O_RDONLY)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }
}
