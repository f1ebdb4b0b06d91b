import Domain
import Foundation

/// The ledger: lines in `xp_transactions`, what they come to in `ledger_sums`, and how both change together in
/// `MongoLedger`.
///
/// While a change is carried out, which takes some milliseconds, readers may see a part of it.
struct MongoLedgerStore: LedgerStore {
    let database: MongoDatabase

    func post(_ lines: [XPTransaction]) async throws(StoreError) -> Set<MemberID> {
        var changed: Set<MemberID> = []
        for portion in LedgerPortion.portions(of: lines) {
            changed.formUnion(try await write("post") { try $0.post(portion) })
        }
        return changed
    }

    func erase(_ member: MemberID) async throws(StoreError) {
        var isLeft = true
        while isLeft { isLeft = try await write("erase") { try $0.eraseSome(of: member) } }
    }

    func clear() async throws(StoreError) {
        _ = try await write("clear") { ledger in try ledger.change { .clearing } }
    }

    /// Changes of this process come one after another, so that they do not race for the head.
    private func write<Value: Sendable>(
        _ name: String,
        _ body: @escaping @Sendable (MongoLedger) throws -> Value
    ) async throws(StoreError) -> Value {
        let call = MongoCall(XPTransaction.collection, name)
        let now = database.clock.now
        return try await database.turns.take(for: MongoLedger.collection, call) { () throws(StoreError) in
            try await database.run(call) { try body(MongoLedger(client: $0, now: now)) }
        }
    }
}

extension MongoLedger {
    /// Writes lines down, with what they come to.
    /// - Parameters:
    ///   - lines: Each id once, at most `LedgerPortion.size`.
    ///   - isReplacing: See `LedgerChange.posting`.
    /// - Returns: The members of whom something changed.
    /// - Throws: As `change`.
    @discardableResult
    func post(_ lines: [XPTransaction], isReplacing: Bool = false) throws -> Set<MemberID> {
        var changed: Set<MemberID> = []
        try change {
            let changes = LedgerChange.posting(lines, over: try stored(lines), isReplacing: isReplacing)
            // Where an earlier attempt was decided after all, unknown to this call, its members changed too.
            changed.formUnion(changes.compactMap(\.new?.member))
            return try batch(changes)
        }
        return changed
    }

    /// Takes away some lines of a member; where there are none any more, what was counted of them.
    /// - Returns: Whether something was there.
    func eraseSome(of member: MemberID) throws -> Bool {
        try change {
            let query = MongoQuery(
                collection: Self.lines,
                filter: ["member": .string(member.rawValue)],
                sort: ["at": 1, "_id": 1],
                limit: LedgerPortion.size
            )
            let lines = try client.find(query).map(XPTransaction.init)
            guard lines.isEmpty else { return try batch(lines.map { LedgerChange(old: $0, new: nil) }) }
            let left = try sumIDs(of: member)
            return left.isEmpty ? nil : MongoLedgerBatch(emptied: left)
        }
    }

    private func batch(_ changes: [LedgerChange]) throws -> MongoLedgerBatch? {
        guard !changes.isEmpty else { return nil }
        let differences = LedgerDifferences(changes)
        return MongoLedgerBatch(changes, differences, try presence(before: differences))
    }

    private func stored(_ lines: [XPTransaction]) throws -> [String: XPTransaction] {
        let ids = lines.map(\.id)
        let query = MongoQuery(
            collection: Self.lines,
            filter: ["_id": ["$in": .strings(ids)], "member": ["$exists": true]]
        )
        let found = try client.find(query).map(XPTransaction.init)
        return Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
    }

    /// What is stored of the days and weeks that change.
    private func presence(before differences: LedgerDifferences) throws -> LedgerPresence {
        var presence = LedgerPresence()
        let days = Dictionary(differences.deeds.keys.map { (LedgerSumID.day($0), $0) }) { first, _ in first }
        let members = Dictionary(differences.weeks.keys.map { (LedgerSumID.member($0), $0) }) { first, _ in first }
        let query = MongoQuery(
            collection: Self.sums,
            filter: ["_id": ["$in": .strings(Array(days.keys) + members.keys)]]
        )
        for document in try client.find(query) {
            guard let id = document["_id"]?.string else { continue }
            if let day = days[id] {
                for rule in document["rules"]?.fields ?? [] {
                    guard let known = XPRule(rawValue: rule.name), let deeds = rule.value["deeds"]?.integer else {
                        continue
                    }
                    presence.days[day, default: [:]][known] = Int(deeds)
                }
            } else if let member = members[id] {
                presence.weeks[member] = document.deedsByWeek
            }
        }
        return presence
    }

    /// The ids of some documents that hold what a member's lines came to.
    private func sumIDs(of member: MemberID) throws -> [String] {
        let isThere: BSON = ["$exists": false]
        let days = LedgerSumID.days(of: member)
        let filters: [BSON] = [
            ["_id": .string(LedgerSumID.member(member)), "emptied_at": isThere],
            ["_id": ["$gte": .string(days), "$lt": .string(days + "~")], "emptied_at": isThere],
            ["member": .string(member.rawValue)],
        ]
        return try filters.flatMap { filter in
            let query = MongoQuery(
                collection: Self.sums,
                filter: filter,
                limit: LedgerPortion.size,
                projection: ["_id": 1]
            )
            return try client.find(query).compactMap { $0["_id"]?.string }
        }
    }
}

extension BSON {
    /// Of a member's document of sums: how many deeds there are in each week.
    var deedsByWeek: [ClubWeek: Int] {
        let weeks = (self["weeks"]?.fields ?? []).compactMap { field -> (ClubWeek, Int)? in
            guard let monday = ClubDay(rawValue: field.name), let deeds = field.value.integer, deeds > 0 else {
                return nil
            }
            return (monday.week, Int(deeds))
        }
        return Dictionary(weeks) { first, _ in first }
    }
}
