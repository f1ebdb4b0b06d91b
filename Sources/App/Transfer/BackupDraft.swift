import Foundation
import Glibc

/// A backup while it is written: a folder with `.partial` behind its name, held by one process at a time.
///
/// What an interrupted backup left there is removed; a folder with anything else in it is left as it is.
final class BackupDraft {
    let folder: BackupFolder
    private let target: URL
    /// The folder itself is the lock. The system releases it when the process ends, however it ends.
    private let lock: Int32

    /// - Throws: `.exists` where the target is there, another process writes it at this moment, or the folder behind
    ///   whose name is `.partial` holds something else.
    init(_ target: URL) throws(TransferFault) {
        self.target = target
        guard !DurableFiles.exists(target) else { throw .exists(target.path) }
        let partial = URL(filePath: target.path + ".partial", directoryHint: .isDirectory)
        folder = BackupFolder(url: partial)
        if !DurableFiles.exists(partial) { try DurableFiles.make(folder: partial) }
        lock = open(partial.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        // From here on `deinit` closes it, also where this throws.
        guard lock >= 0 else { throw .file(partial.path, code: errno) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { throw .exists(partial.path) }
        try Self.clear(folder)
        for part in [folder.collections, folder.media, folder.keys] { try DurableFiles.make(folder: part) }
    }

    deinit {
        close(lock)
    }

    /// Brings the folders to the disk and gives the backup its name.
    func commit() throws(TransferFault) {
        for part in [folder.collections, folder.media, folder.keys, folder.url] {
            try DurableFiles.synchronize(folder: part)
        }
        guard !DurableFiles.exists(target) else { throw .exists(target.path) }
        try DurableFiles.rename(folder.url, to: target)
    }

    /// Removes what was written.
    func discard() {
        try? FileManager.default.removeItem(at: folder.url)
    }

    private static func clear(_ folder: BackupFolder) throws(TransferFault) {
        let manager = FileManager.default
        do {
            let items = try manager.contentsOfDirectory(atPath: folder.url.path)
            guard Set(items).isSubset(of: folder.parts.map(\.lastPathComponent)) else {
                throw TransferFault.exists(folder.url.path)
            }
            for part in folder.parts where DurableFiles.exists(part) { try manager.removeItem(at: part) }
        } catch {
            throw .file(folder.url, error)
        }
    }
}
