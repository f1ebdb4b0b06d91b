import Bot
import Domain
import ServiceLifecycle

/// Keeps the club's figures: of shows that run or have just ended, and of messages before they are forgotten. Every
/// process may do it; nothing is counted twice.
struct FigureKeeping: Service {
    static let period: Duration = .seconds(60)

    let shows: ShowFigureBook
    let deliveries: DeliveryBook
    let clock: any ClubClock
    let outage: StoreOutage

    init(store: any ClubStore, clock: any ClubClock, outage: StoreOutage) {
        shows = ShowFigureBook(store: store, clock: clock)
        deliveries = DeliveryBook(store: store, clock: clock)
        self.clock = clock
        self.outage = outage
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await keep()
                try? await clock.sleep(for: Self.period)
            }
        }
    }

    private func keep() async {
        await keep("figures of shows") { () async throws(ChangeFailure) in try await shows.keep() }
        await keep("figures of messages") { () async throws(ChangeFailure) in try await deliveries.keep() }
    }

    /// - `name`: What the log calls it.
    private func keep(_ name: String, _ work: () async throws(ChangeFailure) -> Void) async {
        do {
            try await work()
            outage.ended(for: name)
        } catch {
            outage.met(error, by: name)
        }
    }
}
