import Domain
import Foundation
import HTTPClient
import Logging

/// Fetches one bot's updates by long polling and stores them, then their offset; nothing is handled here.
///
/// It goes on for ever: whatever Telegram answers, it waits and tries again, at most twice a second. Every rule with a
/// number is a case of what a good bot does; see `docs/decisions` on polling.
struct Poller: Sendable {
    /// Telegram holds an empty answer back for so long.
    static let pollTimeout: Duration = .seconds(30)
    /// How much longer an answer may take to arrive. Then its connection is not trusted any more.
    static let pollMargin: Duration = .seconds(10)
    /// Largest batch. Source: Bot API, `getUpdates`, parameter `limit`.
    static let batchSize = 100
    /// Without an answered poll for so long, the connection is made anew.
    static let patience: Duration = .seconds(90)
    /// How long a refused token is left alone.
    static let refusedTokenPause: Duration = .seconds(60)
    /// Above so many updates that wait to be handled, fetching pauses: Telegram keeps the rest for 24 hours.
    static let backlogLimit = 10_000

    let bot: BotName
    /// Makes a client with a connection of its own.
    let connect: @Sendable () throws -> TelegramConnection
    let store: any ClubStore
    let lease: PollerLease
    let clock: any ClubClock
    let status: BotStatus
    /// Wakes those who handle updates.
    let arrived: Wakeup
    let warnings: BotWarnings
    let outage: StoreOutage
    let logger: Logger

    /// Polls until the task is cancelled, then confirms what was stored.
    func run() async {
        do {
            var connection = try connect()
            let unconfirmed = await poll(with: &connection)
            if let unconfirmed { await confirm(unconfirmed, with: connection) }
            await connection.close()
        } catch {
            logger.error("The poller has no HTTP client", metadata: ["error": "\(error)"])
        }
        await lease.release()
        status.update { $0.phase = .stopped }
    }

    /// Returns the offset of which Telegram has not been told yet, where there is one.
    private func poll(with connection: inout TelegramConnection) async -> Int64? {
        var unconfirmed: Int64?
        var backoff = Backoff()
        var conflict = Backoff(first: .seconds(3))
        var storeBackoff = Backoff(longest: Backoff.longestForStore)
        let part = "polling of \(bot)"
        var hasLease = false
        var lastAnswer = clock.now
        while !Task.isCancelled {
            var began = clock.now
            do {
                let isGranted = try await lease.acquire(isFirst: !hasLease)
                outage.ended(for: part)
                guard isGranted else {
                    hasLease = false
                    await reportSecondPoller("another process holds the lease")
                    try await clock.sleep(for: PollerLease.wait)
                    continue
                }
                hasLease = true
                guard try await store.inbox.pendingCount(bot: bot) < Self.backlogLimit else {
                    logger.warning("Too many updates wait; fetching pauses", metadata: ["bot": "\(bot)"])
                    try await clock.sleep(for: .seconds(1))
                    continue
                }
                let offset = try await store.inbox.offset(bot: bot)
                began = clock.now
                let answer = try await connection.api.updates(
                    offset: offset,
                    limit: Self.batchSize,
                    timeout: Self.pollTimeout,
                    margin: Self.pollMargin
                )
                unconfirmed = try await keep(UpdateBatch(answer: answer))
                lastAnswer = clock.now
                backoff.reset()
                conflict.reset()
                storeBackoff.reset()
            } catch is CancellationError {
                return unconfirmed
            } catch let error as TelegramError {
                guard !Task.isCancelled else { return unconfirmed }
                let pause = await handle(error, connection, &backoff, &conflict)
                let now = clock.now
                let isOverdue = now.timeIntervalSince(began) >= (Self.pollTimeout + Self.pollMargin).seconds
                if isOverdue || now.timeIntervalSince(lastAnswer) > Self.patience.seconds {
                    await renew(&connection)
                    lastAnswer = now
                }
                // A poll that hung until its deadline was pause enough.
                try? await lease.rest(for: isOverdue && !error.asksToWait ? .zero : pause)
            } catch {
                outage.met(error, by: part)
                try? await clock.sleep(for: storeBackoff.pause())
            }
        }
        return unconfirmed
    }

    /// Stores a batch. Where that fails, Telegram is asked for the same updates again.
    ///
    /// Returns the offset that follows, nil where nothing came.
    private func keep(_ batch: UpdateBatch) async throws -> Int64? {
        let now = clock.now
        status.update {
            $0.lastPoll = now
            $0.phase = .polling
        }
        if batch.unnumbered > 0 {
            logger.error("Updates without a number were dropped", metadata: ["count": "\(batch.unnumbered)"])
        }
        guard let last = batch.items.last else {
            // Without a number there is no offset that would lead past them.
            if batch.unnumbered > 0 { throw TelegramError.undecodable(method: GetUpdates.name) }
            return nil
        }
        let entries = batch.items.map { item in
            InboxEntry(
                bot: bot,
                updateID: item.updateID,
                lane: item.lane,
                payload: item.payload,
                receivedAt: now
            )
        }
        let count = try await store.inbox.receive(entries, nextOffset: last.updateID + 1, bot: bot)
        status.update { $0.received += count }
        arrived.notify()
        return last.updateID + 1
    }

    /// - Returns: How long to wait before the next poll.
    private func handle(
        _ error: TelegramError,
        _ connection: TelegramConnection,
        _ backoff: inout Backoff,
        _ conflict: inout Backoff
    ) async -> Duration {
        status.update { $0.pollFailures += 1 }
        if error.isTokenRefused {
            status.update { $0.phase = .tokenRefused }
            logger.error("The bot token is refused; check the setting", metadata: ["bot": "\(bot)"])
            return Self.refusedTokenPause
        }
        switch error {
        case .retryAfter(let duration):
            return duration
        case .refused(_, 409, let description):
            if description.contains("webhook") {
                logger.warning("A webhook is set; it is deleted", metadata: ["bot": "\(bot)"])
                _ = try? await connection.api.call(DeleteWebhook(dropPendingUpdates: false))
                return backoff.pause()
            }
            await reportSecondPoller("Telegram says so")
            return conflict.pause()
        case .refused, .migrated, .serverTrouble, .unreachable, .undecodable, .cancelled, .fileTooLarge, .fileTrouble:
            status.update { $0.phase = .unreachable }
            logger.warning("Polling failed", metadata: ["bot": "\(bot)", "error": "\(error)"])
            return backoff.pause()
        }
    }

    private func reportSecondPoller(_ reason: String) async {
        status.update { $0.phase = .secondPoller }
        logger.warning("Another program fetches updates", metadata: ["bot": "\(bot)", "reason": "\(reason)"])
        await warnings.secondPoller(bot: bot)
    }

    private func renew(_ connection: inout TelegramConnection) async {
        guard let fresh = try? connect() else { return }
        logger.warning(
            "A poll hung, or none was answered for long; the connection is made anew",
            metadata: ["bot": "\(bot)"]
        )
        let old = connection
        connection = fresh
        await old.close()
    }

    /// Tells Telegram what was stored last, so that a later start does not get it once more.
    private func confirm(_ offset: Int64, with connection: TelegramConnection) async {
        await Task {
            _ = try? await connection.api.updates(offset: offset, limit: 1, timeout: .zero, margin: .seconds(2))
        }.value
    }
}

/// A client of the Bot API with connections of its own.
struct TelegramConnection: Sendable {
    let api: TelegramAPI
    let close: @Sendable () async -> Void
}
