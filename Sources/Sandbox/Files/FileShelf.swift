import Foundation

/// The bytes of all files, each under its key in one folder.
struct FileShelf: Sendable {
    let folder: URL

    /// Uses a folder, which is made where it is missing.
    init(folder: URL) throws {
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Where the bytes of a file lie.
    func url(of key: Int64) -> URL {
        folder.appendingPathComponent(String(UInt64(bitPattern: key), radix: 16), isDirectory: false)
    }

    /// Starts a new file under a random key.
    func newFile() throws -> NewShelfFile {
        let key = Int64.random(in: 1...Int64.max)
        let url = url(of: key)
        guard FileManager.default.createFile(atPath: url.path, contents: nil) else {
            throw CocoaError(.fileWriteUnknown)
        }
        return NewShelfFile(key: key, handle: try FileHandle(forWritingTo: url))
    }

    /// Takes a copy of a file that lies elsewhere, under a random key.
    func adopt(_ path: String) throws -> Int64 {
        let key = Int64.random(in: 1...Int64.max)
        try FileManager.default.copyItem(atPath: path, toPath: url(of: key).path)
        return key
    }

    /// Removes a file that nobody knows; a missing one is no error.
    func remove(_ key: Int64) {
        try? FileManager.default.removeItem(at: url(of: key))
    }
}

/// A file that is being written.
struct NewShelfFile {
    let key: Int64
    private(set) var size = 0
    private let handle: FileHandle

    init(key: Int64, handle: FileHandle) {
        self.key = key
        self.handle = handle
    }

    mutating func append(_ bytes: [UInt8]) throws {
        try handle.write(contentsOf: Data(bytes))
        size += bytes.count
    }

    func close() throws {
        try handle.close()
    }
}
