import Domain
import Foundation

/// Looks at every byte of a backup before anything of it is used.
struct BackupCheck {
    /// A backup in which everything is as it was written.
    struct Checked: Sendable {
        let folder: BackupFolder
        let manifest: BackupManifest
        /// Identifies the backup: the SHA-256 of its manifest.
        let sha256: String
        /// The media that it holds.
        let media: [MediaKey]
    }

    let folder: BackupFolder
    let progress: TransferProgress

    /// - Throws: `.noBackup`, `.newer`, `.damaged`, `.file`; each names what it is about.
    func run() throws(TransferFault) -> Checked {
        guard DurableFiles.exists(folder.manifest) else { throw .noBackup(folder.url.path) }
        var json = Data()
        let sha256 = try DurableFiles.read(folder.manifest) { piece throws(TransferFault) in json.append(piece) }
        let manifest = try BackupManifest(json: json, file: folder.manifest.path)
        progress.say("Checking the backup of \(manifest.store)")
        for collection in StoredCollection.allCases {
            guard let sum = manifest.sums[collection] else { continue }
            try check(collection, sum)
            progress.report("checked \(collection.rawValue)", done: sum.count, of: sum.count)
        }
        for (name, expected) in manifest.keys.sorted(by: { $0.key < $1.key }) {
            let file = folder.keys.appending(path: name)
            guard GeneratedKeys.isName(name) else {
                throw .damaged(file: folder.manifest.path, detail: "a key's file cannot have such a name")
            }
            try expect(expected, of: file)
        }
        let media = try checkMedia(manifest.media)
        return Checked(folder: folder, manifest: manifest, sha256: sha256, media: media)
    }

    private func check(_ collection: StoredCollection, _ sum: CollectionSum) throws(TransferFault) {
        let file = folder.file(of: collection)
        try expect(sum.sha256, of: file)
        let lines = try LineFile(file)
        var count = 0
        var last: String?
        while let line = try lines.next() {
            count += 1
            let key: String
            do throws(StoreError) {
                key = try StoredRecord(json: line, of: collection).key
            } catch {
                throw .damaged(file: file.path, detail: "line \(count): \(Self.detail(error))")
            }
            if let last, !RecordKey.precedes(last, key) {
                throw .damaged(file: file.path, detail: "line \(count) is out of order")
            }
            last = key
        }
        guard count == sum.count else {
            throw .damaged(file: file.path, detail: "it has \(count) records, not \(sum.count)")
        }
    }

    private func checkMedia(_ media: BackupManifest.Media) throws(TransferFault) -> [MediaKey] {
        try expect(media.sha256, of: folder.mediaList)
        let lines = try LineFile(folder.mediaList)
        var keys: [MediaKey] = []
        while let line = try lines.next() {
            guard let key = BackupFolder.key(inLine: String(decoding: line, as: UTF8.self)) else {
                throw .damaged(file: folder.mediaList.path, detail: "line \(keys.count + 1)")
            }
            try expect(key.rawValue, of: folder.file(of: key))
            keys.append(key)
            progress.report("checked media", done: keys.count, of: media.count)
        }
        guard keys.count == media.count else {
            throw .damaged(file: folder.mediaList.path, detail: "it has \(keys.count) lines, not \(media.count)")
        }
        return keys
    }

    private func expect(_ sha256: String, of file: URL) throws(TransferFault) {
        guard DurableFiles.exists(file) else { throw .damaged(file: file.path, detail: "it is missing") }
        guard try DurableFiles.read(file) == sha256 else {
            throw .damaged(file: file.path, detail: "its content is not what was written")
        }
    }

    private static func detail(_ error: StoreError) -> String {
        guard case .corrupt(_, let detail) = error else { return "it cannot be read" }
        return detail
    }
}
