import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// A local stand-in of the Telegram Bot API, with a page and an HTTP interface to act as the people in it.
///
/// Point a bot at `http://host:port` instead of `https://api.telegram.org`. One server has one world; several bots may
/// live in it. What the interface at `/sandbox/…` offers is described at the routes of `ControlAPI`.
public actor SandboxServer {
    private let configuration: SandboxConfiguration
    private var port: Result<Int, SandboxError>?
    private var waitingForPort: [CheckedContinuation<Result<Int, SandboxError>, Never>] = []

    /// A server that does nothing until `run()`.
    public init(_ configuration: SandboxConfiguration) {
        self.configuration = configuration
    }

    /// The port on which it listens; waits until it does.
    ///
    /// - Throws: `.notListening` when the server ended before.
    public var boundPort: Int {
        get async throws {
            if let port { return try port.get() }
            return try await withCheckedContinuation { waitingForPort.append($0) }.get()
        }
    }

    /// Serves until the task is cancelled or, inside of a service group, shut down gracefully. Held requests end at
    /// once then, the world is written down, and the call returns.
    ///
    /// To be called once.
    ///
    /// - Throws: `SandboxError` when it cannot start; the system's error when the port is taken.
    public func run() async throws {
        defer { bound(to: .failure(.notListening)) }
        let temporary = configuration.folder == nil ? SandboxServer.newTemporaryFolder() : nil
        defer { temporary.map { try? FileManager.default.removeItem(at: $0) } }
        let telegram = try await makeTelegram(temporary: temporary)
        let connections = OpenConnections()
        let application = Application(
            router: makeRouter(telegram, connections),
            server: .http1(configuration: .init(additionalChannelHandlers: [ClosingWatch(connections)])),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                serverName: nil
            ),
            onServerRunning: { channel in
                await self.bound(to: channel.localAddress?.port.map(Result.success) ?? .failure(.notListening))
                // A graceful shutdown closes the listening socket first: the moment to end what waits.
                channel.closeFuture.whenComplete { _ in Task { await telegram.shutDown() } }
            },
            logger: configuration.logger
        )
        do {
            try await application.run()
        } catch is CancellationError {
            configuration.logger.debug("the sandbox was cancelled")
        } catch {
            await telegram.flush()
            throw error
        }
        await telegram.shutDown()
        await telegram.flush()
    }

    private func bound(to result: Result<Int, SandboxError>) {
        guard port == nil else { return }
        port = result
        for continuation in waitingForPort { continuation.resume(returning: result) }
        waitingForPort = []
    }

    private func makeTelegram(temporary: URL?) async throws -> SandboxTelegram {
        let founding = try SandboxServer.foundingWorld(configuration)
        guard let folder = configuration.folder ?? temporary else { throw SandboxError.folder("no temporary folder") }
        do {
            let shelf = try FileShelf(folder: folder.appendingPathComponent("files", isDirectory: true))
            var keeper: WorldFolder?
            var kept: TelegramWorld?
            if configuration.folder != nil {
                let opened = try WorldFolder(folder, logger: configuration.logger)
                keeper = opened
                kept = try await opened.load()
                kept?.settings = founding.settings
                for bot in founding.bots.values {
                    kept?.add(bot: bot.id, token: bot.token, username: bot.username, name: bot.name)
                }
            }
            return SandboxTelegram(
                founding: founding,
                kept: kept,
                folder: keeper,
                shelf: shelf,
                localFiles: configuration.localFiles.map(LocalFiles.init),
                clock: configuration.clock,
                logger: configuration.logger
            )
        } catch {
            throw SandboxError.folder("\(error)")
        }
    }

    private func makeRouter(
        _ telegram: SandboxTelegram,
        _ connections: OpenConnections
    ) -> Router<SandboxRequestContext> {
        let router = Router(context: SandboxRequestContext.self)
        router.add(middleware: NotFoundEnvelope())
        router.add(middleware: BotAPIRoutes(telegram: telegram, connections: connections))
        if let page = configuration.page { router.add(middleware: PageFiles(folder: page)) }
        ControlAPI(telegram: telegram, connections: connections).add(to: router)
        return router
    }

    /// The world at the very beginning: the club with the configured bots.
    static func foundingWorld(_ configuration: SandboxConfiguration) throws(SandboxError) -> TelegramWorld {
        var world = TelegramWorld(seed: configuration.seed ?? UInt64.random(in: .min ... .max))
        world.settings = WorldSettings(
            limitsFlood: configuration.limitsFlood,
            surprisesPollers: configuration.surprisesPollers,
            protectsItself: configuration.protectsItself,
            refusesTokensAsCloud: configuration.refusesTokensAsCloud,
            cachesInline: configuration.cachesInline,
            reactionDelay: configuration.reactionDelay,
            localFolder: configuration.localFiles?.absoluteURL.path
        )
        for person in SandboxClub.people { world.add(person) }
        var channel = Chat(key: .room(SandboxClub.channelID), kind: .channel)
        channel.title = SandboxClub.channelTitle
        channel.memberships = [SandboxClub.posterID: .creator, SandboxClub.memberID: .member]
        for bot in configuration.bots {
            guard let id = bot.id else { throw .malformedToken(username: bot.username) }
            world.add(bot: id, token: bot.token, username: bot.username, name: bot.name)
            channel.memberships[id] = .administrator
            // Who posts and who is a member have pressed Start long ago, so that the bot may write to them.
            world.start(.direct(bot: id, person: SandboxClub.posterID))
            world.start(.direct(bot: id, person: SandboxClub.memberID))
        }
        world.add(channel)
        return world
    }

    private static func newTemporaryFolder() -> URL {
        FileManager.default.temporaryDirectory.appendingPathComponent(
            "sandbox-\(UInt64.random(in: .min ... .max))",
            isDirectory: true
        )
    }
}
