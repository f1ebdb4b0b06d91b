/// In which lines a ledger is not what the stored events make of it.
public struct LedgerDifference: Equatable, Sendable {
    /// How many lines, and the first of them.
    public struct Lines: Equatable, Sendable {
        /// How many lines are kept.
        public static let named = 20

        public private(set) var count = 0
        /// The first ones.
        public private(set) var first: [XPTransaction] = []

        public init() {}

        mutating func add(_ line: XPTransaction) {
            count += 1
            if first.count < Self.named { first.append(line) }
        }
    }

    /// How many lines the events make.
    public internal(set) var lines = 0
    /// The events make them, and they are not there.
    public internal(set) var missing = Lines()
    /// They are there, and no event makes them.
    public internal(set) var surplus = Lines()
    /// They are there otherwise than the events make them: as they are there.
    public internal(set) var different = Lines()
    /// Of the first different ones, by id, what the events make of them.
    public internal(set) var expected: [String: XPTransaction] = [:]

    public init() {}

    /// How many lines are not what the events make of them.
    public var count: Int { missing.count + surplus.count + different.count }

    /// Whether the ledger is what the events make of it.
    public var isNone: Bool { count == 0 }

    /// Keeps what the events make of a line that is one of the first different ones.
    mutating func explain(_ line: XPTransaction) {
        guard different.first.contains(where: { $0.id == line.id }) else { return }
        if let known = expected[line.id], known.count >= line.count { return }
        expected[line.id] = line
    }
}

/// What lines there are to be, in a few bytes for each: of five million of them some hundred megabytes.
struct LedgerPrints {
    private struct Print {
        var count: Int
        var content: Int
        /// Whether a line that is stored has this id.
        var isFound = false
    }

    /// By a hash of the id. That two of five million ids have the same one happens once in a million rebuilds.
    private var prints: [Int: Print] = [:]

    var count: Int { prints.count }

    /// Of lines with the same id the first one with the greatest count is meant, as it is in a post.
    mutating func add(_ lines: [XPTransaction]) {
        for line in lines {
            let id = line.id.hashValue
            if let known = prints[id], known.count >= line.count { continue }
            prints[id] = Print(count: line.count, content: Self.content(line))
        }
    }

    /// Compares a stored line with what there is to be.
    mutating func compare(_ line: XPTransaction, _ difference: inout LedgerDifference) {
        let id = line.id.hashValue
        guard let expected = prints[id] else { return difference.surplus.add(line) }
        prints[id]?.isFound = true
        if expected.content != Self.content(line) { difference.different.add(line) }
    }

    /// How many are not stored.
    var missing: Int { prints.values.count { !$0.isFound } }

    /// Whether this line is not stored. It is said once for each id.
    mutating func takeMissing(_ line: XPTransaction) -> Bool {
        let id = line.id.hashValue
        guard prints[id]?.isFound == false else { return false }
        prints[id]?.isFound = true
        return true
    }

    private static func content(_ line: XPTransaction) -> Int {
        var hasher = Hasher()
        hasher.combine(line.count)
        hasher.combine(line.xp)
        hasher.combine(line.day)
        hasher.combine(Timestamp.milliseconds(line.at))
        return hasher.finalize()
    }
}
