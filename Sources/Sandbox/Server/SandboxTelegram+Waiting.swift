import Foundation

/// Waiting for the next change, for the page and for tests.
extension SandboxTelegram {
    /// The longest wait of a control request.
    static let longestWait: Duration = .seconds(60)

    /// Looks until there is something to see.
    ///
    /// - Parameters:
    ///   - patience: How long to look, at most a minute.
    ///   - look: Returns nothing as long as there is nothing to see.
    /// - Returns: What was seen; nothing when the time is over, the caller has gone or the sandbox ends.
    func waitFor<Value: Sendable>(
        _ patience: Duration,
        _ look: @Sendable (isolated SandboxTelegram) -> Value?
    ) async -> Value? {
        let deadline = clock.now().addingTimeInterval(min(patience, SandboxTelegram.longestWait) / .seconds(1))
        while true {
            if let value = look(self) { return value }
            let left = deadline.timeIntervalSince(clock.now())
            guard left > 0, !Task.isCancelled, !isShutDown else { return nil }
            await nextChange(within: .seconds(left))
        }
    }

    /// Wakes everybody who waits for a change.
    func wakeWatchers() {
        let waiting = watchers.values
        watchers = [:]
        for continuation in waiting { continuation.resume() }
    }

    private func nextChange(within duration: Duration) async {
        ticketCount += 1
        let ticket = ticketCount
        let timer = Task {
            guard (try? await clock.sleep(for: duration)) != nil else { return }
            wake(ticket)
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard !Task.isCancelled, !isShutDown else {
                    continuation.resume()
                    return
                }
                watchers[ticket] = continuation
            }
        } onCancel: {
            Task { await self.wake(ticket) }
        }
        timer.cancel()
    }

    private func wake(_ ticket: Int) {
        watchers.removeValue(forKey: ticket)?.resume()
    }
}
