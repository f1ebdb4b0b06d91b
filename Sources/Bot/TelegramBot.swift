import Domain
import Foundation
import HTTPClient
import Logging
import ServiceLifecycle

/// One Telegram bot: fetches its updates, handles them, sends what the outbox has for it, fetches recordings.
///
/// It runs until the process is asked to stop, and then ends cleanly within 10 seconds: no further poll, the updates
/// that are being handled are finished, what may go at once is sent.
public struct TelegramBot: Service {
    public let status: BotStatus
    private let configuration: BotConfiguration
    private let club: BotClub
    private let logger: Logger
    private let http: HTTPClient
    private let gate: TroubleGate
    private let clubChatProbe: TelegramMembershipProbe

    /// Asks by this bot how people stand to the club's channel and group.
    public var probe: any MembershipProbe { clubChatProbe }

    /// - Throws: where the HTTP client cannot be made.
    public init(configuration: BotConfiguration, club: BotClub, logger: Logger) throws(HTTPError) {
        self.configuration = configuration
        self.club = club
        self.logger = logger
        status = BotStatus(bot: configuration.bot)
        http = try HTTPClient(HTTPClient.Configuration(proxy: configuration.proxy))
        gate = TroubleGate(clock: club.clock)
        let transport = TelegramTransport.over(http).gated(by: gate)
        let api = TelegramAPI(token: configuration.token, base: configuration.apiAddress, transport: transport)
        clubChatProbe = TelegramMembershipProbe(api: api, clock: club.clock)
    }

    /// Takes the right to fetch this bot's updates, before anything of it is run.
    /// Returns nil where this process has it now; else the lease of the process that has it.
    public func claim() async throws(StoreError) -> Lease? {
        try await lease.claim()
    }

    /// Gives that right back, where the bot is not run after all.
    public func release() async {
        await lease.release()
    }

    public func run() async throws {
        let sender = makeSender()
        let sending = Task { await sender.run() }
        let recordingArrived = Wakeup()
        let fetching = Task { await makeFetcher(recordingArrived).run() }
        let albumArrived = Wakeup()
        let gathering = Task { await makeGatherer(albumArrived).run() }
        let polling = UpdateIntake()
        let starting = Task {
            guard let identity = await introduction.identity() else { return }
            await polling.begin(
                poller: makePoller(polling.arrived),
                lanes: makeLanes(identity, recordingArrived, albumArrived, polling.arrived)
            )
            await announceMenu()
        }
        let watching = Task { await makeWatch()?.run() }
        let broadcasting = Task { await makeBroadcastRunner()?.run() }
        try? await gracefulShutdown()
        starting.cancel()
        await starting.value
        await polling.end(within: .seconds(4), clock: club.clock)
        fetching.cancel()
        gathering.cancel()
        watching.cancel()
        broadcasting.cancel()
        await watching.value
        await broadcasting.value
        await fetching.value
        await gathering.value
        await sender.drain(within: .seconds(3))
        sending.cancel()
        await sending.value
        // The poller has done so already, where there was one.
        await lease.release()
        await http.shutdown()
    }

    // MARK: Parts

    private var api: TelegramAPI {
        TelegramAPI(
            token: configuration.token,
            base: configuration.apiAddress,
            transport: .over(http).gated(by: gate)
        )
    }

    private var language: ClubLanguage {
        ClubLanguage(store: club.store, setting: configuration.defaultLanguage)
    }

    private var warnings: BotWarnings {
        BotWarnings(directory: club.directory, outbox: club.store.outbox, clock: club.clock, logger: logger)
    }

    private var conversation: Conversation {
        Conversation(
            bot: configuration.bot,
            directory: club.directory,
            library: club.library,
            signIn: club.signIn,
            club: club.services,
            phrases: club.phrases,
            addresses: club.addresses
        )
    }

    private var lease: PollerLease {
        PollerLease(
            name: "poller-\(configuration.token.botID)",
            holder: configuration.holder,
            place: configuration.place,
            leases: club.store.leases,
            clock: club.clock
        )
    }

