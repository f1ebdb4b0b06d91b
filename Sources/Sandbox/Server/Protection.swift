import Foundation

/// What the server keeps count of so as not to be overrun. Source: telegram-bot-api, Client.cpp.
struct Protection: Sendable {
    /// Messages to one chat that may be on their way at once.
    static let unsentPerChat = 310
    /// Calls of one bot that may be under way at once, beside one for each update of the last minute that waits.
    static let activeCalls = 1_000
    /// How long a call that is too many waits for its refusal.
    static let pause: Duration = .seconds(3)
    /// Seconds after which the refused caller may come again.
    static let retryAfter = 60
    /// Bytes from which on uploads of the same size are spaced.
    static let spacedSize = 100_000

    /// A chat that a bot sends to.
    struct Target: Sendable, Hashable {
        let chat: String
    }

    private struct Crowd: Hashable {
        let bot: Int64
        let target: Target?
    }

    private struct Spacing: Hashable {
        let bot: Int64
        let size: Int
    }

    private var underWay: [Crowd: Int] = [:]
    private var nextUpload: [Spacing: Date] = [:]

    /// The chat to which a call sends something; nothing for calls that send nothing.
    static func target(of method: String, _ arguments: Arguments) -> Target? {
        let name = method.lowercased()
        guard ["send", "copy", "forward"].contains(where: name.hasPrefix), name != "sendchataction" else { return nil }
        return Target(chat: arguments.string("chat_id"))
    }

    /// Whether one more call of a bot is too many. `updates`: how many of the last minute wait for it.
    func isFull(_ bot: Int64, _ target: Target?, updates: () -> Int) -> Bool {
        let all = underWay[Crowd(bot: bot, target: nil)] ?? 0
        if all > Protection.activeCalls, all > Protection.activeCalls + updates() { return true }
        return target.map { underWay[Crowd(bot: bot, target: $0)] ?? 0 > Protection.unsentPerChat } ?? false
    }

    /// Counts a call that begins.
    mutating func begin(_ bot: Int64, _ target: Target?) {
        underWay[Crowd(bot: bot, target: nil), default: 0] += 1
        if let target { underWay[Crowd(bot: bot, target: target), default: 0] += 1 }
    }

    /// Counts a call that is answered.
    mutating func finish(_ bot: Int64, _ target: Target?) {
        for crowd in Set([Crowd(bot: bot, target: nil), Crowd(bot: bot, target: target)]) {
            let left = (underWay[crowd] ?? 0) - 1
            underWay[crowd] = left > 0 ? left : nil
        }
    }

    /// How long an upload has to wait for the one of the same size before it: 0.2 to 0.9 s apart, the more the larger.
    mutating func space(_ bot: Int64, size: Int, now: Date) -> Duration {
        guard size > Protection.spacedSize else { return .zero }
        nextUpload = nextUpload.filter { $0.value > now }
        let key = Spacing(bot: bot, size: size)
        let begin = nextUpload[key] ?? now
        nextUpload[key] = begin.addingTimeInterval(min(max(Double(size) * 1e-7, 0.2), 0.9))
        return .seconds(begin.timeIntervalSince(now))
    }
}

extension SandboxTelegram {
    /// Lets a call begin, after a pause where the server makes one; it is to be ended with `protection.finish`.
    ///
    /// - Returns: Why the call is refused; nothing when it goes on.
    func protect(_ bot: Int64, _ method: String, _ arguments: Arguments) async -> CallFailure? {
        let target = Protection.target(of: method, arguments)
        let since = now.addingTimeInterval(UpdateQueue.retention - 60)
        let isFull = protection.isFull(bot, target) {
            world.bots[bot]?.queue.items.reversed().prefix { $0.expires > since }.count ?? 0
        }
        if isFull, world.settings.protectsItself {
            try? await clock.sleep(for: Protection.pause)
            return .tooManyRequests(retryAfter: Protection.retryAfter)
        }
        protection.begin(bot, target)
        let size = arguments.uploads.values.map(\.size).max() ?? 0
        if world.settings.protectsItself {
            let pause = protection.space(bot, size: size, now: now)
            if pause > .zero { try? await clock.sleep(for: pause) }
        }
        return nil
    }
}
