import Foundation

/// A link by which people come into a group or channel.
struct InviteLink: Codable, Sendable, Hashable {
    /// Source: Bot API, `createChatInviteLink`.
    static let nameLength = 32
    static let largestMemberLimit = 99_999

    /// The whole address.
    let address: String
    /// The bot that made it.
    let creator: Int64
    var name = ""
    /// Unix seconds; nobody comes in by it from then on. Nothing: it stays good.
    var expires: Int?
    /// How many may come in by it.
    var memberLimit: Int?
    /// Who follows it only asks to be let in.
    var asksFirst = false
    /// The one that `exportChatInviteLink` made.
    var isPrimary = false
    var isRevoked = false
    /// How many came in by it.
    var used = 0

    /// Whether somebody can still come in by it.
    func isGood(at now: Date) -> Bool {
        !isRevoked && expires.map { Double($0) > now.timeIntervalSince1970 } ?? true
            && memberLimit.map { used < $0 } ?? true
    }

    /// The Bot API's `ChatInviteLink` as one bot sees it: of another one's link only the beginning.
    func json(creator user: JSON?, pending: Int, for bot: Int64) -> JSON {
        .fields([
            "invite_link": .string(bot == creator ? address : address.prefix(address.count / 2) + "…"),
            "name": .text(name),
            "creator": user,
            "expire_date": expires.map { .int($0) },
            "member_limit": memberLimit.map { .int($0) },
            "pending_join_request_count": pending > 0 ? .int(pending) : nil,
            "creates_join_request": .bool(asksFirst),
            "is_primary": .bool(isPrimary),
            "is_revoked": .bool(isRevoked),
        ])
    }
}
