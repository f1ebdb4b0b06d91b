import Bot
import Domain
import ServiceLifecycle

/// Tells the person who started the program how its bots do.
struct BotReport: Sendable {
    let console: Console
    /// What the settings say how the club bot is called, without the @.
    var expectedUsername: String?
    /// What follows once the club's bot listens.
    var onClubBotListening: @Sendable () -> Void = {}

    /// Said when a bot knows who it is, or Telegram refuses it.
    func say(_ status: BotStatus.Snapshot, _ name: BotName) {
        if status.isChannelRefused {
            console.say(
                "The recording channel is not there, or the \(name) bot is no admin of it: correct TELEGRAM_CHANNEL_ID,"
                    + " or add the bot to the channel as an admin, and start again."
            )
        }
        if status.isNotificationsChannelRefused {
            console.say(
                "The channel of shows is not there, or the \(name) bot is no admin of it: correct"
                    + " TELEGRAM_NOTIFICATIONS_CHANNEL_ID, or add the bot to the channel as an admin, and start again."
            )
        }
        switch status.phase {
        case .polling:
            let username = status.username ?? ""
            console.say("@\(username) is listening.")
            guard name == .club else { return }
            if let expected = expectedUsername, expected.lowercased() != username.lowercased() {
                console.say("TELEGRAM_BOT_USERNAME says @\(expected): correct or remove it.")
            }
            onClubBotListening()
        case .tokenRefused:
            console.say("Telegram refuses the token of the \(name) bot: correct it in .env and start again.")
        case .unreachable:
            console.say("Telegram cannot be reached; still trying. Where it is blocked, set TELEGRAM_PROXY.")
        case .starting, .secondPoller, .stopped:
            break
        }
    }
}

/// Watches a bot until it is known how it starts, and reports that.
struct BotStartReport: Service {
    let status: BotStatus
    /// Nil where nobody is told.
    let report: BotReport?
    let clock: any ClubClock

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var last = BotStatus.Phase.starting
            while !Task.isCancelled {
                let snapshot = status.snapshot
                if snapshot.isChannelRefused, snapshot.phase == .starting, last == .starting {
                    last = .unreachable
                    report?.say(snapshot, status.bot)
                }
                if snapshot.phase != last, [.polling, .tokenRefused, .unreachable].contains(snapshot.phase) {
                    last = snapshot.phase
                    report?.say(snapshot, status.bot)
                }
                // Once it works, what follows is the log's.
                guard last != .polling else { break }
                try? await clock.sleep(for: .milliseconds(200))
            }
            try? await gracefulShutdown()
        }
    }
}
