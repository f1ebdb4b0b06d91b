/// By what a raised hand is put into the queue. Source: DESIGN, section 8.
public struct HandPriority: Equatable, Sendable {
    /// Whoever has spoken less often is helped.
    public static let speechesOfExperience = 5

    public let level: Level
    /// `Engagement.score`.
    public let engagement: Double
    /// Of the hands that were ever raised, how many led to the stage, 0 to 1; 0 with none raised.
    public let share: Double
    /// Whether there were fewer than `speechesOfExperience` speeches.
    public let isNewVoice: Bool

    /// - `sums`: What the ledger has of all times.
    public init(level: Level, engagement: Engagement, sums: LedgerSums) {
        self.level = level
        self.engagement = engagement.score
        let raised = sums[.hand].count
        share = raised > 0 ? min(Double(sums[.handTaken].count) / Double(raised), 1) : 0
        isNewVoice = sums[.speech].count < Self.speechesOfExperience
    }

    /// 60 for somebody who is new, 125 at most.
    public var value: Double {
        50 + 6.25 * Double(level.rawValue - 1) + 0.2 * engagement + 20 * share + (isNewVoice ? 10 : 0)
    }
}
