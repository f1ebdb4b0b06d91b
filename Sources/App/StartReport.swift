import Bot
import Domain
import Foundation
import ServiceLifecycle

/// Tells the person who started the program what runs where, and what to do next.
struct StartReport: Sendable {
    let settings: Settings
    let claimCode: String?
    let addresses: ClubAddresses
    let console: Console

    /// Said once the site listens.
    func site(port: Int) {
        let site =
            settings.isPublic ? settings.publicURL.absoluteString : Settings.localAddress(port: port).absoluteString
        switch settings.club {
        case .sandbox: console.say(sandbox(site: site))
        case .telegram: console.say("The site is at \(site); data are kept in \(settings.clubFolder.path).")
        }
    }

    private func sandbox(site: String) -> String {
        """

        FOMO Podcasts: the sandbox club is open.

          Telegram, made up   \(Settings.localAddress(port: settings.sandboxPort).absoluteString)
          The club's site     \(site)
          Data                \(settings.clubFolder.path)

        Next: open the first address. As Polina, post a voice note or an audio file in “FOMO Recordings”;
        as Misha, write /latest to the bot and play it; as Stella, ask to join, and let her in as Polina.
        For the real Telegram put TELEGRAM_BOT_TOKEN and TELEGRAM_CHANNEL_ID into .env (see README.md).
        Ctrl-C stops everything.

        """
    }

    /// Said when a bot knows who it is, or Telegram refuses it.
    func bot(_ status: BotStatus.Snapshot, _ name: BotName) {
        guard case .telegram(let telegram) = settings.club else { return }
        if status.isChannelRefused {
            console.say(
                "The recording channel is not there, or the \(name) bot is no admin of it: correct TELEGRAM_CHANNEL_ID,"
                    + " or add the bot to the channel as an admin, and start again."
            )
        }
        switch status.phase {
        case .polling:
            let username = status.username ?? ""
            console.say("@\(username) is listening.")
            if name == .club, let expected = telegram.username, expected.lowercased() != username.lowercased() {
                console.say("TELEGRAM_BOT_USERNAME says @\(expected): correct or remove it.")
            }
            if name == .club { claim() }
        case .tokenRefused:
            console.say("Telegram refuses the token of the \(name) bot: correct it in .env and start again.")
        case .unreachable:
            console.say("Telegram cannot be reached; still trying. Where it is blocked, set TELEGRAM_PROXY.")
        case .starting, .secondPoller, .stopped:
            break
        }
    }

    private func claim() {
        guard let claimCode else { return }
        guard console.isTerminal else {
            let file = settings.clubFolder.appending(path: ClubOwner.codeFile).path
            console.say("The club has no owner yet. Send the bot /claim and the code that is kept in \(file).")
            return
        }
        let link = addresses.bot(payload: ClubAddresses.claimPrefix + claimCode)?.absoluteString ?? ""
        console.say("The club has no owner yet. To become it, open \(link) or send the bot: /claim \(claimCode)")
    }
}

/// Watches a bot until it is known how it starts, and reports that.
struct BotStartReport: Service {
    let status: BotStatus
    let report: StartReport
    let clock: any ClubClock

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var last = BotStatus.Phase.starting
            while !Task.isCancelled {
                let snapshot = status.snapshot
                if snapshot.isChannelRefused, snapshot.phase == .starting, last == .starting {
                    last = .unreachable
                    report.bot(snapshot, status.bot)
                }
                if snapshot.phase != last, [.polling, .tokenRefused, .unreachable].contains(snapshot.phase) {
                    last = snapshot.phase
                    report.bot(snapshot, status.bot)
                }
                // Once it works, what follows is the log's.
                guard last != .polling else { break }
                try? await clock.sleep(for: .milliseconds(200))
            }
            try? await gracefulShutdown()
        }
    }
}
