/// On which days and in which weeks members have deeds, before some lines change.
public struct LedgerPresence: Equatable, Sendable {
    /// How many of each rule a member has on a day, of the days that change.
    public var days: [LedgerDifferences.MemberDay: [XPRule: Int]]
    /// How many a member has in a week: of those who come or go in one, of all of their weeks.
    public var weeks: [MemberID: [ClubWeek: Int]]

    public init(
        days: [LedgerDifferences.MemberDay: [XPRule: Int]] = [:],
        weeks: [MemberID: [ClubWeek: Int]] = [:]
    ) {
        self.days = days
        self.weeks = weeks
    }

    /// Those who come to a week in which they were not, or are in one no more, by how it stands before.
    public func moving(by differences: LedgerDifferences) -> [MemberID] {
        differences.weeks.compactMap { member, changes in
            let isMoving = changes.contains { week, change in
                let before = weeks[member]?[week] ?? 0
                return (before > 0) != (before + change > 0)
            }
            return isMoving ? member : nil
        }
    }

    /// How many members more or fewer there are, by what changes.
    public func headcount(after differences: LedgerDifferences) -> LedgerHeadcount {
        var heads = LedgerHeadcount()
        for (place, changes) in differences.deeds {
            let before = days[place] ?? [:]
            for (rule, change) in changes {
                let was = before[rule] ?? 0
                heads.add(Self.step(was, was + change), of: rule, on: place.day)
            }
            let total = before.values.reduce(0, +)
            heads.add(Self.step(total, total + changes.values.reduce(0, +)), on: place.day)
        }
        for member in moving(by: differences) {
            let before = weeks[member] ?? [:]
            let after = before.merging(differences.weeks[member] ?? [:], uniquingKeysWith: +)
            heads.add(-1, cohortsOf: before)
            heads.add(1, cohortsOf: after)
        }
        return heads
    }

    /// 1 where somebody came, -1 where somebody is there no more.
    private static func step(_ before: Int, _ after: Int) -> Int {
        (after > 0 ? 1 : 0) - (before > 0 ? 1 : 0)
    }
}

/// How many members more or fewer there are on days, and in weeks by the week in which they came first.
public struct LedgerHeadcount: Equatable, Sendable {
    /// In which week members were, who came first in which one.
    public struct Cohort: Hashable, Sendable {
        public let first: ClubWeek
        public let week: ClubWeek
    }

    public private(set) var rules: [ClubDay: [XPRule: Int]] = [:]
    public private(set) var active: [ClubDay: Int] = [:]
    /// Without those that stay as they are.
    public private(set) var cohorts: [Cohort: Int] = [:]

    fileprivate mutating func add(_ number: Int, of rule: XPRule, on day: ClubDay) {
        guard number != 0 else { return }
        rules[day, default: [:]][rule, default: 0] += number
    }

    fileprivate mutating func add(_ number: Int, on day: ClubDay) {
        guard number != 0 else { return }
        active[day, default: 0] += number
    }

    fileprivate mutating func add(_ number: Int, cohortsOf weeks: [ClubWeek: Int]) {
        let present = weeks.filter { $0.value > 0 }.keys
        guard let first = present.min() else { return }
        for week in present {
            let cohort = Cohort(first: first, week: week)
            let sum = (cohorts[cohort] ?? 0) + number
            cohorts[cohort] = sum == 0 ? nil : sum
        }
    }
}
