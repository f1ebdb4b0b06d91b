import Bot
import Domain
import Foundation

/// Tells the person who started the club what runs where, and what to do next.
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
        case .sandbox:
            console.say(sandbox(site: site))
        case .telegram:
            let place = if case .mongo = settings.store { " The club is kept in \(settings.store)." } else { "" }
            console.say("The site is at \(site); data are kept in \(settings.clubFolder.path).\(place)")
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

    /// What is said of the bots. Of the sandbox's there is nothing to say.
    var bots: BotReport? {
        guard case .telegram(let telegram) = settings.club else { return nil }
        return BotReport(console: console, expectedUsername: telegram.username, onClubBotListening: claim)
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
