/// A person with a Telegram account, in the sandbox played by whoever uses the page.
struct Person: Codable, Sendable, Hashable {
    /// Telegram's user id.
    let id: Int64
    var firstName: String
    var lastName: String?
    var username: String?
    /// IETF tag of the app's language, as bots see it.
    var languageCode: String?
    var isPremium = false
    /// Whether the account was deleted; nil: it was not.
    var isDeactivated: Bool?

    /// The Bot API's `User`. Of a deleted account nothing but the id is left.
    var json: JSON {
        guard isDeactivated != true else { return .fields(["id": .int(id), "is_bot": false, "first_name": ""]) }
        return .fields([
            "id": .int(id),
            "is_bot": false,
            "first_name": .string(firstName),
            "last_name": .text(lastName),
            "username": .text(username),
            "language_code": .text(languageCode),
            "is_premium": .flag(isPremium),
        ])
    }

    /// First and last name together, as apps show it.
    var fullName: String {
        [firstName, lastName ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
