import Domain

/// What a button means that is about progress, boards and badges. Its data begin with `xp:`.
enum ProgressButton: Equatable, Sendable {
    /// Where one stands.
    case own
    /// A page of one's lines.
    case history(page: Int)
    /// How XP is earned.
    case ways
    /// A board from so many places on.
    case board(BoardSpan, skipping: Int)
    /// One's badges.
    case badges
    /// All badges, and how one gets them.
    case allBadges
    /// What one may know of a member.
    case person(MemberID)
    /// Of admins: the badges that can be given to a member or taken back.
    case honours(MemberID)
    /// Of admins: give it or take it back.
    case honour(MemberID, Badge, isHeld: Bool)

    static let prefix = "xp:"

    var data: String {
        Self.prefix
            + {
                switch self {
                case .own: "p"
                case .history(let page): "l:\(page)"
                case .ways: "h"
                case .board(let span, let skipped): "t:\(span.rawValue):\(skipped)"
                case .badges: "b"
                case .allBadges: "a"
                case .person(let id): "w:\(id)"
                case .honours(let id): "g:\(id)"
                case .honour(let id, let badge, let isHeld): "g:\(id):\(Self.number(of: badge)):\(isHeld ? "y" : "n")"
                }
            }()
    }

    /// - Returns: nil where `data` was not written by `data`.
    init?(data: String) {
        guard data.hasPrefix(Self.prefix) else { return nil }
        let parts = data.dropFirst(Self.prefix.count).split(separator: ":", omittingEmptySubsequences: false)
            .map(String.init)
        switch (parts[0], parts.count) {
        case ("p", 1): self = .own
        case ("h", 1): self = .ways
        case ("b", 1): self = .badges
        case ("a", 1): self = .allBadges
        case ("l", 2):
            guard let page = Button.number(parts[1]) else { return nil }
            self = .history(page: page)
        case ("t", 3):
            guard let span = BoardSpan(rawValue: parts[1]), let skipped = Button.number(parts[2]) else { return nil }
            self = .board(span, skipping: skipped)
        case ("w", 2), ("g", 2):
            guard let id = Button.id(parts[1]).map(MemberID.init(rawValue:)) else { return nil }
            self = parts[0] == "w" ? .person(id) : .honours(id)
        case ("g", 4):
            guard let id = Button.id(parts[1]), let number = Button.number(parts[2]),
                Badge.allCases.indices.contains(number), let isHeld = Button.answer(parts[3])
            else { return nil }
            self = .honour(MemberID(rawValue: id), Badge.allCases[number], isHeld: isHeld)
        default: return nil
        }
    }

    private static func number(of badge: Badge) -> Int { Badge.allCases.firstIndex(of: badge) ?? 0 }
}
