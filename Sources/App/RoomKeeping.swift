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
                var fault: ChangeFailure?
                if !isOpen { fault = await self.fault(of: keeper.openLive) }
                isOpen = isOpen || fault == nil
                // What has happened meanwhile is taken over, whatever keeps the rest from being opened.
                fault = await self.fault(of: keeper.work) ?? fault
                if let fault { outage.met(fault, by: "rooms") } else { outage.ended(for: "rooms") }
                await updates.arrived.wait(atMost: Self.rest, clock: clock)
            }
        }
    }

    private func fault(of work: () async throws(ChangeFailure) -> Void) async -> ChangeFailure? {
        do throws(ChangeFailure) {
            try await work()
            return nil
        } catch {
            return error
        }
    }
}
