import Domain
import Foundation

/// A person of the predecessor's collection `users`.
struct LegacyUser: Equatable, Sendable {
    /// Fields by which the collection is recognised.
    static let fields: Set<String> = [
        "name", "username", "avatar", "role", "level", "xp_total", "xp_breakdown", "voice_stats", "badges",
        "telegram_connected", "telegram_chat_id", "joined_at", "created_at",
    ]

    /// By which other documents name the person: `id`, and MongoDB's `_id`. The first one is the person's own id.
    var identities: [String]
    var name: String?
    /// Without the @.
    var username: String?
    /// `listener` and whatever is unknown count as member.
    var role: Role
    /// The person's number, where the predecessor was connected with a private conversation.
    var telegramID: TelegramUserID?
    var joinedAt: Date?
    var createdAt: Date?
    var progress: LegacyProgress
    var hasAvatar: Bool

    init(_ document: LegacyDocument) {
        identities = LegacyIdentities.written(document["id"], document["_id"])
        username = document["username"].text.map { String($0.drop { $0 == "@" || $0.isWhitespace }) }
        name = document["name"].text ?? username
        role = document["role"].word.flatMap(Role.init(rawValue:)) ?? .member
        if document["telegram_connected"].flag != false {
            telegramID = document["telegram_chat_id"].wholeNumber.flatMap(Self.person)
        }
        joinedAt = document["joined_at"].date
        createdAt = document["created_at"].date
        progress = LegacyProgress(document)
        hasAvatar = document["avatar"].isSomething
    }

    /// Numbers of people are positive and fit 52 bits. Source: Bot API, `User`, field `id`.
    private static func person(_ number: Int64) -> TelegramUserID? {
        (1..<(1 << 52)).contains(number) ? TelegramUserID(rawValue: number) : nil
    }
}
