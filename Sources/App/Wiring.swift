import Bot
import Domain
import Foundation
import Logging
import SQLiteStore
import Sandbox
import ServiceLifecycle
import Web

/// The whole program, built from top to bottom by initialisers. Tests start the same.
struct Wiring {
    /// Runs everything; hand it to a `ServiceGroup`.
    let services: [any Service]
    let store: any ClubStore

    /// - `folder`: The club's data folder, locked.
    /// - `onListening`: Told the site's port once it listens.
    init(
        settings: Settings,
        folder: DataFolder,
        console: Console,
        clock: any ClubClock = SystemClubClock(),
        ids: IDSource = .system,
        logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) async throws {
        let phrases = try Phrasebook(
            folder: settings.resourcesFolder.appending(path: "Phrases"),
            requiring: CommonPhrase.allCases.map(\.rawValue) + BotPhrase.allCases.map(\.rawValue)
                + WebPhrase.requiredKeys
        )
        let outboxSignal = OutboxSignal()
        let store = try Self.openStore(folder, signal: outboxSignal, clock: clock)
        self.store = store

        let claimCode = try ClubOwner.claimCode(
            hasOwner: try await store.settings.find(.club)?.ownerID != nil,
            settings: settings,
            folder: folder,
            console: console,
            ids: ids
        )
        let directory = MemberDirectory(
            store: store,
            clock: clock,
            ids: ids,
            claimCode: ClaimCode(claimCode) { folder.remove(ClubOwner.codeFile) }
        )
        let library = PodcastLibrary(
            store: store,
            directory: directory,
            clock: clock,
            ids: ids,
            untitled: { date, zone in
                let day = Phrasebook.day(date, language: settings.language, zone: zone)
                return phrases.text(CommonPhrase.untitledEpisode, settings.language, ["date": day])
            }
        )
        let signIn = SignIn(store: store, clock: clock, ids: ids, hasher: .sha256)
        let media = try MediaFolder(dataFolder: folder.url)
        let owner = ClubOwner(directory: directory, ids: ids, language: settings.language)

        var services: [any Service] = []
        let telegram: Settings.Telegram
        var sandboxServer: SandboxServer?
        switch settings.club {
        case .telegram(let real):
            telegram = real
            if let id = settings.ownerTelegramID { try await owner.ensure(id) }
        case .sandbox:
            let sandbox = SandboxParts(settings: settings, folder: folder.url)
            telegram = try sandbox.telegram()
            let server = sandbox.server(logger: logger)
            sandboxServer = server
            services.append(SandboxService(server: server))
            try await sandbox.seed(directory, ids: ids)
        }

        let statuses = Statuses()
        let addresses = Self.addresses(settings, telegram: telegram, statuses: statuses)
        let report = StartReport(settings: settings, claimCode: claimCode, addresses: addresses, console: console)

        let club = BotClub(
            store: store,
            outboxSignal: outboxSignal,
            directory: directory,
            library: library,
            signIn: signIn,
            media: media,
            phrases: phrases,
            addresses: addresses,
            clock: clock
        )
        let tokens = [(BotName.club, telegram.token)] + (telegram.recordingToken.map { [(.recorder, $0)] } ?? [])
        let holder = ids.secret()
        var bots: [TelegramBot] = []
        var reports: [BotStartReport] = []
        for (name, token) in tokens {
            let bot = try TelegramBot(
                configuration: BotConfiguration(
                    bot: name,
                    token: token,
                    apiAddress: telegram.apiAddress,
                    proxy: telegram.proxy,
                    channel: telegram.channel,
                    takesRecordingsOnly: name == .recorder,
                    leavesRecordingsTo: name == .club && telegram.recordingToken != nil ? .recorder : nil,
                    defaultLanguage: settings.language,
                    holder: holder,
                    place: folder.place
                ),
                club: club,
                logger: logger
            )
            statuses.add(bot.status)
            bots.append(bot)
            reports.append(BotStartReport(status: bot.status, report: report, clock: clock))
        }
        let together = BotsTogether(bots: bots)
        services.append(sandboxServer.map { AfterSandbox(server: $0, service: together) } ?? together)
        services += reports

        let sessionSecret = try settings.sessionSecret ?? folder.secret("jwt-secret") { ids.secret() + ids.secret() }
        let web = try WebServer(
            WebConfiguration(
                host: settings.host,
                port: settings.port,
                publicURL: settings.publicURL,
                resources: settings.resourcesFolder,
                clubTitle: "FOMO Podcasts",
                bot: BotAddress(
                    name: { statuses.clubBotName ?? telegram.username ?? "" },
                    link: { addresses.bot(payload: $0) ?? settings.publicURL }
                ),
                miniAppKeys: MiniAppKeys(botToken: telegram.token.forSigningKeys),
                sessionKey: Data(sessionSecret.utf8),
                trustedProxies: settings.trustedProxies,
                language: settings.language
            ),
            services: WebServices(
                store: store,
                directory: directory,
                library: library,
                signIn: signIn,
                media: media,
                phrases: phrases,
                clock: clock,
                ids: ids
            ),
            logger: logger,
            onListening: { port in
                report.site(port: port)
                await onListening(port)
            }
        )
        services.append(web)
        services.append(Housekeeping(store: store, clock: clock, logger: logger))
        self.services = services
    }

    private static func openStore(
        _ folder: DataFolder,
        signal: OutboxSignal,
        clock: any ClubClock
    ) throws(SettingsFault) -> SQLiteClubStore {
        let path = folder.url.appending(path: "fomo.sqlite").path
        do {
            return try SQLiteClubStore.open(path: path, signal: signal, clock: clock)
        } catch {
            let advice: String =
                switch error {
                case .corrupt(_, let detail):
                    "'\(path)' is no database of this program, or a newer version's (\(detail)). It is left as it is."
                case .unavailable(_, let code):
                    "'\(path)' cannot be opened (SQLite's code \(code)): is the disk full, or the file another user's?"
                case .missing, .conflict:
                    "'\(path)' cannot be opened."
                }
            throw SettingsFault(setting: "DATA_DIR", advice: advice)
        }
    }

    /// Where the club is found: on the made-up Telegram or the real one.
    private static func addresses(
        _ settings: Settings,
        telegram: Settings.Telegram,
        statuses: Statuses
    ) -> ClubAddresses {
        guard !settings.isSandbox else {
            return ClubAddresses(
                site: settings.publicURL,
                botLink: SandboxParts.botLink(port: settings.sandboxPort)
            )
        }
        return ClubAddresses(site: settings.isPublic ? settings.publicURL : nil) { payload in
            let name = statuses.clubBotName ?? telegram.username
            return name.flatMap { URL(string: "https://t.me/\($0)?start=\(payload)") }
        }
    }
}
