import Domain
import Foundation

/// Brings a backup into an empty store and an empty data folder, of whatever technology the store was that it is of.
///
/// `BackupCheck` has looked at everything before. Interrupted, it goes on when it is begun again with the same backup.
struct Restore {
    let store: any ClubStore
    let media: any MediaStore
    /// Where the generated keys go.
    let dataFolder: URL
    /// Where this process runs.
    let place: String
    let running: RunningClubs
    let clock: any ClubClock
    let console: Console

    /// - Throws: `.notEmpty`, `.unfinished` and `.running` before anything was written.
    func run(_ checked: BackupCheck.Checked) async throws(TransferFault) {
        let progress = TransferProgress(console: console, clock: clock)
        let folder = checked.folder
        try await running.refuse(store)
        let madeAt = checked.manifest.madeAt.formatted(.iso8601)
        let fill = StoreFill(
            destination: store,
            source: "the backup of \(madeAt) (\(checked.sha256.prefix(12)))",
            place: place,
            clock: clock,
            progress: progress
        )
        if try await !fill.isBegun() { try requireEmptyFolder() }
        progress.say("Restoring \(folder.url.path) to \(store.summary) and \(dataFolder.path)")
        try await fill.begin()
        try await restoreMedia(checked.media, from: folder, progress)
        for name in checked.manifest.keys.keys.sorted() { try restoreKey(name, from: folder) }
        let reader = BackupReader(folder, manifest: checked.manifest)
        try await fill.carry(from: reader)
        await reader.end()
        try await fill.finish(expecting: checked.manifest.sums)
        progress.say("Done: start the club with the settings that it had.")
    }

    private func requireEmptyFolder() throws(TransferFault) {
        if let name = try GeneratedKeys.names(in: dataFolder).first {
            throw .notEmpty(what: "'\(dataFolder.path)' (with '\(name)' in it)")
        }
        guard try mediaKeys().isEmpty else {
            throw .notEmpty(what: "'\(dataFolder.appending(path: "media").path)'")
        }
    }

    private func mediaKeys() throws(TransferFault) -> [MediaKey] {
        do {
            return try media.keys()
        } catch {
            throw .file(dataFolder.appending(path: "media"), error)
        }
    }

    private func restoreMedia(
        _ keys: [MediaKey],
        from folder: BackupFolder,
        _ progress: TransferProgress
    ) async throws(TransferFault) {
        for (number, key) in keys.enumerated() {
            if media.file(key) == nil { try await restore(key, from: folder) }
            progress.report("media", done: number + 1, of: keys.count)
        }
    }

    private func restore(_ key: MediaKey, from folder: BackupFolder) async throws(TransferFault) {
        let file = folder.file(of: key)
        let adopted: StoredMedia
        do {
            let incoming = try media.incoming("restored \(key)")
            // An interrupted restore may have left a part of it.
            try? FileManager.default.removeItem(at: incoming)
            _ = try DurableFiles.copy(file, to: incoming)
            adopted = try await media.adopt(incoming)
        } catch {
            throw .file(dataFolder.appending(path: "media"), error)
        }
        guard adopted.key == key else {
            throw .damaged(file: file.path, detail: "its content has changed since it was checked")
        }
    }

    private func restoreKey(_ name: String, from folder: BackupFolder) throws(TransferFault) {
        let aside = dataFolder.appending(path: "\(name).new")
        try? FileManager.default.removeItem(at: aside)
        _ = try DurableFiles.copy(folder.keys.appending(path: name), to: aside)
        try DurableFiles.rename(aside, to: dataFolder.appending(path: name))
    }
}
