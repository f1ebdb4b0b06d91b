import Bot
import Domain
import Foundation
import Logging
import Sandbox
import ServiceLifecycle
import Web

/// The club's process, built from top to bottom by initialisers. Tests start the same.
struct Wiring {
    /// Runs everything; hand it to a `ServiceGroup`.
    let services: [any Service]
    let store: any ClubStore
    private let rooms: LiveRooms
    private let roomParts: RoomParts
    private let bots: [TelegramBot]

    /// - `folder`: The club's data folder, locked.
    /// - `leavesRecorderOut`: Whether the recording bot runs in a process of its own.
    /// - `onListening`: Told the site's port once it listens.
    init(
        settings: Settings,
        folder: DataFolder,
        leavesRecorderOut: Bool = false,
        console: Console,
        clock: any ClubClock = SystemClubClock(),
        ids: IDSource = .system,
        logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) async throws {
        var claimCode: String?
        roomParts = try RoomParts(settings: settings, folder: folder, clock: clock, logger: logger)
        let club = try await ClubParts(
            store: settings.store,
            folder: folder,
            resources: settings.resourcesFolder,
            phraseKeys: WebPhrase.requiredKeys,
            language: settings.language,
            audiences: roomParts.audiences,
            clock: clock,
            ids: ids,
            logger: logger,
            claimCode: { store in
                claimCode = try ClubOwner.claimCode(
                    hasOwner: try await store.settings.find(.club)?.ownerID != nil,
                    settings: settings,
                    folder: folder,
                    console: console,
                    ids: ids
                )
                return ClaimCode(claimCode) { folder.remove(ClubOwner.codeFile) }
            }
        )
        store = club.store
        rooms = club.rooms
        do {
            (services, bots) = try await Self.parts(
                club,
                roomParts: roomParts,
                settings: settings,
                folder: folder,
                leavesRecorderOut: leavesRecorderOut,
                claimCode: claimCode,
                console: console,
                logger: logger,
                onListening: onListening
            )
        } catch {
            await club.store.close()
            throw error
        }
    }

    /// After the services have ended, however they ended.
    func end() async {
        await BotParts.release(bots)
        await rooms.close()
        await roomParts.end()
        await store.close()
    }

    // MARK: Parts

    private static func parts(
        _ club: ClubParts,
        roomParts: RoomParts,
        settings: Settings,
        folder: DataFolder,
        leavesRecorderOut: Bool,
        claimCode: String?,
        console: Console,
        logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) async -> Void
    ) async throws -> ([any Service], [TelegramBot]) {
        let owner = ClubOwner(directory: club.directory, ids: club.ids, language: settings.language)
        let telegram: Settings.Telegram
        var sandboxServer: SandboxServer?
        switch settings.club {
        case .telegram(let real):
            telegram = real
            if let id = settings.ownerTelegramID { try await owner.ensure(id) }
        case .sandbox:
            let sandbox = SandboxParts(settings: settings, folder: folder.url)
            telegram = try sandbox.telegram()
            sandboxServer = sandbox.server(logger: logger)
            try await sandbox.seed(club.directory, ids: club.ids)
        }

        let statuses = Statuses()
        let addresses = addresses(settings, telegram: telegram, statuses: statuses)
        let parts = BotParts(
            line: telegram.line,
            club: club.botClub(
                addresses: addresses,
                cards: CardPainting.painter(
                    path: settings.programPath,
                    resources: settings.resourcesFolder,
                    folder: folder,
                    logger: logger
                )
            ),
            language: settings.language,
            folder: folder,
            holder: club.ids.secret(),
            logger: logger
        )
        let other = telegram.recordingToken.map { _ in BotName.recorder }
        var bots = [try parts.bot(.club, token: telegram.token, leavingRecordingsTo: other)]
        if let token = telegram.recordingToken, !leavesRecorderOut {
            bots.append(try parts.bot(.recorder, token: token))
        }
        for bot in bots { statuses.add(bot.status) }

        let report = StartReport(settings: settings, claimCode: claimCode, addresses: addresses, console: console)
        let clubSound = roomParts.clubSound(club)
        let web = try webServer(
            club,
            sockets: roomParts.sockets,
            sound: clubSound,
            settings: settings,
            telegram: telegram,
            folder: folder,
            addresses: addresses,
            statuses: statuses,
            signInCheck: bots.first.map { SignInCheck(clubChats: club.services.clubChats, probe: $0.probe) },
            logger: logger
        ) { port in
            report.site(port: port)
            await onListening(port)
        }

        try await BotParts.claim(bots)
        let together = BotsTogether(bots: bots)
        var services: [any Service] = sandboxServer.map { [SandboxService(server: $0)] } ?? []
        services += club.upkeep
        services.append(sandboxServer.map { AfterSandbox(server: $0, service: together) } ?? together)
        services += bots.map { BotStartReport(status: $0.status, report: report.bots, clock: club.clock) }
        services.append(web)
        if let preparer = RecordingWorkshop.preparer(path: settings.programPath, logger: logger) {
            services.append(
                RecordingWorkshop(
                    preparer: preparer,
                    library: club.library,
                    media: club.media,
                    clock: club.clock,
                    outage: club.outage,
                    logger: logger
                )
            )
        }
        let shows = club.services.shows
        services.append(
            ShowWatching(watch: ShowWatch(shows: shows), shows: shows, clock: club.clock, outage: club.outage)
        )
        services += roomParts.services(club, clubSound, logger: logger)
        services.append(Housekeeping(store: club.store, clock: club.clock, outage: club.outage))
        services.append(FigureKeeping(store: club.store, clock: club.clock, outage: club.outage))
        return (services, bots)
    }

    private static func webServer(
        _ club: ClubParts,
        sockets: RoomSockets,
        sound: ClubSound?,
        settings: Settings,
        telegram: Settings.Telegram,
        folder: DataFolder,
        addresses: ClubAddresses,
        statuses: Statuses,
        signInCheck: SignInCheck?,
        logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) async -> Void
    ) throws -> WebServer {
        let sessionSecret =
            try settings.sessionSecret ?? folder.secret("jwt-secret") { club.ids.secret() + club.ids.secret() }
        return try WebServer(
            WebConfiguration(
                host: settings.host,
                port: settings.port,
                publicURL: settings.publicURL,
                resources: settings.resourcesFolder,
                clubTitle: "FOMO Podcasts",
                storeTitle: settings.store.technology.title,
                bot: BotAddress(
                    name: { statuses.clubBotName ?? telegram.username ?? "" },
                    link: { addresses.bot(payload: $0) ?? settings.publicURL }
                ),
                miniAppKeys: MiniAppKeys(botToken: telegram.token.forSigningKeys),
                sessionKey: Data(sessionSecret.utf8),
                trustedProxies: settings.trustedProxies,
                language: settings.language,
                metrics: Figures(store: club.store, statuses: statuses).current
            ),
            services: WebServices(
                store: club.store,
                directory: club.directory,
                library: club.library,
                shows: club.services.shows,
                rooms: club.rooms,
                sockets: sockets,
                signIn: club.signIn,
                signInCheck: signInCheck,
                sound: sound,
                media: club.media,
                phrases: club.phrases,
                clock: club.clock,
                ids: club.ids
            ),
            logger: logger,
            onListening: onListening
        )
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
