import Domain
import Foundation

/// Publishes albums as soon as nothing has come for them for a while.
///
/// What gathers stands in the store: an album of before a crash, or one that another process receives, is completed
/// as well.
struct AlbumGatherer: Sendable {
    /// How often it looks for albums at least: another process may have stored some.
    static let rest: Duration = .seconds(1)
    /// Shorter than this it never waits.
    private static let shortestRest: Duration = .milliseconds(20)

    let bot: BotName
    let library: PodcastLibrary
    let clock: any ClubClock
    /// Told when a part of an album was stored.
    let wakeup: Wakeup
    let outage: StoreOutage

    /// Works until the task is cancelled.
    func run() async {
        let part = "albums of \(bot)"
        while !Task.isCancelled {
            var pause = Self.rest
            do {
                if let next = try await library.completeAlbums() {
                    pause = min(Self.rest, max(Self.shortestRest, .seconds(next.timeIntervalSince(clock.now))))
                }
                outage.ended(for: part)
            } catch {
                outage.met(error, by: part)
            }
            await wakeup.wait(atMost: pause, clock: clock)
        }
    }
}
