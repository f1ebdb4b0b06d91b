import Domain
import Foundation

/// What an error means to a message that was to be sent. Pure.
enum SendVerdict: Equatable, Sendable {
    /// It has done its work: nothing is left to do.
    case done
    /// This other call says the same; try it at once.
    case instead(OutgoingCall)
    /// The chat has become another one: rewrite all that waits for it, and try once more.
    case moved(ChatID)
    /// Surely not delivered: Telegram cannot be reached. The whole bot pauses, by its growing back-off.
    case pauseAll
    /// Most likely not delivered: Telegram has trouble with this call or with all of them.
    case trouble
    /// The token is refused; the whole bot pauses this long.
    case tokenRefused(Duration)
    /// Surely not delivered; this chat pauses, as Telegram asks.
    case pauseChat(Duration)
    /// Perhaps delivered.
    case unknown
    case failed(String)
    /// The bot may not give tags in the group; why.
    case tagsNotAllowed(String)
    case unreachable(String)

    /// How long a bot whose token is refused sends nothing.
    static let refusedTokenPause: Duration = .seconds(60)

    init(_ error: TelegramError, of call: OutgoingCall) {
        if error.isTokenRefused {
            self = .tokenRefused(Self.refusedTokenPause)
            return
        }
        switch error {
        case .retryAfter(let duration): self = .pauseChat(duration)
        case .migrated(let chat): self = .moved(ChatID(rawValue: chat))
        case .serverTrouble: self = .trouble
        case .unreachable(_, let mayHaveArrived, _), .cancelled(_, let mayHaveArrived):
            self = mayHaveArrived && !call.isRepeatable ? .unknown : .pauseAll
        case .undecodable: self = call.isRepeatable ? .trouble : .unknown
        case .fileTooLarge: self = .failed("the file is too large")
        case .fileTrouble(let reason): self = .failed(reason)
        case .refused(_, let code, let description):
            self = Self.refused(code, description, call)
        }
    }

    /// Whether a refused copy is the recipient's matter; else it is the place from which it was to be taken.
    private static func isAbout(_ text: String) -> Bool {
        ["blocked by the user", "user is deactivated", "can't initiate conversation"].contains(where: text.contains)
    }

    private static func refused(_ code: Int, _ description: String, _ call: OutgoingCall) -> SendVerdict {
        let text = description.lowercased()
        // Who has been let in or turned away by others needs no answer any more, and no chat is lost by it.
        if call.isJoinRequestAnswer {
            let isAnswered = ["user_already_participant", "hide_requester_missing"].contains(where: text.contains)
            return isAnswered ? .done : .failed(description)
        }
        if call.isCopy, !isAbout(text) { return .failed(description) }
        // Nobody gets a message, so no chat is lost by it either.
        if call.isTag { return isAboutTagging(text) ? .tagsNotAllowed(description) : .failed(description) }
        if code == 403 { return .unreachable(description) }
        if ["chat not found", "peer_id_invalid", "user not found"].contains(where: text.contains) {
            return .unreachable(description)
        }
        if text.contains("message is not modified") || text.contains("query is too old") { return .done }
        if text.contains("message to edit not found") || text.contains("message can't be edited") {
            return call.asNewMessage.map { .instead($0) } ?? .failed(description)
        }
        if text.contains("can't parse entities") {
            return call.withoutMarkup.map { .instead($0) } ?? .failed(description)
        }
        if let plain = call.asText { return .instead(plain) }
        return .failed(description)
    }

    /// Whether the bot may give no tags at all, not only none to this member.
    private static func isAboutTagging(_ text: String) -> Bool {
        [
            "not enough rights", "chat_admin_required", "need administrator rights", "not a member", "was kicked",
            "method not found", "available only for",
        ].contains(where: text.contains)
    }
}
