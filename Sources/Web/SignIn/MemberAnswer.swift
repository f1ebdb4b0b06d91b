import Domain

/// A member as the API shows them.
struct MemberAnswer: Encodable {
    /// A number, or null for a person who is not linked with a Telegram account yet.
    struct TelegramNumber: Encodable {
        var number: Int64?

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(number)
        }
    }

    var userId: String
    var name: String
    var username: String?
    var role: String
    var language: String
    /// Shown to admins only.
    var telegramId: TelegramNumber?

    /// As `reader` may see the member.
    init(_ member: Member, for reader: Member) {
        userId = member.id.rawValue
        name = member.name
        username = member.username
        role = member.role.rawValue
        language = member.language.rawValue
        telegramId = reader.isAdmin ? TelegramNumber(number: member.telegramID?.rawValue) : nil
    }
}
