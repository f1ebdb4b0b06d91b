import Domain
import Foundation

/// The pauses that concern all of a bot's messages: when it may send again, and how carefully. A value without a clock.
struct SendPause: Sendable {
    /// How many chats, asked for peace within a second, mean that the bot as a whole is too fast.
    static let floodedChats = 3

    /// Nothing is sent before.
    private(set) var end: Date
    /// Whether a message has gone out without an answer. Since each may be risked twice only, none is until Telegram
    /// has answered something else.
    private(set) var isInDoubt = false
    private var backoff = Backoff()
    private var floods: [(chat: ChatID, at: Date)] = []

    init(now: Date) {
        end = now
    }

    /// Whether nothing has got through since a failure: one message is tried at a time.
    var isCareful: Bool { backoff.hasPaused }

    /// How long nothing is sent; nil where something may be.
    func left(_ now: Date) -> Duration? {
        now < end ? .seconds(end.timeIntervalSince(now)) : nil
    }

    // MARK: What Telegram has said

    /// It has taken a message.
    mutating func taken() {
        backoff.reset()
        isInDoubt = false
    }

    /// It has answered something.
    mutating func answered() {
        isInDoubt = false
    }

    /// It wants to be left in peace.
    mutating func asked(for duration: Duration, now: Date) {
        end = max(end, now.addingTimeInterval(duration.seconds))
    }

    /// It has refused the token. The next messages are tried one at a time, too.
    mutating func tokenRefused(for duration: Duration, now: Date) {
        beCareful()
        asked(for: duration, now: now)
    }

    /// It wants one chat to be left in peace until `moment`. Where that is so for several, or nothing has got through
    /// since, it means the whole bot, and the next messages are tried one at a time.
    mutating func flooded(_ chat: ChatID, until moment: Date, now: Date) {
        floods = floods.filter { now.timeIntervalSince($0.at) < 1 } + [(chat, now)]
        guard isCareful || Set(floods.map(\.chat)).count >= Self.floodedChats else { return }
        beCareful()
        end = max(end, moment)
    }

    /// A call that began at `began` has failed. The time that it took counts as a part of the pause, and several that
    /// fail at the same moment are one failure.
    mutating func failed(since began: Date, now: Date) {
        guard now >= end else { return }
        end = max(now, began.addingTimeInterval(backoff.pause().seconds))
    }

    /// A message that went out at `began` got no answer.
    mutating func unanswered(since began: Date, now: Date) {
        isInDoubt = true
        failed(since: began, now: now)
    }

    private mutating func beCareful() {
        if !backoff.hasPaused { _ = backoff.pause() }
    }
}
