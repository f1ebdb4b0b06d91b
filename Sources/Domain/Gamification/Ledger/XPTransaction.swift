import Foundation

/// From what a line of the ledger comes.
public enum XPSource: RawRepresentable, Hashable, Codable, Sendable {
    case show(LiveSessionID)
    /// An episode as a whole.
    case episode(PodcastID)
    /// An episode on one day.
    case listening(PodcastID, on: ClubDay)
    case correction(XPCorrectionID)

    /// As it is stored: a letter, a colon, and ids without colons.
    public var rawValue: String {
        switch self {
        case .show(let id): "s:\(id)"
        case .episode(let id): "e:\(id)"
        case .listening(let id, let day): "l:\(day):\(id)"
        case .correction(let id): "c:\(id)"
        }
    }

    /// - Returns: nil where it says none of these.
    public init?(rawValue: String) {
        let parts = rawValue.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        switch (parts.first, parts.count) {
        case ("s", 2): self = .show(LiveSessionID(rawValue: parts[1]))
        case ("e", 2): self = .episode(PodcastID(rawValue: parts[1]))
        case ("c", 2): self = .correction(XPCorrectionID(rawValue: parts[1]))
        case ("l", 3):
            guard let day = ClubDay(rawValue: parts[1]) else { return nil }
            self = .listening(PodcastID(rawValue: parts[2]), on: day)
        default: return nil
        }
    }
}

/// One line of the ledger: what one rule brought a member from one source.
///
/// There is one line at most for a member, a rule and a source, so nothing can be granted twice. A line grows as its
/// source does: the chat of a show is one line, with the number of messages so far. It is made of stored events
/// only, so that the ledger can be deleted and made again.
public struct XPTransaction: TransferRecord, Identifiable {
    public let member: MemberID
    public let rule: XPRule
    public let source: XPSource
    /// How often, or how long in milliseconds; see `XPRule`.
    public let count: Int
    /// Less than zero where an admin took some.
    public let xp: Int
    /// To which it belongs in weeks, seasons and figures: of a show the day on which it began.
    public let day: ClubDay
    /// By which lines are ordered: of a show when it began.
    public let at: Date

    public static let collection = "xp_transactions"

    public init(
        member: MemberID,
        rule: XPRule,
        source: XPSource,
        count: Int,
        xp: Int,
        day: ClubDay,
        at: Date
    ) {
        self.member = member
        self.rule = rule
        self.source = source
        self.count = count
        self.xp = xp
        self.day = day
        self.at = Timestamp.rounded(at)
    }

    /// Member, rule and source, by which it is unique.
    public var id: String { "\(member) \(rule.rawValue) \(source.rawValue)" }

    public var key: String { id }

    /// The id without the member, by which lines of one member are told apart.
    public var idOfMember: String { "\(rule.rawValue) \(source.rawValue)" }

    /// Where a page of its member's lines ends that ends with it.
    public var cursor: PageCursor { PageCursor(time: at, id: idOfMember) }
}
