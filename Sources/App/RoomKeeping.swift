import Bot
import Domain
import Foundation
import ServiceLifecycle

/// Keeps the rooms of this process up to date with shows and memberships.
struct RoomKeeping: Service {
    /// How long it waits where the store is away, or nothing happens.
    private static let rest: Duration = .seconds(1)

    let keeper: RoomKeeper
    let updates: RoomUpdates
    let clock: any ClubClock
    let outage: StoreOutage

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var isOpen = false
            while !Task.isCancelled {
                do throws(ChangeFailure) {
                    if !isOpen { try await keeper.openLive() }
                    isOpen = true
                    try await keeper.work()
                    outage.ended(for: "rooms")
                } catch {
                    outage.met(error, by: "rooms")
                }
                await updates.arrived.wait(atMost: Self.rest, clock: clock)
            }
        }
    }
}
