import Crypto
import Domain
import Foundation
import Logging
import NIOCore
import SQLiteStore
import ServiceLifecycle
import Web

/// A club whose members are all signed in and whose show is live: the room with everything that belongs to it, over a
/// store in a folder of its own.
struct CrowdedShow {
    /// What the services write into and the web needs beside them.
    private struct Club {
        let store: SQLiteClubStore
        let directory: MemberDirectory
        let shows: LiveSessions
        let signIn: SignIn
    }

    /// How the crowd gets in.
    struct Entrance: Sendable {
        let session: LiveSessionID
        /// One for each member.
        let tokens: [String]
    }

    private static let sessionKey = Data("a key that signs for no longer than one bench lasts".utf8)

    /// What has to run.
    let services: [any Service]
    private let store: SQLiteClubStore
    private let rooms: LiveRooms

    /// Fills a store with `members`, the first of whom hosts a show, and signs them in.
    ///
    /// As in the program, except that there is no bot and no sound, and that all sockets may come from one address.
    /// - `onListening`: Told the port and how to get in.
    init(
        members: Int,
        ping: TimeAmount,
        folder: URL,
        logger: Logger,
        onListening: @escaping @Sendable (_ port: Int, _ entrance: Entrance) -> Void
    ) async throws {
        let (clock, ids) = (SystemClubClock(), IDSource.system)
        let path = folder.appending(path: "fomo.sqlite").path
        let store = try SQLiteClubStore.open(path: path, signal: OutboxSignal(), clock: clock)
        let directory = MemberDirectory(store: store, clock: clock, ids: ids)
        let club = Club(
            store: store,
            directory: directory,
            shows: LiveSessions(store: store, directory: directory, clock: clock, ids: ids),
            signIn: SignIn(store: store, clock: clock, ids: ids, hasher: .sha256)
        )
        let entrance = try await Self.fill(club, members: members, now: clock.now)

        var limits = RoomSockets.Limits(perAddress: .max)
        limits.sockets.ping = ping
        let sockets = RoomSockets(limits: limits)
        rooms = LiveRooms(store: store, shows: club.shows, clock: clock, ids: ids, audiences: [sockets])
        let web = try WebServer(
            Self.configuration(),
            services: WebServices(
                store: store,
                directory: directory,
                library: PodcastLibrary(store: store, directory: directory, clock: clock, ids: ids) { _, _ in "" },
                shows: club.shows,
                rooms: rooms,
                sockets: sockets,
                signIn: club.signIn,
                media: try MediaFolder(dataFolder: folder),
                phrases: try Phrasebook(
                    folder: Self.resources.appending(path: "Phrases"),
                    requiring: WebPhrase.requiredKeys
                ),
                clock: clock,
                ids: ids
            ),
            logger: logger,
            onListening: { onListening($0, entrance) }
        )
        services = [RoomWatch(sockets: sockets, rooms: rooms, store: store, clock: clock, logger: logger), web]
        self.store = store
    }

    /// After the services have ended.
    func end() async {
        await rooms.close()
        await store.close()
    }

    private static func fill(_ club: Club, members: Int, now: Date) async throws -> Entrance {
        let tokens = SessionTokens(key: SymmetricKey(data: sessionKey))
        var written: [String] = []
        for number in 0..<members {
            let person = Person(
                telegramID: TelegramUserID(rawValue: Int64(1_000_000 + number)),
                name: "Listener \(number)",
                username: "listener_\(number)",
                language: .en
            )
            let member = Member(
                id: MemberID(rawValue: "member-\(number)"),
                person: person,
                role: number == 0 ? .admin : .member,
                membership: .active,
                now: now
            )
            _ = try await club.store.members.change(.id(member.id), cause: Cause(rawValue: "keep \(number)")) { _ in
                Change(member)
            }
            let (session, _) = try await club.signIn.open(
                for: .id(member.id),
                way: .link,
                device: "Bench",
                cause: Cause(rawValue: "sign in \(number)")
            )
            written.append(try tokens.token(for: session))
        }
        guard let host = try await club.store.members.find(.id(MemberID(rawValue: "member-0"))) else {
            throw CocoaError(.fileNoSuchFile)
        }
        let show = try await club.shows.begin("A crowded show", by: host, cause: Cause(rawValue: "begin"))
        return Entrance(session: show.id, tokens: written)
    }

    private static var resources: URL {
        URL(filePath: FileManager.default.currentDirectoryPath).appending(path: "Resources")
    }

    private static func configuration() -> WebConfiguration {
        WebConfiguration(
            host: "127.0.0.1",
            port: 0,
            publicURL: URL(filePath: "http://127.0.0.1"),
            resources: resources,
            clubTitle: "Bench",
            storeTitle: "SQLite",
            bot: BotAddress(name: { "" }, link: { _ in URL(filePath: "/") }),
            miniAppKeys: MiniAppKeys(botToken: ""),
            sessionKey: sessionKey,
            language: .en,
            metrics: { [] }
        )
    }
}
