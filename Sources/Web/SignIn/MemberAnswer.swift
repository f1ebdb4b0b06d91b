import Domain

/// A member as the API shows them.
struct MemberAnswer: Encodable {
    var userId: String
    var name: String
    var username: String?
    var role: String
    var language: String
    /// Shown to admins only.
    var telegramId: Int64?

    /// As `reader` may see the member.
    init(_ member: Member, for reader: Member) {
        userId = member.id.rawValue
        name = member.name
        username = member.username
        role = member.role.rawValue
        language = member.language.rawValue
        telegramId = reader.isAdmin ? member.telegramID.rawValue : nil
    }
}
