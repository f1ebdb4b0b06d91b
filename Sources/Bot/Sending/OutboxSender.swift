import Domain
import Foundation
import Logging

/// Sends what waits in the outbox for one bot: nothing is lost, and nothing is sent twice but for what a crash left in
/// doubt.
///
/// At most `limit` messages are on their way at once, one for each chat. Before a message goes out it is marked in the
/// store; after a crash only the marked ones are in doubt, and each of them is tried once more.
actor OutboxSender {
    /// So many messages may be on their way at once.
    static let inFlightLimit = 64
    /// From so many attempts on, a message with which Telegram has trouble keeps back only its own chat.
    static let troubleLimit = 5
    /// How much longer than the bot a message rests with which Telegram had trouble, so that another one is tried first.
    static let turnPause: Duration = .milliseconds(500)
    /// How long such a chat rests.
    static let troublePause: Duration = .seconds(60)
    /// How long Telegram may take to answer the question whether it answers at all.
    static let probeDeadline: Duration = .seconds(10)
    /// A message with which Telegram has had trouble for so long is given up.
    static let longestTrouble: Duration = .seconds(24 * 3600)

    let bot: BotName
    let api: TelegramAPI
    let outbox: any OutboxStore
    let composer: NoticeComposer
    let directory: MemberDirectory
    let clock: any ClubClock
    private let wakeup: Wakeup
    private let outage: StoreOutage
    let logger: Logger
    private let limit: Int

    private var budget: SendBudget
    var pause: SendPause
    private var sends: [Int64: Task<Void, Never>] = [:]
    /// What has become of messages, until it is stored.
    private var outcomes: [(sequence: Int64, outcome: OutboxOutcome)] = []
    private var settling = Backoff(longest: Backoff.longestForStore)
    private var isDraining = false
    private var hasDrained = false

    init(
        bot: BotName,
        api: TelegramAPI,
        outbox: any OutboxStore,
        composer: NoticeComposer,
        directory: MemberDirectory,
        clock: any ClubClock,
        wakeup: Wakeup,
        outage: StoreOutage,
        logger: Logger,
        limit: Int = OutboxSender.inFlightLimit
    ) {
        self.bot = bot
        self.api = api
        self.outbox = outbox
        self.composer = composer
        self.directory = directory
        self.clock = clock
        self.wakeup = wakeup
        self.outage = outage
        self.logger = logger
        self.limit = limit
        budget = SendBudget(now: clock.now)
        pause = SendPause(now: clock.now)
    }

    /// Sends until the task is cancelled. What is on its way then is left to finish.
    func run() async {
        await recover()
        while !Task.isCancelled {
            // Only a look into the outbox that began after the stop, with nothing on its way that keeps back others,
            // may say that there is nothing left.
            let isLast = isDraining && sends.isEmpty
            let rest = await settle() ? await sendWhatMayGo() : settling.pause()
            if isLast, rest != nil, sends.isEmpty, outcomes.isEmpty {
                hasDrained = true
                return
            }
            if let rest { await wakeup.wait(atMost: rest, clock: clock) }
        }
        _ = await settle()
    }

    /// Sends what may go at once, and returns when that is done; after `duration` what is on its way is broken off.
    func drain(within duration: Duration) async {
        isDraining = true
        wakeup.notify()
        let deadline = clock.after(duration)
        while clock.now < deadline, !hasDrained {
            do {
                try await clock.sleep(for: .milliseconds(20))
            } catch {
                break
            }
        }
        let left = Array(sends.values)
        for send in left { send.cancel() }
        for send in left { await send.value }
    }

    // MARK: Choosing

    private func recover() async {
        while !Task.isCancelled {
            do {
                let count = try await outbox.recover(bot: bot, now: clock.now)
                if count > 0 {
                    logger.warning("Messages were on their way at the last stop", metadata: ["count": "\(count)"])
                }
                outage.ended(for: "outbox of \(bot)")
                return
            } catch {
                outage.met(error, by: "outbox of \(bot)")
                try? await clock.sleep(for: .seconds(1))
            }
        }
    }

    /// Claims what may go and begins to send it.
    /// - Returns: How long to wait for more; nil where there may be more at once.
    private func sendWhatMayGo() async -> Duration? {
        let now = clock.now
        if let left = pause.left(now) { return min(.seconds(1), left) }
        if pause.isInDoubt, await !isAnswering() { return nil }
        let free = (pause.isCareful ? 1 : limit) - sends.count - outcomes.count
        guard free > 0 else { return .seconds(1) }
        do {
            var claimed = try await claim([.answers], excluding: budget.restingForAnswers(now), limit: free)
            let unsolicited = min(free - claimed, budget.unsolicited(now))
            if unsolicited > 0 {
                claimed += try await claim([.alerts, .digests], excluding: budget.resting(now), limit: unsolicited)
            }
            outage.ended(for: "outbox of \(bot)")
            // Where fewer were there than could go, the next ones come with a wake-up.
            return claimed == free ? nil : budget.pause(now)
        } catch {
            outage.met(error, by: "outbox of \(bot)")
            return .seconds(1)
        }
    }

    /// - Returns: How many rows were claimed.
    private func claim(_ lanes: Set<OutboxLane>, excluding chats: Set<ChatID>, limit: Int) async throws -> Int {
        let now = clock.now
        let rows = try await outbox.claim(bot: bot, lanes: lanes, excluding: chats, limit: limit, now: now)
        for row in rows {
            if !OutgoingCall.isNoMessage(row.draft.body) {
                budget.take(row.draft.lane, chat: row.draft.chat, now: now)
            }
            sends[row.sequence] = Task { await self.send(row) }
        }
        return rows.count
    }

    // MARK: One message

    private func send(_ row: OutboxRow) async {
        let outcome = await outcome(of: row)
        outcomes.append((row.sequence, outcome))
        sends[row.sequence] = nil
        wakeup.notify()
    }

    /// Stores what has become of messages since the last time, of all in one go.
    /// - Returns: Whether it is stored. Else it is kept for the next time; at a crash those messages are tried once
    ///     more.
    private func settle() async -> Bool {
        guard !outcomes.isEmpty else { return true }
        let part = "sent messages of \(bot)"
        let taken = outcomes
        outcomes = []
        do {
            try await outbox.settle(taken, now: clock.now)
            outage.ended(for: part)
            settling.reset()
            return true
        } catch {
            outage.met(error, by: part)
            outcomes = taken + outcomes
            return false
        }
    }

    /// Asks Telegram something that costs nothing.
    private func isAnswering() async -> Bool {
        let began = clock.now
        do {
            _ = try await api.call(GetMe(), deadline: Self.probeDeadline)
            pause.answered()
        } catch .retryAfter(let duration) {
            pause.asked(for: duration, now: clock.now)
        } catch let error where error.isTokenRefused {
            pause.asked(for: SendVerdict.refusedTokenPause, now: clock.now)
        } catch {
            pause.failed(since: began, now: clock.now)
        }
        return !pause.isInDoubt
    }
}
