import Domain
import Foundation

/// Gives what a checked backup holds, as a store would.
actor BackupReader: StoreReader {
    private let folder: BackupFolder
    private let sums: [StoredCollection: CollectionSum]
    private var place: Place?
    private var isEnded = false

    /// Where reading has come to; pages that follow each other go on from here.
    private struct Place {
        let collection: StoredCollection
        let file: LineFile
        var key: String?
    }

    init(_ folder: BackupFolder, manifest: BackupManifest) {
        self.folder = folder
        sums = manifest.sums
    }

    func records(
        of collection: StoredCollection,
        after key: String?,
        limit: Int
    ) async throws(StoreError) -> [StoredRecord] {
        try requireOpen(collection)
        guard sums[collection] != nil else { return [] }
        var place = try self.place(in: collection, after: key)
        var records: [StoredRecord] = []
        while records.count < limit, let record = try next(of: place) {
            place.key = record.key
            if let key, !RecordKey.precedes(key, record.key) { continue }
            records.append(record)
        }
        self.place = place
        return records
    }

    func count(of collection: StoredCollection) async throws(StoreError) -> Int {
        try requireOpen(collection)
        return sums[collection]?.count ?? 0
    }

    func end() async {
        place = nil
        isEnded = true
    }

    private func requireOpen(_ collection: StoredCollection) throws(StoreError) {
        if isEnded { throw .unavailable(source: "\(collection.rawValue) of a backup", code: 0) }
    }

    private func place(in collection: StoredCollection, after key: String?) throws(StoreError) -> Place {
        if let place, place.collection == collection, place.key == key { return place }
        do {
            return Place(collection: collection, file: try LineFile(folder.file(of: collection)))
        } catch {
            throw .corrupt(collection: collection.rawValue, detail: error.description)
        }
    }

    private func next(of place: Place) throws(StoreError) -> StoredRecord? {
        let line: Data?
        do throws(TransferFault) {
            line = try place.file.next()
        } catch {
            throw .corrupt(collection: place.collection.rawValue, detail: error.description)
        }
        guard let line else { return nil }
        return try StoredRecord(json: line, of: place.collection)
    }
}
