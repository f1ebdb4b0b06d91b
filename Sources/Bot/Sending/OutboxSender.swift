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

    private let bot: BotName
    private let api: TelegramAPI
    private let outbox: any OutboxStore
    private let composer: NoticeComposer
    private let directory: MemberDirectory
    private let clock: any ClubClock
    private let wakeup: Wakeup
    private let outage: StoreOutage
    private let logger: Logger
    private let limit: Int

    private var budget: SendBudget
    private var backoff = Backoff()
    private var pausedUntil: Date
    /// Whether a message has gone out without an answer. Since each may be risked twice only, none is until Telegram
    /// has answered something else.
    private var isInDoubt = false
    private var floods: [(chat: ChatID, at: Date)] = []
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
        pausedUntil = clock.now
    }

    /// Sends until the task is cancelled. What is on its way then is left to finish.
    func run() async {
        await recover()
        while !Task.isCancelled {
            // Only a look into the outbox that began after the stop, with nothing on its way that keeps back others,
            // may say that there is nothing left.
            let isLast = isDraining && sends.isEmpty
            let pause = await settle() ? await sendWhatMayGo() : settling.pause()
            if isLast, pause != nil, sends.isEmpty, outcomes.isEmpty {
                hasDrained = true
                return
            }
            if let pause { await wakeup.wait(atMost: pause, clock: clock) }
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
        guard now >= pausedUntil else { return min(.seconds(1), .seconds(pausedUntil.timeIntervalSince(now))) }
        if isInDoubt, await !isAnswering() { return nil }
        // Since a failure nothing has got through: one message is tried at a time.
        let free = (backoff.hasPaused ? 1 : limit) - sends.count - outcomes.count
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
            budget.take(row.draft.lane, chat: row.draft.chat, now: now)
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

    /// Keeps which message an episode's card is. Without it the next one is sent as a message of its own.
    private func remember(_ draft: OutboxDraft, as message: Int64?) async {
        guard let message, case .notice(let notice) = draft.body else { return }
        await note("The place of a card") { try await composer.sent(notice, in: draft.chat, as: message) }
    }

    /// Stores what sending has shown; where that fails, the log says so.
    private func note(_ what: String, _ store: () async throws -> Void) async {
        do {
            try await store()
        } catch {
            logger.error("What sending has shown cannot be stored", metadata: ["what": "\(what)", "error": "\(error)"])
        }
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

    private func outcome(of row: OutboxRow) async -> OutboxOutcome {
        let call: OutgoingCall
        do {
            switch try await composer.delivery(of: row.draft, now: clock.now) {
            case .call(let composed): call = composed
            case .later(let moment): return .retry(notBefore: moment)
            case .nothing: return .failed(reason: "it is about nothing, or not wanted")
            }
        } catch ChangeFailure.store(.unavailable) {
            return .retry(notBefore: clock.after(.seconds(1)))
        } catch {
            logger.error("A message cannot be laid out", metadata: ["row": "\(row.sequence)", "error": "\(error)"])
            return .failed(reason: "it cannot be laid out")
        }
        return await attempt(call, row, mayChange: true)
    }

    /// `mayChange`: whether another call may be tried in place of this one, once.
    private func attempt(_ call: OutgoingCall, _ row: OutboxRow, mayChange: Bool) async -> OutboxOutcome {
        let began = clock.now
        do {
            let message = try await api.perform(call)
            backoff.reset()
            isInDoubt = false
            await remember(row.draft, as: message)
            return .sent(message: message)
        } catch {
            return await outcome(of: error, since: began, call, row, mayChange: mayChange)
        }
    }

    /// Asks Telegram something that costs nothing.
    private func isAnswering() async -> Bool {
        let began = clock.now
        do {
            _ = try await api.call(GetMe(), deadline: Self.probeDeadline)
            isInDoubt = false
        } catch .retryAfter(let duration) {
            pausedUntil = max(pausedUntil, clock.after(duration))
        } catch let error where error.isTokenRefused {
            pausedUntil = max(pausedUntil, clock.after(SendVerdict.refusedTokenPause))
        } catch {
            pauseAll(since: began)
        }
        return !isInDoubt
    }

    private func outcome(
        of error: TelegramError,
        since began: Date,
        _ call: OutgoingCall,
        _ row: OutboxRow,
        mayChange: Bool
    ) async -> OutboxOutcome {
        logger.notice("A message was not sent", metadata: ["bot": "\(bot)", "error": "\(error)"])
        let chat = row.draft.chat
        switch SendVerdict(error, of: call) {
        case .done:
            return .sent(message: nil)
        case .instead(let other):
            return mayChange ? await attempt(other, row, mayChange: false) : .failed(reason: "\(error)")
        case .moved(let other):
            try? await outbox.move(bot: bot, from: chat, to: other)
            await note("That the admins' chat has moved") { try await composer.moved(from: chat, to: other) }
            guard mayChange else { return .failed(reason: "\(error)") }
            var row = row
            row.draft.chat = other
            return await attempt(call.moved(to: other), row, mayChange: false)
        case .pauseAll:
            return pauseByBackoff(since: began)
        case .trouble:
            return await trouble(error, row, since: began)
        case .tokenRefused(let duration):
            // The next ones are tried one at a time, too.
            if !backoff.hasPaused { _ = backoff.pause() }
            pausedUntil = max(pausedUntil, clock.after(duration))
            return .retry(notBefore: pausedUntil)
        case .pauseChat(let duration):
            return await hold(chat, duration)
        case .unknown:
            isInDoubt = true
            pauseAll(since: began)
            return .unknown(notBefore: max(pausedUntil, clock.after(.seconds(1))))
        case .failed(let reason):
            guard mayChange, let caption = call.recordingCaption, let other = await refusal(of: caption, chat) else {
                return .failed(reason: reason)
            }
            return await attempt(other, row, mayChange: false)
        case .unreachable(let reason):
            await markUnreachable(chat)
            return .unreachable(reason: reason)
        }
    }

    /// Pauses the whole bot. Several messages that fail at the same moment are one failure.
    private func pauseByBackoff(since began: Date) -> OutboxOutcome {
        pauseAll(since: began)
        return .retry(notBefore: pausedUntil.addingTimeInterval(Self.turnPause.seconds))
    }

    /// The time that the failed call took counts as a part of the pause.
    private func pauseAll(since began: Date) {
        let now = clock.now
        guard now >= pausedUntil else { return }
        pausedUntil = max(now, began.addingTimeInterval(backoff.pause().seconds))
    }

    /// One message with which Telegram always has trouble must not keep back all others for ever.
    private func trouble(_ error: TelegramError, _ row: OutboxRow, since began: Date) async -> OutboxOutcome {
        guard row.attempts >= Self.troubleLimit else { return pauseByBackoff(since: began) }
        if clock.now.timeIntervalSince(row.createdAt) > Self.longestTrouble.seconds {
            logger.error("A message is given up", metadata: ["row": "\(row.sequence)", "error": "\(error)"])
            return .failed(reason: "\(error)")
        }
        // Where nothing else gets through either, it is not this message.
        if backoff.hasPaused { pauseAll(since: began) }
        return .retry(notBefore: clock.after(Self.troublePause))
    }

    /// What a person is told who gets no recording, for example because they refuse voice messages.
    private func refusal(of caption: String, _ chat: ChatID) async -> OutgoingCall? {
        let screen = try? await composer.recordingRefused(HTML.plain(caption), in: chat)
        return screen.map { Reply.show($0).call(in: chat) }
    }

    /// Leaves a chat in peace for as long as Telegram asks, and up to a second more. Three chats that were asked for
    /// within a second mean that the bot as a whole is too fast.
    private func hold(_ chat: ChatID, _ duration: Duration) async -> OutboxOutcome {
        let now = clock.now
        let until = clock.after(duration + .milliseconds(Int64.random(in: 0...1000)))
        floods = floods.filter { now.timeIntervalSince($0.at) < 1 } + [(chat, now)]
        if Set(floods.map(\.chat)).count >= 3 { pausedUntil = max(pausedUntil, until) }
        do {
            try await outbox.hold(bot: bot, chat: chat, until: until)
        } catch {
            logger.error("A pause cannot be stored", metadata: ["error": "\(error)"])
        }
        return .retry(notBefore: until)
    }

    private func markUnreachable(_ chat: ChatID) async {
        guard chat.isPrivate else {
            let now = clock.now
            return await note("That the admins' chat is lost") { try await composer.lost(chat, now: now) }
        }
        let id = TelegramUserID(rawValue: chat.rawValue)
        let cause = Cause(rawValue: "unreachable:\(chat):\(Timestamp.milliseconds(clock.now))")
        do {
            try await directory.mark(id, isReachable: false, cause: cause)
        } catch {
            logger.error("That a member is unreachable cannot be stored", metadata: ["error": "\(error)"])
        }
    }
}