    private func makePoller(_ arrived: Wakeup) -> Poller {
        let (configuration, gate) = (configuration, gate)
        return Poller(
            bot: configuration.bot,
            connect: {
                let http = try HTTPClient(HTTPClient.Configuration(proxy: configuration.proxy))
                return TelegramConnection(
                    api: TelegramAPI(
                        token: configuration.token,
                        base: configuration.apiAddress,
                        transport: .over(http).gated(by: gate)
                    ),
                    close: { await http.shutdown() }
                )
            },
            store: club.store,
            lease: lease,
            clock: club.clock,
            status: status,
            arrived: arrived,
            warnings: warnings,
            outage: club.outage,
            logger: logger
        )
    }

    private func makeLanes(
        _ identity: BotIntroduction.Identity,
        _ recordingArrived: Wakeup,
        _ albumArrived: Wakeup,
        _ arrived: Wakeup
    ) -> ChatLanes {
        let handler = UpdateHandler(
            bot: configuration.bot,
            duty: configuration.takesRecordingsOnly ? .recordingsOnly : .everything,
            language: language,
            parser: IntentParser(
                bot: configuration.bot,
                channel: identity.channel,
                username: identity.username,
                defaultLanguage: configuration.defaultLanguage
            ),
            conversation: conversation,
            library: club.library,
            directory: club.directory,
            outbox: club.store.outbox,
            phrases: club.phrases,
            recordingArrived: recordingArrived,
            albumArrived: albumArrived,
            clock: club.clock,
            logger: logger
        )
        return ChatLanes(
            bot: configuration.bot,
            inbox: club.store.inbox,
            clock: club.clock,
            arrived: arrived,
            warnings: warnings,
            outage: club.outage,
            logger: logger,
            handle: { try await handler.handle($0) },
            apology: { handler.apology(for: $0) }
        )
    }

    private func makeSender() -> OutboxSender {
        OutboxSender(
            bot: configuration.bot,
            api: api,
            outbox: club.store.outbox,
            composer: NoticeComposer(
                conversation: conversation,
                directory: club.directory,
                library: club.library,
                phrases: club.phrases,
                language: language,
                cards: club.cards.map { CardShelf(painter: $0, logger: logger) }
            ),
            directory: club.directory,
            clock: club.clock,
            wakeup: club.outboxSignal.wakeup(for: configuration.bot),
            outage: club.outage,
            logger: logger
        )
    }

    private func makeFetcher(_ wakeup: Wakeup) -> RecordingFetcher {
        RecordingFetcher(
            bot: configuration.bot,
            leavingTo: configuration.leavesRecordingsTo,
            files: FileSource(api: api, access: configuration.files),
            library: club.library,
            media: club.media,
            clock: club.clock,
            wakeup: wakeup,
            outage: club.outage,
            logger: logger
        )
    }

    /// Nil for a bot that takes recordings only: the club's bot looks after its people.
    private func makeWatch() -> MembershipWatch? {
        guard !configuration.takesRecordingsOnly else { return nil }
        return MembershipWatch(
            clubChats: club.services.clubChats,
            probe: clubChatProbe,
            clock: club.clock,
            outage: club.outage,
            logger: logger
        )
    }

    /// Nil for a bot that takes recordings only: it writes to nobody on its own account.
    private func makeBroadcastRunner() -> BroadcastRunner? {
        guard !configuration.takesRecordingsOnly else { return nil }
        return BroadcastRunner(broadcasts: club.services.broadcasts, clock: club.clock, outage: club.outage)
    }

    private func makeGatherer(_ wakeup: Wakeup) -> AlbumGatherer {
        AlbumGatherer(
            bot: configuration.bot,
            library: club.library,
            clock: club.clock,
            wakeup: wakeup,
            outage: club.outage
        )
    }

    // MARK: Starting

    private var introduction: BotIntroduction {
        BotIntroduction(
            bot: configuration.bot,
            api: api,
            channel: configuration.channel,
            notificationsChannel: configuration.notificationsChannel,
            clubChats: configuration.takesRecordingsOnly ? nil : club.services.clubChats,
            lease: lease,
            clock: club.clock,
            status: status,
            logger: logger
        )
    }

    /// Tells Telegram which commands there are, where people talk to this bot.
    private func announceMenu() async {
        guard !configuration.takesRecordingsOnly else { return }
        await MenuAnnouncer(
            api: api,
            store: club.store,
            menu: CommandMenu(phrases: club.phrases),
            language: language,
            clock: club.clock,
            logger: logger
        ).announce()
    }
}
