import Domain
import Foundation
import TestSupport
import Testing

@testable import App

@Suite(.timeLimit(.minutes(1)))
struct BackupReaderTests {
    private let records: [StoredCollection: [StoredRecord]]
    private let reader: BackupReader
    private let place: TransferPlace

    init() async throws {
        place = try TransferPlace()
        let store = place.memory()
        try await store.fill(now: place.clock.now)
        records = try await store.records
        let backup = BackupFolder(url: try await place.backUp(store))
        let manifest = try BackupManifest(json: Data(contentsOf: backup.manifest), file: "manifest.json")
        reader = BackupReader(backup, manifest: manifest)
    }

    @Test(arguments: [1, 2, 100])
    func `a backup gives what the store had, in pages without gaps and repeats`(_ limit: Int) async throws {
        for collection in StoredCollection.allCases {
            var read: [StoredRecord] = []
            while true {
                let page = try await reader.records(of: collection, after: read.last?.key, limit: limit)
                read += page
                if page.count < limit { break }
            }
            #expect(read == records[collection])
            #expect(try await reader.count(of: collection) == read.count)
        }
    }

    @Test func `one may begin behind any key, whatever was read before`() async throws {
        let messages = try #require(records[.outbox])
        for start in [5, 1, 6, 3] {
            let page = try await reader.records(of: .outbox, after: messages[start].key, limit: 2)
            #expect(page == Array(messages.dropFirst(start + 1).prefix(2)))
        }
        let between = RecordKey.text(sequence: 15)
        let page = try await reader.records(of: .outbox, after: between, limit: 100)
        #expect(page.first?.key == RecordKey.text(sequence: 20))
        #expect(try await reader.records(of: .outbox, after: nil, limit: 100) == messages)
    }

    @Test func `a reader that was ended gives nothing any more`() async throws {
        await reader.end()
        await #expect(throws: StoreError.unavailable(source: "users of a backup", code: 0)) {
            _ = try await reader.records(of: .users, after: nil, limit: 1)
        }
    }
}
