/// How much of each rule some lines of the ledger come to.
public struct LedgerSums: Equatable, Sendable {
    /// What one rule comes to.
    public struct Sum: Equatable, Sendable {
        /// Times, or milliseconds; see `XPRule.countsTime`.
        public var count: Int
        public var xp: Int

        public init(count: Int = 0, xp: Int = 0) {
            self.count = count
            self.xp = xp
        }
    }

    /// Those rules only of which there is something.
    public private(set) var byRule: [XPRule: Sum]

    public init(_ byRule: [XPRule: Sum] = [:]) {
        self.byRule = byRule.filter { $0.value != Sum() }
    }

    public subscript(rule: XPRule) -> Sum { byRule[rule] ?? Sum() }

    public var xp: Int { byRule.values.reduce(0) { $0 + $1.xp } }

    public mutating func add(_ other: LedgerSums) {
        for (rule, sum) in other.byRule { add(sum, of: rule) }
    }

    public mutating func add(_ sum: Sum, of rule: XPRule) {
        let before = self[rule]
        let after = Sum(count: before.count + sum.count, xp: before.xp + sum.xp)
        byRule[rule] = after == Sum() ? nil : after
    }
}
