import Crypto
import Domain
import Foundation

/// What identifies the content of a collection: two stores that keep the same have the same one.
struct CollectionSum: Codable, Equatable, Sendable {
    var count: Int
    /// Of all records in the order of their keys, each with a line feed behind it; 64 hexadecimal digits.
    var sha256: String

    /// Reads a whole collection.
    /// - `onPage`: Told how many records were read so far.
    static func of(
        _ collection: StoredCollection,
        in reader: any StoreReader,
        onPage: (Int) -> Void = { _ in }
    ) async throws(StoreError) -> CollectionSum {
        var sum = RunningSum()
        var key: String?
        while true {
            let size = collection.pageSize
            let page = try await reader.records(of: collection, after: key, limit: size)
            for record in page {
                sum.add(record.json)
                sum.add(RunningSum.lineFeed)
            }
            sum.count += page.count
            onPage(sum.count)
            guard page.count == size, let last = page.last else { return sum.collection }
            key = last.key
        }
    }
}

/// A SHA-256 that grows with what is added.
struct RunningSum {
    static let lineFeed = Data([UInt8(ascii: "\n")])

    private var hash = SHA256()
    /// How many records were added, where records are.
    var count = 0

    mutating func add(_ data: Data) {
        hash.update(data: data)
    }

    var collection: CollectionSum { CollectionSum(count: count, sha256: sha256) }

    /// In 64 hexadecimal digits.
    var sha256: String {
        hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension StoredCollection {
    /// How many records are in memory at a time.
    var pageSize: Int {
        switch self {
        // A page of keys costs a look at the whole outbox, and keys are short.
        case .outboxKeys: 10_000
        case .inboxOffsets, .inbox, .users, .podcasts, .liveSessions, .rsvps, .thanks, .clubSettings, .signInLinks,
            .invites, .broadcasts, .authSessions, .audit, .outbox, .outboxHolds, .notifications:
            500
        case .roomEvents, .chatMessages, .attendance, .xpCorrections, .badges, .toldProgress, .listeningDays, .listens,
            .episodeFigures, .downloadHits, .downloadCounts, .deliveryDays:
            500
        // A long show has some ten thousand bytes of figures.
        case .showFigures: 100
        case .xpTransactions: LedgerPortion.size
        }
    }
}
