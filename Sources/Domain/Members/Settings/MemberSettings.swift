import Foundation

/// What a person has chosen for themselves. What they have not chosen is as the messenger or the club has it.
public struct MemberSettings: Codable, Equatable, Sendable {
    /// Nil: as the messenger says at each visit.
    public var language: Language?
    /// Kinds that the person has switched, each in one of the two lists at most, sorted.
    private var wanted: [NoticeKind]
    private var unwanted: [NoticeKind]
    /// When nothing is to make a sound. Nil: never.
    public var quietHours: QuietHours?
    /// The zone of the quiet hours (IANA name). Nil: the club's.
    public var timeZone: String?
    /// Nil for a person who has chosen nothing about it.
    private var hides: Bool?

    /// Whether the person stands in no board, and other members do not find them.
    public var isHidden: Bool {
        get { hides ?? false }
        set { hides = newValue ? true : nil }
    }

    public init() {
        wanted = []
        unwanted = []
    }

    /// Whether the person wants to be told about this.
    public func wants(_ kind: NoticeKind) -> Bool {
        if wanted.contains(kind) { return true }
        return kind.isWantedUnasked && !unwanted.contains(kind)
    }

    public mutating func set(_ kind: NoticeKind, isWanted: Bool) {
        wanted.removeAll { $0 == kind }
        unwanted.removeAll { $0 == kind }
        guard isWanted != kind.isWantedUnasked else { return }
        if isWanted {
            wanted = (wanted + [kind]).sorted { $0.rawValue < $1.rawValue }
        } else {
            unwanted = (unwanted + [kind]).sorted { $0.rawValue < $1.rawValue }
        }
    }

    /// When the quiet hours end in which `moment` lies; nil where it lies in none.
    /// `clubZone`: for those who have chosen no zone, or one that this machine does not know.
    public func quietUntil(for moment: Date, clubZone: TimeZone) -> Date? {
        quietHours?.end(for: moment, in: zone(clubZone: clubZone))
    }

    /// In which times are shown to the person. `clubZone`: for those who have chosen none.
    public func zone(clubZone: TimeZone) -> TimeZone {
        timeZone.flatMap(TimeZone.init(identifier:)) ?? clubZone
    }
}

/// One choice of a person about themselves.
public enum SettingChoice: Equatable, Sendable {
    /// Nil: as the messenger says.
    case language(Language?)
    case notices(NoticeKind, isWanted: Bool)
    /// Nil: no quiet hours.
    case quietHours(QuietHours?)
    /// An IANA name; nil: the club's zone.
    case timeZone(String?)
    /// Whether one stands in no board and is not found by other members.
    case isHidden(Bool)
}
