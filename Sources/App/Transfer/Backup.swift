import Domain
import Foundation

/// Writes everything that a club has into a folder: the store, the media, the generated keys. The club may run
/// meanwhile.
///
/// The folder gets its name when it is complete and on the disk; before, nothing of that name is there.
struct Backup {
    let store: any ClubStore
    let media: any MediaStore
    /// Where the generated keys are.
    let dataFolder: URL
    let clock: any ClubClock
    let console: Console

    /// - Throws: `.exists`; `.unfinished` where the store is a half-made copy; `.unfinishedRebuild`; `.empty`.
    func write(to target: URL) async throws(TransferFault) {
        let progress = TransferProgress(console: console, clock: clock)
        let source = try await TransferFault.naming(store.summary) { () throws(StoreError) in
            try await UnfinishedCopy.source(of: store)
        }
        if let source { throw .unfinished(place: store.summary, source: source) }
        try await TransferFault.refuseUnfinishedRebuild(store)
        let draft = try BackupDraft(target)
        do throws(TransferFault) {
            try await fill(draft.folder, progress)
            try draft.commit()
        } catch {
            draft.discard()
            throw error
        }
        progress.say("Done: \(target.path). It holds the club's secrets; keep it where only you can read it.")
        progress.say("What is set in the environment or in .env (tokens, JWT_SECRET_KEY) is not in it.")
    }

    private func fill(_ folder: BackupFolder, _ progress: TransferProgress) async throws(TransferFault) {
        let madeAt = clock.now
        // The media come after the records: a file is in its folder before a record names it.
        let collections = try await TransferFault.reading(store) { reader throws(TransferFault) in
            try await write(reader, to: folder, progress)
        }
        let manifest = BackupManifest(
            madeAt: madeAt,
            store: store.summary,
            collections: collections,
            media: try writeMedia(to: folder, progress),
            keys: try writeKeys(to: folder)
        )
        let file = try DurableFile(folder.manifest)
        guard let json = try? manifest.encoded() else { throw .file(folder.manifest.path, code: EINVAL) }
        try file.write(json)
        _ = try file.close()
    }

    private func write(
        _ reader: any StoreReader,
        to folder: BackupFolder,
        _ progress: TransferProgress
    ) async throws(TransferFault) -> [String: CollectionSum] {
        let isEmpty = try await TransferFault.naming(store.summary) { () throws(StoreError) in
            try await reader.isEmpty()
        }
        guard !isEmpty else { throw .empty(place: store.summary) }
        var sums: [String: CollectionSum] = [:]
        for collection in StoredCollection.allCases {
            sums[collection.rawValue] = try await write(collection, of: reader, to: folder, progress)
        }
        return sums
    }

    private func write(
        _ collection: StoredCollection,
        of reader: any StoreReader,
        to folder: BackupFolder,
        _ progress: TransferProgress
    ) async throws(TransferFault) -> CollectionSum {
        let total = try await TransferFault.naming(store.summary) { () throws(StoreError) in
            try await reader.count(of: collection)
        }
        let file = try DurableFile(folder.file(of: collection))
        let size = collection.pageSize
        var count = 0
        var key: String?
        while true {
            let after = key
            let page = try await TransferFault.naming(store.summary) { () throws(StoreError) in
                try await reader.records(of: collection, after: after, limit: size)
            }
            for record in page {
                try file.write(record.json)
                try file.write(RunningSum.lineFeed)
            }
            count += page.count
            if page.count < size { break }
            progress.report(collection.rawValue, done: min(count, total), of: total)
            key = page.last?.key
        }
        progress.report(collection.rawValue, done: count, of: count)
        return CollectionSum(count: count, sha256: try file.close().sha256)
    }

    /// A file that vanishes meanwhile is passed over, and so is one that is not what its name says; that is told.
    private func writeMedia(
        to folder: BackupFolder,
        _ progress: TransferProgress
    ) throws(TransferFault) -> BackupManifest.Media {
        let keys: [MediaKey]
        do {
            keys = try media.keys()
        } catch {
            throw .file(dataFolder.appending(path: "media"), error)
        }
        let list = try DurableFile(folder.mediaList)
        var sum = BackupManifest.Media(count: 0, bytes: 0, sha256: "")
        var shelves: Set<URL> = []
        for (number, key) in keys.enumerated() {
            let shelf = folder.file(of: key).deletingLastPathComponent()
            if shelves.insert(shelf).inserted { try DurableFiles.make(folder: shelf) }
            if let bytes = try copy(key, to: folder, progress) {
                try list.write(Data("\(BackupFolder.line(about: key))\n".utf8))
                sum.count += 1
                sum.bytes += bytes
            }
            progress.report("media", done: number + 1, of: keys.count)
        }
        for shelf in shelves { try DurableFiles.synchronize(folder: shelf) }
        sum.sha256 = try list.close().sha256
        return sum
    }

    /// - Returns: How many bytes it has; nil where it is not in the backup.
    private func copy(
        _ key: MediaKey,
        to folder: BackupFolder,
        _ progress: TransferProgress
    ) throws(TransferFault) -> Int64? {
        guard let file = media.file(key) else { return nil }
        let target = folder.file(of: key)
        let copied: (sha256: String, bytes: Int64)
        do throws(TransferFault) {
            copied = try DurableFiles.copy(file, to: target)
        } catch {
            guard media.file(key) == nil else { throw error }
            try? FileManager.default.removeItem(at: target)
            return nil
        }
        guard copied.sha256 == key.rawValue else {
            progress.say("'\(file.path)' is damaged: its content is not what its name says. It is not in the backup.")
            try? FileManager.default.removeItem(at: target)
            return nil
        }
        return copied.bytes
    }

    /// A key that is not needed any more, such as the claim code, may vanish meanwhile.
    private func writeKeys(to folder: BackupFolder) throws(TransferFault) -> [String: String] {
        var sums: [String: String] = [:]
        for name in try GeneratedKeys.names(in: dataFolder) {
            let file = dataFolder.appending(path: name)
            let target = folder.keys.appending(path: name)
            do throws(TransferFault) {
                sums[name] = try DurableFiles.copy(file, to: target).sha256
            } catch {
                guard !DurableFiles.exists(file) else { throw error }
                try? FileManager.default.removeItem(at: target)
            }
        }
        return sums
    }
}
