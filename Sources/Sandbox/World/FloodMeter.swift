import Foundation

/// Counts what one bot sent lately and says when it is too fast.
///
/// Telegram does not publish its limits; these are the figures of its bot FAQ: one message a second and chat with a
/// burst of 3, 20 a minute in a group or channel, 30 a second to chats that did not just write.
struct FloodMeter: Codable, Sendable {
    /// Messages that a chat may get at once before the pace of one a second counts.
    static let burst = 3.0
    /// Messages a minute in one group or channel.
    static let perMinuteInRooms = 20
    /// Messages a second over all chats that did not just write.
    static let perSecondOverall = 30
    /// A chat that wrote this recently does not count against the overall limit.
    static let answerWindow: TimeInterval = 10

    private var credits: [Int64: Credit] = [:]
    private var roomSends: [Int64: [Date]] = [:]
    private var unaskedSends: [Date] = []

    private struct Credit: Codable, Sendable {
        var amount: Double
        var at: Date
    }

    /// Counts one message to `chat`, or refuses it. `lastWrote` is when somebody last wrote to the bot there.
    ///
    /// - Returns: Seconds to wait before the next try, or nothing when the message may go.
    mutating func admit(chat: Int64, isRoom: Bool, lastWrote: Date?, now: Date) -> Int? {
        forgetOld(now: now)
        let isAnswer = lastWrote.map { now.timeIntervalSince($0) < FloodMeter.answerWindow } ?? false
        if !isAnswer, unaskedSends.count >= FloodMeter.perSecondOverall { return 1 }
        if isRoom, let sends = roomSends[chat], sends.count >= FloodMeter.perMinuteInRooms, let oldest = sends.first {
            return max(1, Int((60 - now.timeIntervalSince(oldest)).rounded(.up)))
        }
        var credit = credits[chat] ?? Credit(amount: FloodMeter.burst, at: now)
        credit.amount = min(FloodMeter.burst, credit.amount + max(0, now.timeIntervalSince(credit.at)))
        credit.at = now
        guard credit.amount >= 1 else {
            credits[chat] = credit
            return 1
        }
        credit.amount -= 1
        credits[chat] = credit
        if isRoom { roomSends[chat, default: []].append(now) }
        if !isAnswer { unaskedSends.append(now) }
        return nil
    }

    private mutating func forgetOld(now: Date) {
        unaskedSends.removeAll { now.timeIntervalSince($0) >= 1 }
        for (chat, sends) in roomSends {
            let recent = sends.filter { now.timeIntervalSince($0) < 60 }
            roomSends[chat] = recent.isEmpty ? nil : recent
        }
        if credits.count > 10_000 {
            credits = credits.filter { now.timeIntervalSince($0.value.at) < FloodMeter.burst }
        }
    }
}
