import Domain
import Foundation

@testable import Bot

/// Somebody who writes to a bot, as Telegram introduces them.
struct Visitor: Sendable {
    var id: Int64
    var name = "Anna"
    var username: String?
    var language: Language = .ru

    var person: Person {
        Person(telegramID: TelegramUserID(rawValue: id), name: name, username: username, language: language)
    }

    var chat: ChatID { ChatID(rawValue: id) }

    /// The `User` object of an update.
    var user: [String: Any] {
        var user: [String: Any] = [
            "id": id, "is_bot": false, "first_name": name, "language_code": language.rawValue,
        ]
        user["username"] = username
        return user
    }

    static let owner = Visitor(id: 1, name: "Olga", username: "olga")
    static let member = Visitor(id: 20, name: "Mark")
    static let englishMember = Visitor(id: 21, name: "Mary", language: .en)
    static let stranger = Visitor(id: 30, name: "Stas", username: "stas")
}
