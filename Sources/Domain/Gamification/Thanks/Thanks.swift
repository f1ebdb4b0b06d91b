import Foundation

/// Made of who thanks, the month, and the how manieth of that month it is; so that a month has only so many.
public struct ThanksID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    init(from giver: MemberID, month: String, number: Int) {
        rawValue = "\(giver):\(month):\(number)"
    }
}

/// That one member thanks another one for an episode, or for a moment of it. It brings no XP.
public struct Thanks: StoredEntity, Identifiable {
    public enum Key: Hashable, Sendable {
        case id(ThanksID)
    }

    public static let collection = "thanks"
    public static let schema = 1

    /// How many a member has to give in a calendar month of the club's zone: few enough to mean something.
    public static let monthlyBudget = 5
    /// Longest words with them, in Unicode scalars.
    public static let wordsLength = 300

    public let id: ThanksID
    public let from: MemberID
    public let to: MemberID
    public let podcast: PodcastID
    /// The moment of the episode, in milliseconds from its beginning; nil for all of it.
    private let milliseconds: Int64?
    public internal(set) var words: String?
    public let at: Date
    /// What asked for it, so that the same request is carried out once.
    let cause: Cause
    /// When it was taken out of all lists, because one of the two was forgotten.
    public internal(set) var erasedAt: Date?

    public init(
        id: ThanksID,
        from: MemberID,
        to: MemberID,
        podcast: PodcastID,
        position: Duration? = nil,
        words: String? = nil,
        at: Date,
        cause: Cause
    ) {
        self.id = id
        self.from = from
        self.to = to
        self.podcast = podcast
        milliseconds = position?.wholeMilliseconds
        self.words = words
        self.at = Timestamp.rounded(at)
        self.cause = cause
    }

    /// The moment of the episode; nil for all of it.
    public var position: Duration? { milliseconds.map { .milliseconds($0) } }
}

/// Which thanks a list holds, those not that were erased. Lists are ordered by `at`, newest first, then by id, greatest
/// first.
public enum ThanksListing: Hashable, Sendable {
    case to(MemberID)
    case from(MemberID)
    case about(PodcastID)

    /// Whether thanks belong to the list.
    public func holds(_ thanks: Thanks) -> Bool {
        guard thanks.erasedAt == nil else { return false }
        return switch self {
        case .to(let member): thanks.to == member
        case .from(let member): thanks.from == member
        case .about(let podcast): thanks.podcast == podcast
        }
    }
}

/// Keeps thanks.
public protocol ThanksStore: EntityStore where Entity == Thanks {
    /// A part of a list. The page's cursor is made of `at` and id.
    func list(_ listing: ThanksListing, from start: PageStart, limit: Int) async throws(StoreError) -> Page<Thanks>

    /// How many thanks a list holds.
    func count(_ listing: ThanksListing) async throws(StoreError) -> Int
}
