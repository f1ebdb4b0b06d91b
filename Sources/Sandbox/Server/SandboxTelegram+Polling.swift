import Foundation

/// A `getUpdates` that waits.
struct HeldPoll: Sendable {
    let bot: Int64
    let request: HeldRequest
    let continuation: CheckedContinuation<Answer, Never>
    /// Ends the wait when its time is over.
    let timer: Task<Void, Never>
}

/// Holding `getUpdates`, and the conflicts between two of them.
extension SandboxTelegram {
    /// Two 409 answers to one bot have at least this distance.
    static let conflictPause: Duration = .seconds(3)

    /// Waits until there is something for the bot, its time is over, another poll takes the place, or the caller has
    /// gone.
    func hold(_ request: HeldRequest, bot: Int64) async -> Answer {
        ticketCount += 1
        let ticket = ticketCount
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard !Task.isCancelled, !isShutDown else {
                    continuation.resume(returning: .success(.array([])))
                    return
                }
                let timer = Task {
                    guard (try? await clock.sleep(for: request.timeout)) != nil else { return }
                    finishPoll(ticket)
                }
                polls[ticket] = HeldPoll(bot: bot, request: request, continuation: continuation, timer: timer)
                currentPoll[bot] = ticket
                wakeWatchers()
            }
        } onCancel: {
            Task { await self.endPoll(ticket, .success(.array([]))) }
        }
    }

    /// Whether a bot's program runs, as far as one can see: it waits for updates now or asked less than a minute ago.
    func isListening(_ bot: Int64) -> Bool {
        guard currentPoll[bot] == nil else { return true }
        return world.bots[bot]?.lastPoll.map { now.timeIntervalSince($0.at) < 60 } ?? false
    }

    /// Answers held polls whose bot has updates now.
    func wakePolls() {
        for (bot, ticket) in currentPoll where world.bots[bot]?.queue.count ?? 0 > 0 { finishPoll(ticket) }
    }

    /// Ends the poll that a bot holds: somebody else took its place.
    func interruptPoll(of bot: Int64, _ failure: CallFailure) {
        guard let ticket = currentPoll.removeValue(forKey: bot), let poll = polls[ticket] else { return }
        poll.timer.cancel()
        guard let pause = conflictDelay(bot) else {
            endPoll(ticket, .failure(failure))
            return
        }
        Task {
            try? await clock.sleep(for: pause)
            endPoll(ticket, .failure(failure))
        }
    }

    /// How long a 409 to a bot has to wait, if it has to.
    func conflictDelay(_ bot: Int64) -> Duration? {
        if let next = nextConflict[bot], now < next { return SandboxTelegram.conflictPause }
        nextConflict[bot] = now.addingTimeInterval(SandboxTelegram.conflictPause / .seconds(1))
        return nil
    }

    /// Ends a poll with what there is.
    private func finishPoll(_ ticket: Int) {
        guard let poll = polls[ticket] else { return }
        endPoll(ticket, world.resume(poll.request, bot: poll.bot, now: now))
    }

    /// Ends a poll; one that has ended already stays as it is.
    func endPoll(_ ticket: Int, _ answer: Answer) {
        guard let poll = polls.removeValue(forKey: ticket) else { return }
        poll.timer.cancel()
        if currentPoll[poll.bot] == ticket { currentPoll[poll.bot] = nil }
        poll.continuation.resume(returning: answer)
    }
}
