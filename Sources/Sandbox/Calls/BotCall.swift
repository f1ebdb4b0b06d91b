import Foundation

/// One call of a known method by a known bot.
struct BotCall: Sendable {
    /// The calling bot's user id.
    let bot: Int64
    let method: BotMethod
    let arguments: Arguments
    /// The moment of the call, for every rule that depends on time.
    let now: Date

    /// `now` as the Bot API writes times: whole Unix seconds.
    var date: Int { Int(now.timeIntervalSince1970) }
}

/// What the world makes of a call at once.
enum Outcome: Sendable {
    case answer(Answer)
    /// `getUpdates` found nothing: the answer is due when something comes, at the latest after `timeout`.
    case hold(HeldRequest)
}

/// A `getUpdates` that waits.
struct HeldRequest: Sendable, Hashable {
    let offset: Int
    let limit: Int
    let timeout: Duration
}
