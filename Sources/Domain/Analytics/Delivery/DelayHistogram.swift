import Foundation

/// How many waits took how long, in classes of which each is a quarter wider than the one before; so the days of a
/// year can be added up, and a median is right to some 12 percent.
public struct DelayHistogram: Codable, Equatable, Sendable {
    /// The upper end of the first class.
    static let shortest: Duration = .milliseconds(10)
    private static let growth = 1.25
    /// The last class has everything beyond some three days.
    private static let last = 80

    /// By the number of the class.
    private var counts: [Int: Int] = [:]

    public init() {}

    public var total: Int { counts.values.reduce(0, +) }

    mutating func add(_ delay: Duration) {
        counts[Self.number(of: delay), default: 0] += 1
    }

    public mutating func add(_ other: DelayHistogram) {
        counts.merge(other.counts, uniquingKeysWith: +)
    }

    /// So much of the waits took no longer than this: the middle of the class in which it lies.
    /// - `share`: 0.5 for the median.
    /// - Returns: nil where there were no waits.
    public func quantile(_ share: Double) -> Duration? {
        let wanted = max(1, Int((Double(total) * share).rounded(.up)))
        var seen = 0
        for number in counts.keys.sorted() {
            seen += counts[number] ?? 0
            if seen >= wanted { return Self.middle(of: number) }
        }
        return nil
    }

    private static func number(of delay: Duration) -> Int {
        let ratio = delay.seconds / shortest.seconds
        guard ratio > 1 else { return 0 }
        // What lies on an end, but for the last bits of a division, belongs below it.
        return min(last, Int((log(ratio) / log(growth) - 1e-9).rounded(.up)))
    }

    private static func middle(of number: Int) -> Duration {
        guard number > 0 else { return shortest }
        return shortest * pow(growth, Double(number) - 0.5)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let pairs = try container.decode([[Int]].self)
        guard pairs.allSatisfy({ $0.count == 2 }) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no classes")
        }
        counts = Dictionary(pairs.map { ($0[0], $0[1]) }) { first, _ in first }
    }

    /// Pairs of class and count, in the order of the classes.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(counts.sorted { $0.key < $1.key }.map { [$0.key, $0.value] })
    }
}
