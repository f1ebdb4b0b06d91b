import Foundation

public struct LiveSessionID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// A show: from the moment when it is planned until its recording is in the library.
public struct LiveSession: StoredEntity, Identifiable {
    public enum Key: Hashable, Sendable {
        case id(LiveSessionID)
        /// By what it was made for; see `origin`.
        case origin(String)
        /// The show that this host is running.
        case liveHost(MemberID)
    }

    public enum Status: String, Codable, CaseIterable, Sendable {
        case scheduled
        case live
        /// It is over, its recording is not in the library.
        case ended
        case recorded
        case cancelled
    }

    /// What is still to be done for a show because of its last change of status.
    enum Chore: String, Codable, Sendable {
        /// Make the episode that waits for its recording.
        case makePodcast = "make_podcast"
        /// Count who became a member while it was live.
        case countNewcomers = "count_newcomers"
        /// Count who was in its room.
        case countAudience = "count_audience"
        /// Make the show of the next week.
        case makeNext = "make_next"
    }

    public static let collection = "live_sessions"
    public static let schema = 1

    public let id: LiveSessionID
    /// What it was made for: the request, the show before it, or the document that it was imported from. Unique, so
    /// that asking for it twice makes one show.
    public let origin: String
    /// One line, never empty.
    public internal(set) var title: String
    public internal(set) var summary: String
    /// Nil where nobody knows any more.
    public internal(set) var host: MemberID?
    /// In the order in which they were added, each once.
    public internal(set) var coHosts: [MemberID] = []
    /// When it is to begin.
    public internal(set) var startsAt: Date
    private var plannedMinutes: Int
    public internal(set) var handPolicy: HandPolicy
    public internal(set) var status: Status
    /// When it really began.
    public internal(set) var startedAt: Date?
    /// Who began it.
    public internal(set) var startedBy: MemberID?
    public internal(set) var endedAt: Date?
    public internal(set) var cancelledAt: Date?
    /// Nil for a show that comes once.
    public internal(set) var weekly: WeeklyRepeat?
    /// The episode that is its recording, or waits for it; nil before the end.
    public internal(set) var podcastID: PodcastID?
    /// The message of its announcement, which is edited as long as the show lives.
    public internal(set) var post: CardPlace?
    /// Who comes, and who wants to be reminded.
    var attendance = ShowAnswers()
    /// How many people became members while it was live; nil before that is counted.
    public internal(set) var newMembers: Int?
    /// Who was in its room; nil before that is counted.
    public internal(set) var audience: ShowAudience?
    /// How often calendars had to learn of a change. Source: RFC 5545, 3.8.7.4.
    public internal(set) var sequence = 0
    /// Reminders that are still to be sent, in the order in which they are due.
    var remindersAhead: [ShowReminder] = []
    /// Reminders that were sent, for whatever time.
    var remindersSent: [ShowReminder] = []
    /// What is being told at present; of each kind one at most.
    var tellings: [ShowTelling] = []
    /// How many tellings there have been.
    var tellingCount = 0
    var chores: [Chore] = []
    var notice = ShowPost()
    /// Until when a recording that is posted completes its episode by itself; nil once one came, or the host was told
    /// that none did.
    var awaitsRecordingUntil: Date?
    /// When the ledger's lines are to be made of all that is stored of it next; nil before its end, and once nothing can
    /// come any more.
    var scoresAt: Date?
    public let createdBy: MemberID?
    public let createdAt: Date
    public internal(set) var updatedAt: Date

    init(
        id: LiveSessionID,
        origin: String,
        title: String,
        summary: String,
        host: MemberID?,
        startsAt: Date,
        plannedDuration: Duration,
        handPolicy: HandPolicy,
        status: Status = .scheduled,
        createdBy: MemberID?,
        now: Date
    ) {
        self.id = id
        self.origin = origin
        self.title = title
        self.summary = summary
        self.host = host
        self.startsAt = startsAt
        plannedMinutes = Int(plannedDuration.wholeSeconds / 60)
        self.handPolicy = handPolicy
        self.status = status
        self.createdBy = createdBy
        createdAt = now
        updatedAt = now
    }

    /// How long it is to last, in whole minutes.
    public internal(set) var plannedDuration: Duration {
        get { .seconds(plannedMinutes * 60) }
        set { plannedMinutes = Int(newValue.wholeSeconds / 60) }
    }

    public var plannedEnd: Date { startsAt.addingTimeInterval(plannedDuration.seconds) }

    /// How long it was live; nil before its end.
    public var duration: Duration? {
        guard let startedAt, let endedAt else { return nil }
        return .milliseconds(Timestamp.milliseconds(endedAt) - Timestamp.milliseconds(startedAt))
    }

    public var repeatsWeekly: Bool { weekly != nil }

    /// How many members say that they come.
    public var comingCount: Int { attendance.coming }
    /// How many members want to be reminded.
    public var reminderCount: Int { attendance.reminded }

    /// Its moment in lists.
    public var listedAt: Date { startedAt ?? startsAt }

    /// Whether it is still to come or live.
    public var isAhead: Bool { status == .scheduled || status == .live }

    /// Whether somebody may change it: its host, and admins.
    public func mayManage(_ member: Member) -> Bool {
        guard member.isActive else { return false }
        return member.isAdmin || (member.role >= .host && host == member.id)
    }

    /// Whether somebody may begin and end it: who may change it, and its co-hosts.
    public func mayRun(_ member: Member) -> Bool {
        mayManage(member) || (member.isActive && coHosts.contains(member.id))
    }
}
