/// What the Bot API answers when a call fails: a code, a text, and at most one hint how to go on.
struct CallFailure: Error, Sendable, Hashable {
    /// The HTTP status of the answer and its `error_code`.
    let code: Int
    /// The `description`, complete with its prefix.
    let description: String
    /// `parameters.retry_after` and the header `Retry-After`, in whole seconds.
    var retryAfter: Int?
    /// `parameters.migrate_to_chat_id`.
    var migratedTo: Int64?

    /// 400: the caller's mistake. The first letter of `text` is lowered unless the second is a capital or `_`, so that
    /// codes of Telegram's own servers (`BUTTON_DATA_INVALID`) stay as they are.
    static func badRequest(_ text: String) -> CallFailure {
        CallFailure(code: 400, description: "Bad Request: " + lowered(text))
    }

    /// 403: the other side does not want this bot.
    static func forbidden(_ text: String) -> CallFailure {
        CallFailure(code: 403, description: "Forbidden: " + lowered(text))
    }

    /// 409: two ways of taking the same bot's updates at once.
    static func conflict(_ text: String) -> CallFailure {
        CallFailure(code: 409, description: "Conflict: " + lowered(text))
    }

    /// 400: a group that became a supergroup, which has another id.
    static func migrated(to supergroup: Int64) -> CallFailure {
        var failure = badRequest("group chat was upgraded to a supergroup chat")
        failure.migratedTo = supergroup
        return failure
    }

    /// 429: too fast. `seconds` is what the caller has to wait.
    static func tooManyRequests(retryAfter seconds: Int) -> CallFailure {
        CallFailure(code: 429, description: "Too Many Requests: retry after \(seconds)", retryAfter: seconds)
    }

    /// 401: a token that is well formed but belongs to nobody, or was revoked.
    static let unauthorized = CallFailure(code: 401, description: "Unauthorized")
    /// 401: a text that cannot be a token.
    static let malformedToken = CallFailure(code: 401, description: "Unauthorized: invalid token specified")
    /// 404: a token that is known, a method that is not.
    static let methodNotFound = CallFailure(code: 404, description: "Not Found: method not found")
    /// 400: a method that Telegram has and the sandbox has not. No code for which libraries try again.
    static func methodMissing(_ name: String) -> CallFailure {
        badRequest("the sandbox has not got the method \(name), which Telegram's Bot API has")
    }

    /// 404: any other path.
    static let notFound = CallFailure(code: 404, description: "Not Found")
    /// 413: more than 1 MiB of parameters or too many bytes of a file.
    static let tooLarge = CallFailure(code: 413, description: "Request Entity Too Large")

    private static func lowered(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.first else { return text }
        if let second = scalars.dropFirst().first, second == "_" || ("A"..."Z").contains(second) {
            return text
        }
        guard ("A"..."Z").contains(first) else { return text }
        return String(first).lowercased() + String(text.dropFirst())
    }
}
