/// Why somebody cannot do what the page or a test asks for. The text is shown as it is.
struct ActRefused: Error, Sendable, Hashable {
    enum Reason: String, Sendable, Hashable {
        /// No such person, bot, chat, message or button.
        case missing = "not_found"
        /// Telegram's apps would not offer this to that person.
        case forbidden
        /// The request itself makes no sense.
        case invalid = "invalid_request"
    }

    let reason: Reason
    let text: String

    static func missing(_ text: String) -> ActRefused { ActRefused(reason: .missing, text: text) }
    static func forbidden(_ text: String) -> ActRefused { ActRefused(reason: .forbidden, text: text) }
    static func invalid(_ text: String) -> ActRefused { ActRefused(reason: .invalid, text: text) }
}
