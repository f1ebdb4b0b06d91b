/// A disturbance that is done to the next calls on purpose.
struct Fault: Sendable {
    enum Kind: Sendable, Hashable {
        /// The connection is closed without an answer, or after the first `sent` bytes of it; `applied` says whether
        /// the call takes effect before.
        case drop(applied: Bool, sent: Int)
        /// The answer comes later by that much. The call takes effect afterwards, or before where it is `applied`.
        case delay(Duration, applied: Bool)
        /// The call takes effect, and its answer is cut in the middle: no JSON any more.
        case truncated
        /// Another answer; the call takes no effect. Nothing for `body` means the usual envelope, with `description`
        /// where it is given.
        case status(code: Int, retryAfter: Int?, description: String?, body: String?)
        /// What a proxy in front of Telegram answers: 502 with a page of HTML.
        case html502
        /// 200 with bytes that are no JSON.
        case garbage
        /// 429 with that many seconds.
        case tooManyRequests(Int)
    }

    /// The name under which downloads of files are disturbed; it is no method's.
    static let download = "file"

    let id: Int
    /// Lower-case method name, or `Fault.download`; nothing: every method.
    let method: String?
    /// User id; nothing: every bot.
    let bot: Int64?
    let kind: Kind
    /// How many calls are still to be disturbed; nothing: all until it is cleared.
    var remaining: Int?
    /// Only every so-manieth matching call is disturbed.
    var every = 1
    /// How many matching calls there were.
    var seen = 0

    func matches(method name: String, bot caller: Int64) -> Bool {
        guard bot == nil || bot == caller else { return false }
        guard let method else { return name != Fault.download }
        return method == name.lowercased()
    }

    /// Its name in the control API.
    var name: String {
        switch kind {
        case .drop: "drop"
        case .delay: "delay"
        case .status: "status"
        case .html502: "html502"
        case .garbage: "garbage"
        case .truncated: "truncated"
        case .tooManyRequests: "too_many_requests"
        }
    }

    /// As the control API shows it.
    var json: JSON {
        .fields([
            "id": .int(id),
            "method": .string(method ?? "*"),
            "bot": bot.map { .int($0) },
            "kind": .string(name),
            "remaining": remaining.map { .int($0) },
            "every": every == 1 ? nil : .int(every),
        ])
    }
}
