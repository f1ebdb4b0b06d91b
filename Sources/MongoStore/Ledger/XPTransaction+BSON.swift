import Domain
import Foundation

extension XPTransaction {
    @Sendable
    init(_ document: BSON) throws {
        guard let member = document["member"]?.string, let rule = document["rule"]?.string.flatMap(XPRule.init),
            let source = document["source"]?.string.flatMap(XPSource.init(rawValue:)),
            let count = document["count"]?.integer, let xp = document["xp"]?.integer,
            let day = document["day"]?.string.flatMap(ClubDay.init(rawValue:)), let at = document["at"]?.integer
        else {
            throw StoreError.corrupt(collection: Self.collection, detail: "a line that cannot be read")
        }
        self.init(
            member: MemberID(rawValue: member),
            rule: rule,
            source: source,
            count: Int(count),
            xp: Int(xp),
            day: day,
            at: Timestamp.date(milliseconds: at)
        )
    }

    /// Without its number of the batch.
    var document: BSON {
        [
            "_id": .string(id),
            "member": .string(member.rawValue),
            "rule": .string(rule.rawValue),
            "source": .string(source.rawValue),
            "count": .integer(Int64(count)),
            "xp": .integer(Int64(xp)),
            "day": .string(day.rawValue),
            "at": .integer(Timestamp.milliseconds(at)),
        ]
    }
}

extension LedgerSums {
    /// What the field `rules` of a document of sums holds. Rules that are not known are a newer program's.
    init(rules: BSON?) {
        self.init()
        for field in rules?.fields ?? [] {
            guard let rule = XPRule(rawValue: field.name) else { continue }
            let sum = Sum(count: Int(field.value["count"]?.integer ?? 0), xp: Int(field.value["xp"]?.integer ?? 0))
            add(sum, of: rule)
        }
    }
}
