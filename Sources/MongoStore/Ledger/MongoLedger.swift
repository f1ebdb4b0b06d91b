import Domain
import Foundation

/// How the ledger changes where a server has no transactions over several documents.
///
/// There is one document, the head, `{_id, done, last, pending}`. A change is decided by how the ledger stands, and is
/// put whole into the head as `pending` with the next number, where the head is still the one that was read
/// (compare-and-set): that is the moment at which it happens. Then it is carried out: every document that it touches
/// gets `through`, the number, and is passed over where it has that one or a later one already. At last the head says
/// that the number is `done`. What a crash leaves is finished by whoever comes next: another change, the sweep, a
/// reader of backups, the next opening. Nothing is decided before that, so every change is decided by all before it.
///
/// A document that is taken away stays for a minute as `{_id, through, emptied_at}`, so that somebody who carries out
/// an older change, and was stopped in the middle of it, cannot make it again.
struct MongoLedger {
    static let collection = "ledger"
    static let lines = XPTransaction.collection
    static let sums = "ledger_sums"
    static let indexes = [
        MongoIndex(lines, ["member", "at", "_id"], onlyWhere: "member"),
        MongoIndex(lines, ["emptied_at"], onlyWhere: "emptied_at"),
        MongoIndex(sums, ["period", "order", "member"], onlyWhere: "period"),
        MongoIndex(sums, ["member", "period"], onlyWhere: "member"),
        MongoIndex(sums, ["emptied_at"], onlyWhere: "emptied_at"),
    ]

    /// After so many lost races it is told that the store is not there.
    private static let attempts = 50
    /// Whoever has not carried out a change after this leaves it to the next one, well before emptied documents go.
    private static let patience: Duration = .seconds(30)
    /// How long emptied documents stay.
    private static let remembered: Duration = .seconds(60)
    private static let id: BSON = ["_id": "head"]

    let client: MongoClient
    let now: Date

    /// Decides a change and makes it.
    /// - Parameter decide: By how the ledger stands; nil where there is nothing to change. It may run more than once.
    /// - Returns: Whether something was changed.
    /// - Throws: `MongoFailure`; `StoreError.corrupt` where something stored cannot be read.
    @discardableResult
    func change(_ decide: () throws -> MongoLedgerBatch?) throws -> Bool {
        let call = UUID().uuidString
        for _ in 0..<Self.attempts {
            let done = try finish()
            guard let batch = try decide() else { return false }
            switch try commit(batch, after: done, by: call) {
            case .lost: continue
            case .done: return true
            case .pending(let document):
                try carryOut(document)
                return true
            }
        }
        throw MongoFailure.unreachable(code: 0)
    }

    /// Carries out what somebody has decided and did not finish.
    /// - Returns: The number of the last change.
    @discardableResult
    func finish() throws -> Int64 {
        for _ in 0..<Self.attempts {
            guard let head = try head() else {
                _ = try client.insert([Self.id.with(["done": 0])], into: Self.collection)
                continue
            }
            guard let pending = head["pending"] else { return head["done"]?.integer ?? 0 }
            try carryOut(pending)
        }
        throw MongoFailure.unreachable(code: 0)
    }

    /// Deletes what was emptied a while ago.
    func forgetEmptied() throws {
        let before = Timestamp.milliseconds(now.addingTimeInterval(-Self.remembered.seconds))
        for collection in [Self.lines, Self.sums] {
            try client.delete(["emptied_at": ["$lt": .integer(before)]], from: collection)
        }
    }

    // MARK: Steps

    private enum Commit {
        /// Somebody else was faster.
        case lost
        /// It is decided, and to be carried out.
        case pending(BSON)
        /// Somebody else has even carried it out.
        case done
    }

    private func head() throws -> BSON? {
        try client.first(MongoQuery(collection: Self.collection, filter: Self.id))
    }

    private func commit(_ batch: MongoLedgerBatch, after done: Int64, by call: String) throws -> Commit {
        let pending: BSON = [
            "number": .integer(done + 1), "by": .string(call), "at": .integer(Timestamp.milliseconds(now)),
            "batch": batch.document,
        ]
        let update = MongoUpdate(
            filter: Self.id.with(["done": .integer(done), "pending": ["$exists": false]]),
            change: ["$set": ["pending": pending]]
        )
        if try client.update([update], in: Self.collection) > 0 { return .pending(pending) }
        // After an answer that was lost, it is this very call that has changed the head.
        guard let head = try head() else { return .lost }
        if head["pending.by"]?.string == call { return .pending(pending) }
        return head["last"]?.string == call ? .done : .lost
    }

    private func carryOut(_ pending: BSON) throws {
        let began = ContinuousClock.now
        guard let number = pending["number"]?.integer, let document = pending["batch"] else {
            throw StoreError.corrupt(collection: Self.collection, detail: "a change that cannot be read")
        }
        let batch = try MongoLedgerBatch(document)
        let updates = MongoLedgerUpdates(number: number, at: pending["at"]?.integer ?? 0)
        if batch.clears {
            try clear(before: number)
        } else {
            for (collection, statements) in [
                (Self.lines, updates.lines(of: batch)), (Self.sums, updates.sums(of: batch)),
            ] {
                try project(statements, in: collection, since: began)
            }
        }
        let settled = MongoUpdate(
            filter: Self.id.with(["pending.number": .integer(number)]),
            change: [
                "$set": ["done": .integer(number), "last": pending["by"] ?? .null], "$unset": ["pending": ""],
            ]
        )
        _ = try client.update([settled], in: Self.collection)
    }

    /// Updates documents, passing over those that were updated already: the server calls them duplicates, because
    /// the filter does not find them and their place is taken.
    private func project(
        _ updates: [MongoUpdate],
        in collection: String,
        since began: ContinuousClock.Instant
    ) throws {
        let statements = updates.map { update -> BSON in
            ["q": update.filter, "u": update.change, "upsert": .bool(update.isUpsert), "multi": false]
        }
        for part in MongoClient.parts(statements) {
            guard ContinuousClock.now - began < Self.patience else { throw MongoFailure.unreachable(code: 0) }
            let statements = BSON.array(Array(statements[part]))
            _ = try MongoWriteReply(
                client.write(["update": .string(collection), "ordered": false, "updates": statements])
            )
        }
    }

    /// Deletes what is older than a change, in portions.
    private func clear(before number: Int64) throws {
        for collection in [Self.lines, Self.sums] {
            var last: BSON = ""
            while true {
                let query = MongoQuery(
                    collection: collection,
                    filter: ["_id": ["$gt": last]],
                    sort: ["_id": 1],
                    limit: LedgerPortion.size,
                    projection: ["_id": 1]
                )
                let ids = try client.find(query).compactMap { $0["_id"] }
                guard let end = ids.last else { break }
                let old: BSON = ["$lt": .integer(number)]
                try client.delete(["_id": ["$in": .array(ids)], "through": old], from: collection)
                last = end
            }
        }
    }
}
