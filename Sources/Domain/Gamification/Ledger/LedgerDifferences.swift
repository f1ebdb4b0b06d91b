/// By how much some changes of lines change what the lines come to.
///
/// Stores keep the sums beside the lines, and add this to them in the same step.
public struct LedgerDifferences: Equatable, Sendable {
    /// A member on one day.
    public struct MemberDay: Hashable, Sendable {
        public let member: MemberID
        public let day: ClubDay

        public init(member: MemberID, day: ClubDay) {
            self.member = member
            self.day = day
        }
    }

    /// A member among the others in one period.
    public struct Place: Hashable, Sendable {
        public let period: LedgerPeriod
        public let member: MemberID

        public init(period: LedgerPeriod, member: MemberID) {
            self.period = period
            self.member = member
        }
    }

    /// Of all lines of a member.
    public private(set) var members: [MemberID: LedgerSums] = [:]
    /// Of a member's lines of one day.
    public private(set) var days: [MemberDay: LedgerSums] = [:]
    /// How many more deeds of each rule a member has on a day. A deed is a line that is no correction and not imported.
    public private(set) var deeds: [MemberDay: [XPRule: Int]] = [:]
    /// How many more deeds a member has in a week.
    public private(set) var weeks: [MemberID: [ClubWeek: Int]] = [:]
    /// XP by which members are compared.
    public private(set) var places: [Place: Int] = [:]
    /// Of all lines of a source, and of an episode, by `XPSource.sumKeys`.
    public private(set) var sources: [String: LedgerSums] = [:]
    /// Of all deeds of one day.
    public private(set) var club: [ClubDay: LedgerSums] = [:]

    /// A day's week and season, which take a while to be computed.
    private var periods: [ClubDay: (week: ClubWeek, season: ClubSeason)] = [:]

    /// - Parameter changes: Each line once.
    public init(_ changes: [LedgerChange]) {
        for change in changes {
            if let old = change.old { add(old, sign: -1) }
            if let new = change.new { add(new, sign: 1) }
        }
        periods = [:]
        deeds = deeds.mapValues { $0.filter { $0.value != 0 } }.filter { !$0.value.isEmpty }
        weeks = weeks.mapValues { $0.filter { $0.value != 0 } }.filter { !$0.value.isEmpty }
        places = places.filter { $0.value != 0 }
    }

    private mutating func add(_ line: XPTransaction, sign: Int) {
        let sum = LedgerSums.Sum(count: sign * line.count, xp: sign * line.xp)
        let day = MemberDay(member: line.member, day: line.day)
        let (week, season) = periods(of: line.day)
        members[line.member, default: LedgerSums()].add(sum, of: line.rule)
        days[day, default: LedgerSums()].add(sum, of: line.rule)
        for period in [LedgerPeriod.allTime, .week(week), .season(season)] {
            places[Place(period: period, member: line.member), default: 0] += sum.xp
        }
        for key in line.source.sumKeys { sources[key, default: LedgerSums()].add(sum, of: line.rule) }
        guard line.source.isDeed else { return }
        deeds[day, default: [:]][line.rule, default: 0] += sign
        weeks[line.member, default: [:]][week, default: 0] += sign
        club[line.day, default: LedgerSums()].add(sum, of: line.rule)
    }

    private mutating func periods(of day: ClubDay) -> (week: ClubWeek, season: ClubSeason) {
        if let known = periods[day] { return known }
        let computed = (week: day.week, season: day.season)
        periods[day] = computed
        return computed
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.members == right.members && left.days == right.days && left.deeds == right.deeds
            && left.weeks == right.weeks && left.places == right.places && left.sources == right.sources
            && left.club == right.club
    }
}

extension XPSource {
    /// Whether its lines are what a member did here: they are no corrections.
    public var isDeed: Bool {
        switch self {
        case .show, .episode, .listening: true
        case .correction: false
        }
    }

    /// Under which names the sums of its lines are kept: its own, and its episode's.
    public var sumKeys: [String] {
        switch self {
        case .show, .correction: [rawValue]
        case .episode(let podcast), .listening(let podcast, _): [rawValue, Self.sumKey(ofEpisode: podcast)]
        }
    }

    /// Under which name the sums of all of an episode's lines are kept.
    public static func sumKey(ofEpisode podcast: PodcastID) -> String { "p:\(podcast)" }
}
