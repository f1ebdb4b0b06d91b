/// How far a member has come, by the experience points that they have collected. Source: DESIGN, section 8.
public enum Level: Int, Codable, Comparable, CaseIterable, Sendable {
    case observer = 1
    case activeMember
    case contributor
    case speaker
    case coreVoice

    /// The highest level for which so much is enough; whoever has less than nothing is an observer.
    public init(xp: Int) {
        self = Self.allCases.last { $0.threshold <= xp } ?? .observer
    }

    /// From how many experience points on one has it.
    public var threshold: Int {
        switch self {
        case .observer: 0
        case .activeMember: 500
        case .contributor: 1_500
        case .speaker: 3_500
        case .coreVoice: 7_000
        }
    }

    /// The one above it; nil for the highest.
    public var next: Level? { Level(rawValue: rawValue + 1) }

    /// How much somebody of this level who has `xp` needs to the next one; nil at the highest.
    public func left(at xp: Int) -> Int? { next.map { max(0, $0.threshold - xp) } }

    /// Which part of the way from this level to the next one lies behind somebody who has `xp`, 0 to 1; 1 at the highest.
    public func progress(at xp: Int) -> Double {
        guard let next else { return 1 }
        let way = Double(next.threshold - threshold)
        return min(max(Double(xp - threshold) / way, 0), 1)
    }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
