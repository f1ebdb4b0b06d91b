import Bot
import Domain
import Foundation
import ServiceLifecycle

/// Keeps the ledger up to date with the rooms, and tells members what they have reached.
struct Scoring: Service {
    let keeper: ScoreKeeper
    let clock: any ClubClock
    let outage: StoreOutage

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do throws(ChangeFailure) {
                    try await keeper.work()
                    outage.ended(for: "scores")
                } catch {
                    outage.met(error, by: "scores")
                }
                do { try await clock.sleep(for: ScoreKeeper.pace) } catch { return }
            }
        }
    }
}
