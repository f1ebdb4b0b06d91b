/// How deep somebody looks into a queue for work that they can do now. Pure.
///
/// What is at the head may be for somebody else, or wait for its next try. Then it is looked deeper, twice as deep each
/// time, until there is enough or the queue ends.
public struct QueueLook: Sendable {
    /// So many are looked at first.
    static let shortest = 100
    /// So many at most: more than a club has.
    static let longest = 25_600

    /// How many are to be read, from the head on.
    public private(set) var depth = QueueLook.shortest
    /// Whether all that the queue holds was read.
    public private(set) var isWhole = false

    public init() {}

    /// - Parameters:
    ///   - count: How many were read.
    ///   - isEnough: Whether there is enough for now among them.
    /// - Returns: Whether more is to be read, `depth` from the head on.
    public mutating func goesDeeper(read count: Int, isEnough: Bool) -> Bool {
        isWhole = count < depth
        guard !isWhole, !isEnough, depth < Self.longest else { return false }
        depth *= 2
        return true
    }
}
