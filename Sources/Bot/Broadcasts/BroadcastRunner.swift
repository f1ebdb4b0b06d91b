import Domain
import Foundation

/// Takes broadcasts further, page by page of their recipients, until each is over.
///
/// How far one is stands in the store: after a stop it goes on where it was, and another process may have begun it.
struct BroadcastRunner: Sendable {
    /// How often it looks whether there is something to do.
    static let rest: Duration = .seconds(1)

    let broadcasts: Broadcasts
    let clock: any ClubClock
    let outage: StoreOutage

    /// Works until the task is cancelled.
    func run() async {
        let part = "broadcasts"
        while !Task.isCancelled {
            var hasMore = false
            do {
                hasMore = try await broadcasts.advance()
                outage.ended(for: part)
            } catch {
                outage.met(error, by: part)
            }
            if !hasMore { try? await clock.sleep(for: Self.rest) }
        }
    }
}
