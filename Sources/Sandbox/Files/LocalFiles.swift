import Foundation

/// The folder of a Bot API server that runs with `--local`: what `getFile` names lies there under its absolute path.
///
/// Files are put there as further names of the same bytes, or copied by the system where the two folders are on
/// different disks; nothing is read into memory.
struct LocalFiles: Sendable {
    /// Bytes of a file that a bot may upload to such a server. Source: Bot API, "Using a Local Bot API Server".
    static let uploadLimit = 2_000 << 20

    let folder: URL

    /// Lets the bytes at `source` stand at an absolute path in this folder; a file that is there stays.
    func place(_ source: URL, at path: String) throws {
        let files = FileManager.default
        let target = URL(fileURLWithPath: path)
        guard !files.fileExists(atPath: path) else { return }
        try files.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        do {
            try files.linkItem(at: source, to: target)
        } catch {
            try files.copyItem(at: source, to: target)
        }
    }

    /// Takes everything away that was placed; a folder that is not there is no error.
    func clear() {
        try? FileManager.default.removeItem(at: folder)
    }
}
