import Foundation

/// What a host has in mind with a show. Whether it can be is decided when it is scheduled.
public struct ShowPlan: Sendable {
    public var title: String
    public var summary: String
    public var startsAt: Date
    public var plannedDuration: Duration
    /// Nil: as the club has it for new shows.
    public var handPolicy: HandPolicy?
    public var repeatsWeekly: Bool
    /// Who runs it; nil: who plans it. Only admins plan for others.
    public var host: MemberID?

    public init(
        title: String,
        startsAt: Date,
        summary: String = "",
        plannedDuration: Duration = .seconds(3600),
        handPolicy: HandPolicy? = nil,
        repeatsWeekly: Bool = false,
        host: MemberID? = nil
    ) {
        self.title = title
        self.startsAt = startsAt
        self.summary = summary
        self.plannedDuration = plannedDuration
        self.handPolicy = handPolicy
        self.repeatsWeekly = repeatsWeekly
        self.host = host
    }
}

/// What is to become different about a show; nil stays as it is.
public struct ShowEdit: Sendable {
    public var title: String?
    public var summary: String?
    public var plannedDuration: Duration?
    public var handPolicy: HandPolicy?
    public var repeatsWeekly: Bool?

    public init(
        title: String? = nil,
        summary: String? = nil,
        plannedDuration: Duration? = nil,
        handPolicy: HandPolicy? = nil,
        repeatsWeekly: Bool? = nil
    ) {
        self.title = title
        self.summary = summary
        self.plannedDuration = plannedDuration
        self.handPolicy = handPolicy
        self.repeatsWeekly = repeatsWeekly
    }
}

/// What a show may be.
extension LiveSession {
    /// Longest title and summary, in Unicode scalars.
    public static let titleLength = 200
    public static let summaryLength = 4_000
    /// Most co-hosts.
    public static let coHostLimit = 10
    /// How many minutes it may be planned to last.
    public static let minutes = 5...720
    /// So far ahead it may be planned, in days.
    public static let horizonDays = 365
    /// Most shows that may be ahead at a time, of one host.
    public static let aheadLimit = 50
}

extension ShowPlan {
    /// Who plans a show for this very minute has not planned one in the past.
    private static let grace: Duration = .seconds(60)

    /// - Throws: `.titleMissing`, `.titleTooLong`.
    static func checked(title: String) throws(Refusal) -> String {
        let cleaned = PlainText.line(title, limit: LiveSession.titleLength * 8)
        guard !cleaned.isEmpty else { throw .titleMissing }
        guard cleaned.unicodeScalars.count <= LiveSession.titleLength else { throw .titleTooLong }
        return cleaned
    }

    /// - Throws: `.summaryTooLong`.
    static func checked(summary: String) throws(Refusal) -> String {
        let cleaned = PlainText.paragraphs(summary, limit: LiveSession.summaryLength * 2)
        guard cleaned.unicodeScalars.count <= LiveSession.summaryLength else { throw .summaryTooLong }
        return cleaned
    }

    /// - Throws: `.durationOutOfRange`.
    static func checked(duration: Duration) throws(Refusal) -> Duration {
        guard LiveSession.minutes.contains(Int(clamping: duration.wholeSeconds / 60)) else {
            throw .durationOutOfRange
        }
        return duration
    }

    /// - Throws: `.timeInThePast`, `.timeTooFar`.
    static func check(startsAt start: Date, now: Date) throws(Refusal) {
        guard start >= now.addingTimeInterval(-grace.seconds) else { throw .timeInThePast }
        let horizon = now.addingTimeInterval(Double(LiveSession.horizonDays) * 86_400)
        guard start <= horizon else { throw .timeTooFar }
    }

    /// The show that it describes, with `hands` where it says nothing about them, as far as that does not depend on others.
    func session(
        _ id: LiveSessionID,
        origin: String,
        host: MemberID,
        by planner: MemberID,
        hands: HandPolicy,
        in zone: TimeZone,
        now: Date
    ) throws(Refusal) -> LiveSession {
        let start = Timestamp.rounded(startsAt)
        try Self.check(startsAt: start, now: now)
        var session = LiveSession(
            id: id,
            origin: origin,
            title: try Self.checked(title: title),
            summary: try Self.checked(summary: summary),
            host: host,
            startsAt: start,
            plannedDuration: try Self.checked(duration: plannedDuration),
            handPolicy: try (handPolicy ?? hands).checked(),
            createdBy: planner,
            now: now
        )
        if repeatsWeekly { session.weekly = WeeklyRepeat(slot: WallTime(start, in: zone)) }
        session.planReminders(now: now)
        return session
    }
}
