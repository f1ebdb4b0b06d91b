import Domain
import Foundation

/// What can go wrong in a call of the Bot API. Never holds the token, an address or a message's text.
public enum TelegramError: Error, Equatable, Sendable {
    /// Telegram said no, and will say it again: the request, the chat or the token is not acceptable.
    case refused(method: String, code: Int, description: String)
    /// Telegram asks to wait this long before the next call for this chat.
    case retryAfter(Duration)
    /// The group has become a supergroup with this id; every later call has to use it.
    case migrated(to: Int64)
    /// Telegram has a trouble of its own (5xx). The call was most likely not carried out; try again later.
    case serverTrouble(method: String, code: Int)
    /// No answer came. Where `mayHaveArrived` is set, the call may have been carried out all the same.
    case unreachable(method: String, mayHaveArrived: Bool, reason: String)
    /// An answer came that is no answer of the Bot API. The call may have been carried out.
    case undecodable(method: String)
    /// The task that waited was cancelled.
    case cancelled(method: String, mayHaveArrived: Bool)
    /// A file that is to be downloaded is larger than allowed.
    case fileTooLarge
    /// A file that is to be downloaded has an impossible path, or cannot be written.
    case fileTrouble(reason: String)

    /// What a download of a file is called among the methods.
    static let download = "download"

    /// Whether Telegram does not accept the bot's token (any more).
    /// Source: tdlib/telegram-bot-api, ClientManager.cpp: 401 for unknown tokens; the cloud answers 404 for malformed.
    public var isTokenRefused: Bool {
        guard case .refused(let method, let code, let description) = self, method != Self.download else { return false }
        return code == 401 || (code == 404 && description == "Not Found")
    }

    /// Whether Telegram has said that it wants to be left alone for a while, or until somebody has put something right.
    var asksToWait: Bool {
        if case .retryAfter = self { return true }
        return isTokenRefused
    }
}

extension TelegramError: CustomStringConvertible {
    /// One line for the log.
    public var description: String {
        switch self {
        case .refused(let method, let code, let description): "\(method) was refused: \(code) \(description)"
        case .retryAfter(let duration): "asked to wait \(duration.wholeSeconds) s"
        case .migrated(let chat): "the group has become \(chat)"
        case .serverTrouble(let method, let code): "\(method): Telegram has a trouble of its own (\(code))"
        case .unreachable(let method, let mayHaveArrived, let reason):
            "\(method): no answer (\(reason))\(mayHaveArrived ? "; it may have been carried out" : "")"
        case .undecodable(let method): "\(method): the answer cannot be read"
        case .cancelled(let method, _): "\(method): cancelled"
        case .fileTooLarge: "the file is too large"
        case .fileTrouble(let reason): "file: \(reason)"
        }
    }
}
