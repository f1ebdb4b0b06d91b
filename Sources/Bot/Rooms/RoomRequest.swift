import Domain

/// What people write to the bot about the room of a show that is live.
enum RoomRequest: Equatable, Sendable {
    /// Raise a hand; what about, empty where it was not said.
    case hand(String)
    /// A question to those on stage; empty: it is asked for.
    case ask(String)
    /// The queue, for those who run the show.
    case queue
    /// The bot's question for a question is answered; nil where it was no text.
    case asked(LiveSessionID, String?)

    /// - Returns: nil where it is none of these commands.
    init?(command: String, argument: String) {
        switch command {
        case "hand": self = .hand(argument)
        case "ask": self = .ask(argument)
        case "queue": self = .queue
        default: return nil
        }
    }

    /// The mark by which a reply to the bot's question for a question is recognised: it stands at the end.
    static func mark(_ id: LiveSessionID) -> String { "roomask-\(id)" }

    /// The show of a question that ends with its mark.
    static func show(ofQuestion text: String) -> LiveSessionID? {
        text.firstMatch(of: /(?:^|\s)roomask-([a-z0-9]{1,40})\s*$/).map { LiveSessionID(rawValue: String($0.1)) }
    }
}

extension IntentParser {
    /// Longest question that is looked at, in characters; the room's own limit is less.
    private static let questionLimit = 4_096

    /// A reply to the bot's question for a question, in private; nil where the message is none. A command stays one,
    /// whatever it replies to.
    func roomAnswer(_ message: TelegramMessage) -> RoomRequest? {
        guard message.chat.isPrivate, let question = message.replyToMessage, question.from?.isBot == true,
            question.from?.username?.lowercased() == username.lowercased(), let words = question.text,
            let show = RoomRequest.show(ofQuestion: words), message.text?.hasPrefix("/") != true
        else { return nil }
        return .asked(show, message.text.map { String($0.prefix(Self.questionLimit)) })
    }
}
