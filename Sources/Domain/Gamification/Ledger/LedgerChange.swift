/// A line of the ledger in place of another one.
public struct LedgerChange: Equatable, Sendable {
    /// What was there; nil where nothing was.
    public let old: XPTransaction?
    /// What is there now; nil where the line is taken away.
    public let new: XPTransaction?

    public init(old: XPTransaction?, new: XPTransaction?) {
        self.old = old
        self.new = new
    }

    /// What posting lines changes.
    /// - Parameters:
    ///   - lines: Each id once.
    ///   - stored: Those with the same ids that are there, by their ids.
    ///   - isReplacing: Whether a line takes the place of the stored one whatever its count, as one of a backup does.
    /// - Returns: Those changes that make a difference.
    public static func posting(
        _ lines: [XPTransaction],
        over stored: [String: XPTransaction],
        isReplacing: Bool = false
    ) -> [LedgerChange] {
        lines.compactMap { line in
            let old = stored[line.id]
            guard let old else { return LedgerChange(old: nil, new: line) }
            guard isReplacing ? line != old : line.count > old.count else { return nil }
            return LedgerChange(old: old, new: line)
        }
    }
}
