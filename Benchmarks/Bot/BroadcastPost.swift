import Foundation
import NIOCore
import Synchronization

/// What the stand-in knows of one announcement: who refuses it, and who got it.
struct BroadcastLetter: Sendable {
    /// One of so many people has blocked the bot.
    static let blockedShare = 20
    /// Every so-manieth message is refused for a second.
    static let floodShare = 50

    var blocked: Set<Int64> = []
    /// How often each got it.
    var reached: [Int64: Int] = [:]
    /// When a message of it came, taken or not.
    var times: [ContinuousClock.Instant] = []
    var lastAt: ContinuousClock.Instant?
    /// How long members waited for the answer to a command.
    var answerTimes: [Duration] = []
    /// The same of those who asked shortly before the kill, or before the bot was there again.
    var interruptedTimes: [Duration] = []

    static func person(_ number: Int) -> Int64 { 800_000_000 + Int64(number) }

    static func people(_ count: Int) -> [Int64] { (0..<count).map(person) }

    init(people: [Int64]) {
        blocked = Set(people.enumerated().filter { $0.offset.isMultiple(of: Self.blockedShare) }.map(\.element))
        expected = people.count - blocked.count
    }

    /// How many are to be reached.
    let expected: Int
    var isComplete: Bool { reached.keys.count { $0 != Broadcasting.owner } >= expected }
    var doubled: Int { reached.values.reduce(0) { $0 + $1 - 1 } }

    /// The most messages of it in any second.
    var topRate: Int {
        var (first, most) = (0, 0)
        for (index, time) in times.enumerated() {
            while time - times[first] >= .seconds(1) { first += 1 }
            most = max(most, index - first + 1)
        }
        return most
    }
}

/// Takes the messages of one announcement as Telegram would in a bad hour.
final class BroadcastPost: Sendable {
    private struct State {
        var letter: BroadcastLetter
        var sendButton: String?
        var questions: [Int64: ContinuousClock.Instant] = [:]
        /// When the bot was killed, until it has answered somebody again.
        var killedAt: ContinuousClock.Instant?
    }

    private let state: Mutex<State>
    private let text: [UInt8]

    init(text: String, people: [Int64]) {
        self.text = Array(text.utf8)
        state = Mutex(State(letter: BroadcastLetter(people: people)))
    }

    var letter: BroadcastLetter { state.withLock(\.letter) }

    /// What the button carries that sends the announcement, once it was shown.
    var sendButton: String? { state.withLock(\.sendButton) }

    /// A member asks the bot something now.
    func asked(_ person: Int64) {
        state.withLock { $0.questions[person] = .now }
    }

    func killed() {
        state.withLock { $0.killedAt = .now }
    }

    func answer(_ method: String, _ body: ByteBufferView) -> StandInAnswer? {
        guard method == "sendMessage" else { return nil }
        let chat = body.number(after: "chat_id") ?? 0
        return state.withLock { state in
            if chat == Broadcasting.owner, state.sendButton == nil { state.sendButton = Self.button(in: body) }
            let isAnnouncement = body.firstRange(of: text) != nil && state.sendButton != nil
            guard isAnnouncement else {
                noteAnswer(to: chat, &state)
                return nil
            }
            let now = ContinuousClock.now
            state.letter.times.append(now)
            if state.letter.blocked.contains(chat) {
                return .refused(code: 403, description: "Forbidden: bot was blocked by the user", retryAfter: nil)
            }
            if state.letter.times.count.isMultiple(of: BroadcastLetter.floodShare) {
                return .refused(code: 429, description: "Too Many Requests: retry after 1", retryAfter: 1)
            }
            state.letter.reached[chat, default: 0] += 1
            state.letter.lastAt = now
            return nil
        }
    }

    private func noteAnswer(to chat: Int64, _ state: inout State) {
        guard let asked = state.questions.removeValue(forKey: chat) else { return }
        let time = ContinuousClock.now - asked
        if let killedAt = state.killedAt, asked <= killedAt + .seconds(3) {
            state.letter.interruptedTimes.append(time)
        } else {
            state.letter.answerTimes.append(time)
        }
    }

    private static func button(in body: ByteBufferView) -> String? {
        let text = String(decoding: body, as: UTF8.self)
        return text.firstMatch(of: /a:b:s:[a-z0-9]+/).map { String($0.0) }
    }
}
