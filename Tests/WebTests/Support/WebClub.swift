import Crypto
import Domain
import Foundation
import Logging
import TestSupport

@testable import Web

/// A club with its real web server on a port of its own, over the memory store and a clock that stands still.
struct WebClub: Sendable {
    static let botToken = "123456:TEST-token_for-vectors"
    static let sessionKey = Data("a session key of thirty-two bytes".utf8)

    let store: MemoryClubStore
    let clock: ManualClock
    let signIn: SignIn
    let clubChats: ClubChats
    let probe: ScriptedProbe
    let shows: LiveSessions
    let rooms: LiveRooms
    let sockets: RoomSockets
    let logger: Logger
    let media: MediaFolder
    let server: WebServer
    let http: RawHTTP

    /// Starts the server, runs `body`, and stops the server.
    static func run<Value: Sendable>(
        publicURL: String = "http://127.0.0.1",
        trustedProxies: [String] = [],
        limits: RoomSockets.Limits = RoomSockets.Limits(),
        sound: @Sendable (MemoryClubStore, ManualClock, MemberDirectory) -> ClubSound? = { _, _, _ in nil },
        _ body: @escaping @Sendable (WebClub) async throws -> Value
    ) async throws -> Value {
        let clock = ManualClock()
        let store = MemoryClubStore(clock: clock)
        let ids = Fixtures.ids()
        let folder = FileManager.default.temporaryDirectory.appending(path: "web-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let media = try MediaFolder(dataFolder: folder)
        let directory = MemberDirectory(store: store, clock: clock, ids: ids)
        let signIn = SignIn(store: store, clock: clock, ids: ids, hasher: .sha256)
        let clubChats = ClubChats(store: store, directory: directory, clock: clock, ids: ids)
        let probe = ScriptedProbe()
        let shows = LiveSessions(store: store, directory: directory, clock: clock, ids: ids)
        let sockets = RoomSockets(limits: limits)
        let rooms = LiveRooms(store: store, shows: shows, clock: clock, ids: ids, audiences: [sockets])
        let services = WebServices(
            store: store,
            directory: directory,
            library: PodcastLibrary(store: store, directory: directory, clock: clock, ids: ids) { _, _ in "Untitled" },
            shows: shows,
            rooms: rooms,
            sockets: sockets,
            signIn: signIn,
            signInCheck: SignInCheck(clubChats: clubChats, probe: probe),
            sound: sound(store, clock, directory),
            media: media,
            phrases: try Phrasebook(folder: resources.appending(path: "Phrases"), requiring: WebPhrase.requiredKeys),
            clock: clock,
            ids: ids
        )
        let logger = Logger(label: "web-tests") { _ in SwiftLogNoOpLogHandler() }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let server = try WebServer(
            configuration(publicURL: publicURL, trustedProxies: trustedProxies),
            services: services,
            logger: logger,
            onListening: { port.yield($0) }
        )
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await server.run()
                return nil
            }
            group.addTask {
                var listening = ports.makeAsyncIterator()
                let http = RawHTTP(port: await listening.next() ?? 0)
                let club = WebClub(
                    store: store,
                    clock: clock,
                    signIn: signIn,
                    clubChats: clubChats,
                    probe: probe,
                    shows: shows,
                    rooms: rooms,
                    sockets: sockets,
                    logger: logger,
                    media: media,
                    server: server,
                    http: http
                )
                return try await body(club)
            }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }

    static var resources: URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Resources").standardizedFileURL
    }

    static func configuration(publicURL: String, trustedProxies: [String]) throws -> WebConfiguration {
        guard let url = URL(string: publicURL) else { throw CocoaError(.fileNoSuchFile) }
        return WebConfiguration(
            host: "127.0.0.1",
            port: 0,
            publicURL: url,
            resources: resources,
            clubTitle: "Test Club",
            storeTitle: "Memory",
            bot: BotAddress(name: { "test_bot" }) { payload in
                URL(filePath: "/bot").appending(queryItems: [URLQueryItem(name: "start", value: payload)])
            },
            miniAppKeys: MiniAppKeys(botToken: botToken),
            sessionKey: sessionKey,
            trustedProxies: trustedProxies.compactMap(AddressRange.init),
            language: .en,
            metrics: { [Metric("fomo_test_total", "Counted.", .counter, labels: ["name": "a \"b\""], value: 3)] }
        )
    }

    // MARK: People

    /// Puts a member into the store and signs them in.
    /// - Returns: The headers of a browser that has the session.
    func signedIn(_ member: Member) async throws -> [String: String] {
        try await keep(member)
        let (session, _) = try await signIn.open(
            for: .id(member.id),
            way: .link,
            device: "Test browser",
            cause: Cause(rawValue: "sign-in \(UUID())")
        )
        let token = try SessionTokens(key: SymmetricKey(data: Self.sessionKey)).token(for: session)
        return ["Cookie": "fomo=\(token)", "Origin": "http://127.0.0.1:\(http.port)"]
    }

    /// Stores a member as they are now, whatever was known of them.
    func keep(_ member: Member) async throws {
        _ = try await store.members.change(.id(member.id), cause: Cause(rawValue: "keep \(UUID())")) { _ in
            Change(member)
        }
    }

    // MARK: Episodes

    /// Stores an episode as it is.
    func keep(_ podcast: Podcast) async throws {
        _ = try await store.podcasts.change(.id(podcast.id), cause: Cause(rawValue: "keep \(UUID())")) { _ in
            Change(podcast)
        }
    }

    /// Stores an episode whose file has this content.
    func keep(_ podcast: Podcast, audio: Data) async throws -> Podcast {
        let incoming = try media.incoming("\(podcast.id)")
        try audio.write(to: incoming)
        let stored = try await media.adopt(incoming)
        var podcast = podcast
        podcast.recordings[0].media = .stored(stored.key, bytes: stored.bytes)
        try await keep(podcast)
        return podcast
    }

    // MARK: Requests

    /// Posts JSON as a browser of this site does.
    func post(_ path: String, _ json: [String: Any], headers: [String: String] = [:]) async throws -> RawHTTP.Answer {
        let body = try JSONSerialization.data(withJSONObject: json)
        let own = ["Content-Type": "application/json", "Origin": "http://127.0.0.1:\(http.port)"]
        return try await http.send("POST", path, headers: own.merging(headers) { $1 }, body: body)
    }

    /// Sends a form as a browser of this site does.
    func form(_ path: String, _ body: String, headers: [String: String] = [:]) async throws -> RawHTTP.Answer {
        let own = [
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": "http://127.0.0.1:\(http.port)",
        ]
        return try await http.send("POST", path, headers: own.merging(headers) { $1 }, body: Data(body.utf8))
    }
}
