import Domain
import Foundation
import Logging

/// Carries out the checks of who is in the club's chats, one at a time and never in a burst.
///
/// What is to be checked stands in the store: after a stop it goes on where it was.
struct MembershipWatch: Sendable {
    /// Between two regular checks; so a club of a thousand takes a quarter of an hour of the day.
    static let pace: Duration = .seconds(1)
    /// After one for which somebody waits.
    static let quickPace: Duration = .milliseconds(200)
    /// How long one question may take.
    static let patience: Duration = .seconds(10)
    /// How often it looks what is due, where nobody wakes it.
    static let rest: Duration = .seconds(10)

    let clubChats: ClubChats
    let probe: any MembershipProbe
    let clock: any ClubClock
    let outage: StoreOutage
    let logger: Logger

    /// Works until the task is cancelled.
    func run() async {
        let part = "checks of members"
        while !Task.isCancelled {
            do {
                let pause = try await checkNext()
                outage.ended(for: part)
                if let pause { try await clock.sleep(for: pause) } else { await idle() }
            } catch let error as ChangeFailure {
                outage.met(error, by: part)
                try? await clock.sleep(for: Self.pace)
            } catch {
                return
            }
        }
    }

    private func idle() async {
        await clubChats.checkWanted.wait(atMost: Self.rest, clock: clock)
    }

    /// - Returns: How long to wait before the next one; nil where none is due.
    private func checkNext() async throws(ChangeFailure) -> Duration? {
        guard let member = try await clubChats.nextToCheck() else { return nil }
        let verdict = try await clubChats.verdict(on: member, probe, patience: Self.patience)
        try await clubChats.settle(member, verdict)
        switch verdict {
        case .isIn, .isInNone: return member.check?.urgency == .now ? Self.quickPace : Self.pace
        case .unavailable(let pause): return max(pause, Self.pace)
        case .untold(let clubChat):
            logger.warning(
                "Telegram does not tell who is in a chat; is the bot an administrator there?",
                metadata: ["chat": "\(clubChat.rawValue)"]
            )
            return Self.pace
        }
    }
}
