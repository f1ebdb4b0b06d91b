/// So many lines as a store writes down in one step.
public enum LedgerPortion {
    /// How many lines that are at most. More would keep other writes waiting, and MongoDB takes a step of a limited
    /// size only.
    public static let size = 1_000

    /// The lines in portions, each line once: of those with the same id the first one with the greatest count. They
    /// are in the order of their members, so that a portion is about few of them.
    public static func portions(of lines: [XPTransaction]) -> [[XPTransaction]] {
        var meant: [String: XPTransaction] = [:]
        for line in lines where meant[line.id].map({ $0.count < line.count }) ?? true { meant[line.id] = line }
        let ordered = meant.sorted { RecordKey.precedes($0.key, $1.key) }.map(\.value)
        return stride(from: 0, to: ordered.count, by: size).map { start in
            Array(ordered[start..<min(ordered.count, start + size)])
        }
    }
}
