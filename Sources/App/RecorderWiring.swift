import Bot
import Domain
import Foundation
import Logging
import ServiceLifecycle

/// The recording bot's own process: it takes the recordings and fetches their files. It has no site, and leaves what
/// only one process may do, such as forgetting old data, to the club's.
struct RecorderWiring {
    /// Runs everything; hand it to a `ServiceGroup`.
    let services: [any Service]
    private let store: any ClubStore
    private let bots: [TelegramBot]

    /// `folder`: The club's data folder, with the recorder's lock.
    init(
        settings: RecorderSettings,
        folder: DataFolder,
        console: Console,
        clock: any ClubClock = SystemClubClock(),
        ids: IDSource = .system,
        logger: Logger
    ) async throws {
        let club = try await ClubParts(
            store: settings.store,
            folder: folder,
            resources: settings.resourcesFolder,
            phraseKeys: [],
            language: settings.language,
            clock: clock,
            ids: ids,
            logger: logger
        )
        do {
            // To people it only says that it takes recordings: it shows no link to the site or to the club's bot.
            let parts = BotParts(
                line: settings.line,
                club: club.botClub(addresses: ClubAddresses(site: nil) { _ in nil }),
                language: settings.language,
                folder: folder,
                holder: ids.secret(),
                logger: logger
            )
            let bot = try parts.bot(.recorder, token: settings.token)
            try await BotParts.claim([bot])
            let report = BotReport(console: console)
            bots = [bot]
            services =
                club.upkeep + [
                    BotsTogether(bots: [bot]), BotStartReport(status: bot.status, report: report, clock: clock),
                ]
            store = club.store
        } catch {
            await club.store.close()
            throw error
        }
    }

    /// After the services have ended, however they ended.
    func end() async {
        await BotParts.release(bots)
        await store.close()
    }
}
