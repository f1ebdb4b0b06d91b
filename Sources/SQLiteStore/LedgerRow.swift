import Domain
import Foundation
import GRDB

extension ClubDay {
    /// As the ledger's tables hold it: 20261123.
    var number: Int { rawValue.utf8.reduce(0) { $1 == UInt8(ascii: "-") ? $0 : $0 * 10 + Int($1) - 48 } }

    /// - Throws: `.corrupt` where it is no day.
    init(number: Int) throws {
        let digits = Array(String(number))
        let text = digits.count == 8 ? String(digits[0..<4]) + "-" + digits[4..<6] + "-" + digits[6..<8] : ""
        guard let day = ClubDay(rawValue: text) else {
            throw StoreError.corrupt(collection: XPTransaction.collection, detail: "a day that there is not")
        }
        self = day
    }
}

extension XPRule {
    /// The rule of a row that has the column `rule`.
    /// - Throws: `.corrupt` where it is not known.
    init(_ row: Row) throws {
        guard let rule = XPRule(rawValue: row["rule"]) else {
            throw StoreError.corrupt(collection: XPTransaction.collection, detail: "a rule that is not known")
        }
        self = rule
    }
}

extension LedgerSums {
    /// Adds what a row with the columns `rule`, `count` and `xp` holds.
    mutating func add(_ row: Row) throws {
        add(Sum(count: row["count"], xp: row["xp"]), of: try XPRule(row))
    }
}

extension XPTransaction {
    /// The columns of the table `xp_transactions AS line`, joined with its source, by which a line is read.
    static let columns = "line.rule, name, line.count, line.xp, line.day, line.at"

    /// The line of a row that has these columns.
    init(_ row: Row, of member: MemberID) throws {
        guard let source = XPSource(rawValue: row["name"]) else {
            throw StoreError.corrupt(collection: Self.collection, detail: "a source that is not known")
        }
        self.init(
            member: member,
            rule: try XPRule(row),
            source: source,
            count: row["count"],
            xp: row["xp"],
            day: try ClubDay(number: row["day"]),
            at: Timestamp.date(milliseconds: row["at"])
        )
    }
}
