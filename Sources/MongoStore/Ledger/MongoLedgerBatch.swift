import Domain

/// What one post, or one portion of an erasure, makes of the ledger: all that is to be written, as it stands in the
/// ledger's head.
struct MongoLedgerBatch: Sendable {
    /// Lines as they will be.
    var written: [XPTransaction] = []
    /// Ids of lines that will be there no more.
    var removed: [String] = []
    /// By id: what is added to a document of sums.
    var sums: [String: Sum] = [:]
    /// Ids of documents of sums of which nothing is left.
    var emptied: [String] = []
    /// Whether everything from before is taken away.
    var clears = false

    /// What is added to one document.
    struct Sum: Sendable {
        /// By the field's path.
        var added: [String: Int] = [:]
        /// Fields that it has whatever else it holds.
        var fields: BSON = .empty
    }

    /// Lines change, and with them what they come to. `presence` is how it stands before.
    init(_ changes: [LedgerChange], _ differences: LedgerDifferences, _ presence: LedgerPresence) {
        written = changes.compactMap(\.new)
        removed = changes.compactMap { $0.new == nil ? $0.old?.id : nil }
        for (member, sums) in differences.members { add(sums, to: LedgerSumID.member(member)) }
        for (member, weeks) in differences.weeks {
            for (week, deeds) in weeks { add(deeds, to: LedgerSumID.member(member), "weeks.\(week.monday)") }
        }
        for (place, sums) in differences.days { add(sums, to: LedgerSumID.day(place)) }
        for (place, rules) in differences.deeds {
            for (rule, deeds) in rules { add(deeds, to: LedgerSumID.day(place), "rules.\(rule.rawValue).deeds") }
        }
        for (place, xp) in differences.places {
            let id = LedgerSumID.rank(place)
            add(xp, to: id, "xp")
            add(-xp, to: id, "order")
            sums[id]?.fields = [
                "period": .string(place.period.rawValue), "member": .string(place.member.rawValue),
            ]
        }
        for (name, sums) in differences.sources { add(sums, to: LedgerSumID.source(name)) }
        for (day, sums) in differences.club { add(sums, to: LedgerSumID.club(day)) }
        add(presence.headcount(after: differences))
    }

    /// What is left of somebody goes.
    init(emptied: [String]) {
        self.emptied = emptied
    }

    private init() {}

    /// Everything goes.
    static var clearing: MongoLedgerBatch {
        var batch = MongoLedgerBatch()
        batch.clears = true
        return batch
    }

    private mutating func add(_ heads: LedgerHeadcount) {
        for (day, rules) in heads.rules {
            for (rule, members) in rules { add(members, to: LedgerSumID.club(day), "rules.\(rule.rawValue).members") }
        }
        for (day, members) in heads.active { add(members, to: LedgerSumID.club(day), "active") }
        for (cohort, members) in heads.cohorts { add(members, to: LedgerSumID.cohort(cohort), "members") }
    }

    private mutating func add(_ sums: LedgerSums, to id: String) {
        for (rule, sum) in sums.byRule {
            add(sum.count, to: id, "rules.\(rule.rawValue).count")
            add(sum.xp, to: id, "rules.\(rule.rawValue).xp")
        }
    }

    private mutating func add(_ number: Int, to id: String, _ path: String) {
        guard number != 0 else { return }
        sums[id, default: Sum()].added[path, default: 0] += number
    }
}

extension MongoLedgerBatch {
    /// As it stands in the head.
    var document: BSON {
        [
            "written": .array(written.map(\.document)),
            "removed": .strings(removed),
            "sums": .array(
                sums.sorted { $0.key < $1.key }.map { id, sum in
                    let added = sum.added.sorted { $0.key < $1.key }.map { path, number -> BSON in
                        ["path": .string(path), "by": .integer(Int64(number))]
                    }
                    return ["id": .string(id), "added": .array(added), "fields": sum.fields]
                }
            ),
            "emptied": .strings(emptied),
            "clears": .bool(clears),
        ]
    }

    /// - Throws: `.corrupt`.
    init(_ document: BSON) throws {
        written = try (document["written"]?.array ?? []).map(XPTransaction.init)
        removed = (document["removed"]?.array ?? []).compactMap(\.string)
        emptied = (document["emptied"]?.array ?? []).compactMap(\.string)
        clears = document["clears"]?.bool ?? false
        for sum in document["sums"]?.array ?? [] {
            guard let id = sum["id"]?.string else { continue }
            for added in sum["added"]?.array ?? [] {
                guard let path = added["path"]?.string, let number = added["by"]?.integer else { continue }
                add(Int(number), to: id, path)
            }
            sums[id]?.fields = sum["fields"] ?? .empty
        }
    }
}
