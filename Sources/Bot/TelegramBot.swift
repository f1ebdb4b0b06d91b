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
    private let roomProbe: RoomProbe

    /// Asks by this bot how people stand to the club's channel and group.
    public var probe: any MembershipProbe { roomProbe }

    /// - Throws: where the HTTP client cannot be made.
    public init(configuration: BotConfiguration, club: BotClub, logger: Logger) throws(HTTPError) {
        self.configuration = configuration
        self.club = club
        self.logger = logger
        status = BotStatus(bot: configuration.bot)
        http = try HTTPClient(HTTPClient.Configuration(proxy: configuration.proxy))
        let transport = TelegramTransport.over(http)
        let api = TelegramAPI(token: configuration.token, base: configuration.apiAddress, transport: transport)
        roomProbe = RoomProbe(api: api, clock: club.clock)
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
            guard let identity = await identify() else { return }
            await polling.begin(
                poller: makePoller(polling.arrived),
                lanes: makeLanes(identity, recordingArrived, albumArrived, polling.arrived)
            )
            await announceCommands()
        }
        let watching = Task { await makeWatch()?.run() }
        try? await gracefulShutdown()
        starting.cancel()
        await starting.value
        await polling.end(within: .seconds(4), clock: club.clock)
        fetching.cancel()
        gathering.cancel()
        watching.cancel()
        await watching.value
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
        TelegramAPI(token: configuration.token, base: configuration.apiAddress, transport: .over(http))
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
        let configuration = configuration
        return Poller(
            bot: configuration.bot,
            connect: {
                let http = try HTTPClient(HTTPClient.Configuration(proxy: configuration.proxy))
                return TelegramConnection(
                    api: TelegramAPI(
                        token: configuration.token,
                        base: configuration.apiAddress,
                        transport: .over(http)
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
        _ identity: Identity,
        _ recordingArrived: Wakeup,
        _ albumArrived: Wakeup,
        _ arrived: Wakeup
    ) -> ChatLanes {
        let handler = UpdateHandler(
            bot: configuration.bot,
            duty: configuration.takesRecordingsOnly ? .recordingsOnly : .everything,
            parser: IntentParser(
                bot: configuration.bot,
                channel: identity.channel,
                username: identity.username,
                defaultLanguage: configuration.defaultLanguage
            ),
            conversation: conversation,
            library: club.library,
            directory: club.directory,
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
                defaultLanguage: configuration.defaultLanguage
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
    private func makeWatch() -> RoomWatch? {
        guard !configuration.takesRecordingsOnly else { return nil }
        return RoomWatch(
            rooms: club.services.rooms,
            probe: roomProbe,
            clock: club.clock,
            outage: club.outage,
            logger: logger
        )
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

    /// What the bot has to know of itself before it can read updates.
    private struct Identity {
        var username: String
        var channel: ChatID
    }

    /// Asks Telegram who the bot is and which channel is meant, until it answers.
    /// - Returns: nil where the task was cancelled before.
    private func identify() async -> Identity? {
        var backoff = Backoff()
        while !Task.isCancelled {
            do {
                let username = try await api.call(GetMe()).username ?? ""
                status.update { $0.username = username }
                if let channel = try await channel() {
                    status.update { $0.phase = .polling }
                    return Identity(username: username, channel: channel)
                }
                await keepClaim()
                try await club.clock.sleep(for: Poller.refusedTokenPause)
            } catch let error as TelegramError {
                guard !Task.isCancelled else { return nil }
                await keepClaim()
                try? await club.clock.sleep(for: note(error) ?? backoff.pause())
            } catch {
                return nil
            }
        }
        return nil
    }

    /// Until the poller does it: the pauses here are shorter than a lease.
    private func keepClaim() async {
        _ = try? await lease.acquire(isFirst: false)
    }

    /// The recording channel, nil where Telegram does not know the name that the settings give it.
    ///
    /// Without the channel nothing is fetched: its posts would be taken for another channel's. By an id, they are
    /// taken also where Telegram does not show the channel to the bot yet.
    private func channel() async throws(TelegramError) -> ChatID? {
        do throws(TelegramError) {
            let chat = try await api.call(GetChat(chatId: configuration.channel.description))
            await learn(chat)
            return ChatID(rawValue: chat.id)
        } catch .refused(let method, let code, let description) where code == 400 || code == 403 {
            logger.error(
                "The recording channel is not there, or the bot is no admin of it; check TELEGRAM_CHANNEL_ID",
                metadata: ["method": "\(method)", "error": "\(description)"]
            )
            status.update { $0.isChannelRefused = true }
            if case .id(let id) = configuration.channel { return id }
            return nil
        }
    }

    /// Writes down where the channel is, for people who come in by it.
    private func learn(_ channel: TelegramChat) async {
        guard !configuration.takesRecordingsOnly else { return }
        let place = RoomPlace(
            chat: ChatID(rawValue: channel.id),
            title: channel.title ?? "",
            handle: channel.username
        )
        do {
            try await club.services.rooms.learn(channel: place)
        } catch {
            logger.error("Where the channel is cannot be stored", metadata: ["error": "\(error)"])
        }
    }

    /// Keeps what an error at the start means. Returns how long to wait, nil where the back-off says it.
    private func note(_ error: TelegramError) -> Duration? {
        let isRefused = error.isTokenRefused
        status.update { $0.phase = isRefused ? .tokenRefused : .unreachable }
        logger.error(
            isRefused ? "The bot token is refused; check the setting" : "Telegram does not answer as it should",
            metadata: ["bot": "\(configuration.bot)", "error": "\(error)"]
        )
        if case .retryAfter(let duration) = error { return duration }
        return isRefused ? Poller.refusedTokenPause : nil
    }

    /// Fills the commands menu, in each language and for those with another one. It is convenience: where Telegram
    /// refuses it, the log says so and nothing else happens.
    private func announceCommands() async {
        guard !configuration.takesRecordingsOnly else { return }
        let menus: [(Language, String?)] =
            [(configuration.defaultLanguage, nil)] + Language.allCases.map { ($0, $0.rawValue) }
        for (language, code) in menus {
            do {
                _ = try await api.call(SetMyCommands(commands: commands(language), languageCode: code))
            } catch {
                logger.warning("The commands menu was not taken", metadata: ["error": "\(error)"])
                return
            }
        }
    }

    private func commands(_ language: Language) -> [BotCommand] {
        let commands: [(String, BotPhrase)] = [
            ("latest", .commandLatest), ("library", .commandLibrary), ("search", .commandSearch),
            ("help", .commandHelp),
        ]
        return commands.map { BotCommand(command: $0, description: club.phrases.text($1, language)) }
    }
}
