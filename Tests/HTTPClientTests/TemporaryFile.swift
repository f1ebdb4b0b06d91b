import Foundation

/// A file in a folder of its own, removed with the value.
final class TemporaryFile: Sendable {
    let url: URL
    private let folder: URL

    /// A path at which there is no file yet.
    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        url = folder.appending(path: "file part.bin")
    }

    convenience init(_ content: Data) throws {
        try self.init()
        try content.write(to: url)
    }

    /// A file of zeros that takes no room on the disk.
    convenience init(sparseBytes: UInt64) throws {
        try self.init(Data())
        let handle = try FileHandle(forWritingTo: url)
        try handle.truncate(atOffset: sparseBytes)
        try handle.close()
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// What is in the file now.
    var content: Data {
        get throws { try Data(contentsOf: url) }
    }
}
