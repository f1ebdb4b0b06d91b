import Domain

/// Runs `body` and gives its value, or nil where it takes longer than `limit`. What cannot be cancelled goes on then,
/// and nobody waits for it.
func within<Value: Sendable>(
    _ limit: Duration,
    _ clock: any ClubClock,
    _ body: @escaping @Sendable () async -> Value
) async -> Value? {
    let (outcomes, outcome) = AsyncStream<Value?>.makeStream(bufferingPolicy: .bufferingOldest(1))
    let work = Task { outcome.yield(await body()) }
    let timer = Task {
        try await clock.sleep(for: limit)
        outcome.yield(nil)
    }
    defer {
        work.cancel()
        timer.cancel()
    }
    for await first in outcomes { return first }
    return nil
}
