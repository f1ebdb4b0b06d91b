import Domain
import Foundation
import Logging

/// Handles stored updates: those of one chat in their order, those of different chats at the same time.
///
/// Bounds: `concurrency` chats at once, `laneLimit` updates of one chat and `windowLimit` in all in memory. What does
/// not fit stays in the store and is loaded when there is room; a chat that sends too much delays only itself.
actor ChatLanes {
    /// What handling one update came to.
    typealias Handler = @Sendable (InboxEntry) async throws -> [OutboxDraft]
    /// What the person is told whose update was given up.
    typealias Apology = @Sendable (InboxEntry) -> [OutboxDraft]

    /// How soon an update is found that another process has handed back for being handled.
    static let lookAgain: Duration = .seconds(5)

    struct Limits: Sendable {
        var concurrency = 64
        var laneLimit = 64
        var windowLimit = 1_024
        /// Failures after which an update is set aside.
        var attempts = 3
        /// Longest time for one attempt.
        var timeout: Duration = .seconds(30)
    }

    private struct Lane {
        var queue: [InboxItem] = []
        /// Greatest sequence that was ever queued or handled here: nothing is queued twice.
        var lastQueued: Int64 = 0
        /// Greatest sequence that was seen when the lane was full; what lies between is still in the store.
        var skippedThrough: Int64 = 0
        /// Whether somebody works on it, or it is in line for that.
        var isBusy = false

        var hasMoreInStore: Bool { skippedThrough > lastQueued }
        var hasWork: Bool { !queue.isEmpty || hasMoreInStore }
    }

    private let bot: BotName
    private let inbox: any InboxStore
    private let clock: any ClubClock
    private let arrived: Wakeup
    private let warnings: BotWarnings
    private let outage: StoreOutage
    private let logger: Logger
    private let limits: Limits
    private let handle: Handler
    private let apology: Apology
    private let limit: AttemptLimit

    private var lanes: [String: Lane] = [:]
    /// Lanes that have something to do and nobody who does it, in the order in which they came to it.
    private var line: [String] = []
    /// Idle lanes that were read from the store further than `loadedThrough`.
    private var ahead: Set<String> = []
    private var loadedThrough: Int64 = 0
    private var queued = 0
    /// Whether there was no room for what waits in the store.
    private var isFull = false
    private var running = 0
    private var isStopping = false

    init(
        bot: BotName,
        inbox: any InboxStore,
        clock: any ClubClock,
        arrived: Wakeup,
        warnings: BotWarnings,
        outage: StoreOutage,
        logger: Logger,
        limits: Limits = Limits(),
        handle: @escaping Handler,
        apology: @escaping Apology
    ) {
        self.bot = bot
        self.inbox = inbox
        self.clock = clock
        self.arrived = arrived
        self.warnings = warnings
        self.outage = outage
        self.logger = logger
        self.limits = limits
        self.handle = handle
        self.apology = apology
        limit = AttemptLimit(limits.timeout, clock: clock)
    }

    /// Works until `stop` is called, and returns when the updates that are being handled then are done.
    ///
    /// Where the task is cancelled it returns sooner; what was being handled is handled again at the next start.
    func run() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled, !isStopping {
                let hasLoaded = await load()
                for _ in 0..<max(0, min(limits.concurrency - running, line.count)) {
                    running += 1
                    group.addTask { await self.work() }
                }
                if !hasLoaded { await arrived.wait(atMost: Self.lookAgain, clock: clock) }
            }
        }
    }

    /// Begins no further update.
    func stop() {
        isStopping = true
        arrived.notify()
    }

    // MARK: Loading

    /// - Returns: Whether there may be more to load at once.
    private func load() async -> Bool {
        guard queued < limits.windowLimit else {
            isFull = true
            return false
        }
        do {
            let items = try await inbox.pending(bot: bot, after: loadedThrough, limit: 256)
            outage.ended(for: "inbox of \(bot)")
            for item in items {
                loadedThrough = max(loadedThrough, item.sequence)
                enqueue(item)
            }
            for name in ahead {
                ahead.remove(name)
                lineUp(name)
            }
            return items.count == 256
        } catch {
            outage.met(error, by: "inbox of \(bot)")
            try? await clock.sleep(for: .seconds(1))
            return true
        }
    }

    private func enqueue(_ item: InboxItem) {
        var lane = lanes[item.entry.lane] ?? Lane()
        if item.sequence > lane.lastQueued {
            if lane.queue.count < limits.laneLimit, !lane.hasMoreInStore {
                lane.queue.append(item)
                lane.lastQueued = item.sequence
                queued += 1
            } else {
                lane.skippedThrough = max(lane.skippedThrough, item.sequence)
            }
        }
        lanes[item.entry.lane] = lane
        lineUp(item.entry.lane)
    }

    /// Puts a lane in line where it has something to do; forgets it where it has not, and is not needed to know what
    /// was queued before.
    private func lineUp(_ name: String) {
        guard let lane = lanes[name], !lane.isBusy else { return }
        if lane.hasWork {
            lanes[name]?.isBusy = true
            line.append(name)
        } else if lane.lastQueued > loadedThrough {
            ahead.insert(name)
        } else {
            lanes[name] = nil
        }
    }

    // MARK: One lane

    /// Works on one lane after the other until none is in line.
    private func work() async {
        while goesOn, let name = line.first {
            line.removeFirst()
            while goesOn, let item = await next(in: name) { await settle(item.entry) }
            lanes[name]?.isBusy = false
            lineUp(name)
        }
        running -= 1
    }

    private var goesOn: Bool { !Task.isCancelled && !isStopping }

    private func next(in name: String) async -> InboxItem? {
        if lanes[name]?.queue.isEmpty == true, let lane = lanes[name], lane.hasMoreInStore { await refill(name, lane) }
        guard lanes[name]?.queue.isEmpty == false else { return nil }
        queued -= 1
        if isFull, queued <= limits.windowLimit / 2 {
            isFull = false
            arrived.notify()
        }
        return lanes[name]?.queue.removeFirst()
    }

    private func refill(_ name: String, _ before: Lane) async {
        do {
            let items = try await inbox.pending(
                bot: bot,
                lane: name,
                after: before.lastQueued,
                limit: limits.laneLimit
            )
            var lane = lanes[name] ?? before
            for item in items where item.sequence > lane.lastQueued {
                lane.queue.append(item)
                lane.lastQueued = item.sequence
                queued += 1
            }
            // Where fewer came than were asked for, nothing up to what was skipped before is left in the store.
            if items.count < limits.laneLimit { lane.lastQueued = max(lane.lastQueued, before.skippedThrough) }
            lanes[name] = lane
        } catch {
            // The lane looks again at its next turn; an outage that stays is met by `load` as well.
            logger.debug("A lane cannot be read", metadata: ["bot": "\(bot)", "error": "\(error)"])
            try? await clock.sleep(for: .seconds(1))
        }
    }

    // MARK: One update

    private func settle(_ entry: InboxEntry) async {
        var backoff = Backoff(longest: Backoff.longestForStore)
        let part = "updates of \(bot)"
        while !Task.isCancelled, !(isStopping && backoff.hasPaused) {
            do {
                let drafts = try await limit.run { [handle] in try await handle(entry) }
                try await inbox.finish(bot: bot, updateID: entry.updateID, outbox: drafts, now: clock.now)
                outage.ended(for: part)
                return
            } catch is CancellationError {
                return
            } catch {
                guard !Task.isCancelled, !Self.isMissing(error) else { return }
                if let store = Self.storeTrouble(error) {
                    outage.met(store, by: part)
                } else if await giveUp(entry, after: error) {
                    outage.ended(for: part)
                    return
                }
                try? await clock.sleep(for: backoff.pause())
            }
        }
    }

    /// - Returns: Whether the update is dealt with: it was set aside.
    private func giveUp(_ entry: InboxEntry, after error: any Error) async -> Bool {
        logger.error(
            "An update could not be handled",
            metadata: ["bot": "\(bot)", "update": "\(entry.updateID)", "error": "\(error)"]
        )
        do {
            let failures = try await inbox.recordFailure(bot: bot, updateID: entry.updateID)
            guard failures >= limits.attempts else { return false }
            try await inbox.setAside(
                bot: bot,
                updateID: entry.updateID,
                error: String(describing: error),
                outbox: await warnings.setAside(entry) + apology(entry),
                now: clock.now
            )
            return true
        } catch {
            return Self.isMissing(error)
        }
    }

    /// The store does not know the update any more: there is nothing left to do.
    private static func isMissing(_ error: any Error) -> Bool {
        if case StoreError.missing = error { return true }
        return false
    }

    /// A store that cannot be reached is not the update's fault: it does not count as a failure of it.
    private static func storeTrouble(_ error: any Error) -> StoreError? {
        let store: StoreError? =
            switch error {
            case let error as StoreError: error
            case ChangeFailure.store(let error): error
            default: nil
            }
        if case .unavailable = store { return store }
        return nil
    }
}
