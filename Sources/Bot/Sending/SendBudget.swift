import Domain
import Foundation

/// How much may be sent at this moment without annoying Telegram. Pure: the caller says what time it is.
///
/// What nobody asked for goes at 25 a second overall, in no second more, 1 a second to a chat and 20 a minute to a
/// group or channel.
/// Answers go at once, at most 5 in a burst to a chat and then 1 a second.
/// Source: https://core.telegram.org/bots/faq, "My bot is hitting limits", with a margin.
struct SendBudget: Sendable {
    /// A store of permissions that fills up with time.
    private struct Bucket: Sendable {
        let capacity: Double
        let perSecond: Double
        var level: Double
        var filledAt: Date

        init(capacity: Double, perSecond: Double, now: Date) {
            self.capacity = capacity
            self.perSecond = perSecond
            level = capacity
            filledAt = now
        }

        mutating func fill(_ now: Date) {
            level = min(capacity, level + max(0, now.timeIntervalSince(filledAt)) * perSecond)
            filledAt = max(filledAt, now)
        }

        var isFull: Bool { level >= capacity }
        /// Seconds until one permission is there.
        var wait: Double { level >= 1 ? 0 : (1 - level) / perSecond }
    }

    /// So many messages that nobody asked for go in a second, over all chats.
    static let perSecond = 25.0

    /// In no such time more than `perSecond` go: a second, and as much longer as one message may be longer on its way
    /// than another.
    static let window: Duration = .milliseconds(1_040)

    private var overall: Bucket
    /// When the last of them went, `perSecond` of them at most.
    private var recent: [Date] = []
    private var chats: [ChatID: Bucket] = [:]
    private var answers: [ChatID: Bucket] = [:]

    /// What was sent before, for example by a program that was killed, is not known: so it begins with a used-up second.
    init(now: Date) {
        overall = Bucket(capacity: 5, perSecond: Self.perSecond, now: now)
        recent = Array(repeating: now, count: Int(Self.perSecond))
    }

    /// How many messages that nobody asked for may go now, over all chats.
    mutating func unsolicited(_ now: Date) -> Int {
        overall.fill(now)
        recent.removeAll { now.timeIntervalSince($0) >= Self.window.seconds }
        return max(0, min(Int(overall.level), Int(Self.perSecond) - recent.count))
    }

    /// Chats that may not get anything now that they did not ask for.
    mutating func resting(_ now: Date) -> Set<ChatID> {
        Self.resting(&chats, now)
    }

    /// Chats that have had so many answers that they have to wait.
    mutating func restingForAnswers(_ now: Date) -> Set<ChatID> {
        Self.resting(&answers, now)
    }

    /// How long until something that has to wait now may go: 50 ms to 1 s.
    func pause(_ now: Date) -> Duration {
        var room = 0.0
        if recent.count >= Int(Self.perSecond), let first = recent.first {
            room = Self.window.seconds - now.timeIntervalSince(first)
        }
        let waits = [overall.wait, room] + chats.values.map(\.wait) + answers.values.map(\.wait)
        let soonest = waits.filter { $0 > 0 }.min() ?? 1
        return .seconds(min(1, max(0.05, soonest)))
    }

    /// Counts one message that is sent now. What is no message in the chat (the answer to a tap, results in inline mode)
    /// is not counted.
    mutating func take(_ lane: OutboxLane, chat: ChatID, now: Date) {
        if lane == .answers {
            var bucket = answers[chat] ?? Bucket(capacity: 5, perSecond: 1, now: now)
            bucket.fill(now)
            bucket.level -= 1
            answers[chat] = bucket
        } else {
            var bucket = chats[chat] ?? Bucket(capacity: 1, perSecond: chat.isPrivate ? 1 : 20.0 / 60, now: now)
            bucket.fill(now)
            bucket.level -= 1
            chats[chat] = bucket
            overall.fill(now)
            overall.level -= 1
            recent.append(now)
        }
    }

    /// Fills the buckets of all chats. Full ones are forgotten: they say nothing that a new one would not say.
    private static func resting(_ buckets: inout [ChatID: Bucket], _ now: Date) -> Set<ChatID> {
        var resting: Set<ChatID> = []
        for (chat, var bucket) in buckets {
            bucket.fill(now)
            buckets[chat] = bucket.isFull ? nil : bucket
            if bucket.wait > 0 { resting.insert(chat) }
        }
        return resting
    }
}
