/// How much a member takes part at present, by what they did in the last 90 days. Source: DESIGN, section 8.
public struct Engagement: Equatable, Sendable {
    /// So many days count, today among them.
    public static let span = 90

    /// One point for 100 minutes that were listened to, live and episodes; 30 at most.
    public let listening: Double
    /// 2.5 points for each show that was attended; 25 at most.
    public let attendance: Double
    /// 1.5 points for each raised hand; 15 at most.
    public let hands: Double
    /// 4 points for each speech; 20 at most.
    public let speeches: Double
    /// Half a point for each thank that was received; 10 at most.
    public let support: Double

    /// - `sums`: What the ledger has of the days that count; see `days`.
    public init(_ sums: LedgerSums) {
        let milliseconds = sums[.liveTime].count + sums[.episodeTime].count
        listening = min(Double(milliseconds) / 60_000 / 100, 30)
        attendance = min(2.5 * Double(sums[.joined].count), 25)
        hands = min(1.5 * Double(sums[.hand].count), 15)
        speeches = min(4 * Double(sums[.speech].count), 20)
        support = min(0.5 * Double(sums[.supportReceived].count), 10)
    }

    /// 0 to 100.
    public var score: Double { listening + attendance + hands + speeches + support }

    /// The days that count.
    public static func days(until today: ClubDay) -> ClosedRange<ClubDay> {
        today.adding(days: 1 - span)...today
    }
}
