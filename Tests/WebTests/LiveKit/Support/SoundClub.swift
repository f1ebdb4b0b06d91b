import Domain
import Foundation
import HTTPClient
import Logging
import Synchronization
import TestSupport

@testable import Web

/// A club whose shows have sound, on a made-up LiveKit server.
///
/// Member 1 hosts `show-1`, which is live; members 2 and 3 listen.
struct SoundClub: Sendable {
    static let session = LiveSessionID(rawValue: "show-1")
    static let host = Fixtures.member(1, role: .host)
    static let anna = Fixtures.member(2)
    static let boris = Fixtures.member(3)
    static let script = Data("export const Room = class {};".utf8)

    /// What is made while the web is put together.
    private struct Parts: Sendable {
        let sound: RoomSound
        let club: ClubSound
        let rooms: LiveRooms
    }

    let web: WebClub
    let liveKit: LiveKitStandIn
    let sound: RoomSound
    let club: ClubSound
    let rooms: LiveRooms

    var clock: ManualClock { web.clock }

    /// Starts both servers, runs `body` while LiveKit is told what happens in rooms, and stops them.
    static func run(_ body: @escaping @Sendable (SoundClub) async throws -> Void) async throws {
        let liveKit = LiveKitStandIn()
        let http = try HTTPClient()
        let folder = FileManager.default.temporaryDirectory.appending(path: "sound-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await liveKit.run { port in
            let made = Mutex<Parts?>(nil)
            try await WebClub.run(
                sound: { store, clock, directory in
                    liveKit.follow(clock)
                    let parts = parts(store, clock, directory, port: port, folder: folder, http: http)
                    made.withLock { $0 = parts }
                    return parts?.club
                }
            ) { web in
                guard let parts = made.withLock({ $0 }) else { throw CocoaError(.coderInvalidValue) }
                let club = SoundClub(
                    web: web,
                    liveKit: liveKit,
                    sound: parts.sound,
                    club: parts.club,
                    rooms: parts.rooms
                )
                try await club.begin()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await parts.sound.run() }
                    try await body(club)
                    group.cancelAll()
                }
                await parts.rooms.close()
            }
        }
        await http.shutdown()
    }

    private static func parts(
        _ store: MemoryClubStore,
        _ clock: ManualClock,
        _ directory: MemberDirectory,
        port: Int,
        folder: URL,
        http: HTTPClient
    ) -> Parts? {
        let jwt = LiveKitStandIn.jwt
        guard let address = URL(string: "http://127.0.0.1:\(port)"),
            let server = LiveKitServer(address: address, key: jwt.key, secret: jwt.secret)
        else { return nil }
        let logger = Logger(label: "sound-tests") { _ in SwiftLogNoOpLogHandler() }
        let sound = RoomSound(server, http: http, clock: clock, logger: logger)
        let rooms = LiveRooms(
            store: store,
            shows: StoredShows(store: store),
            clock: clock,
            ids: Fixtures.ids(seed: 7),
            audiences: [sound]
        )
        let script = LiveKitScript(address: address, folder: folder, http: http, clock: clock, logger: logger)
        let club = ClubSound(
            sound,
            rooms: rooms,
            directory: directory,
            script: script,
            clock: clock,
            logger: logger
        )
        return Parts(sound: sound, club: club, rooms: rooms)
    }

    private func begin() async throws {
        for member in [Self.host, Self.anna, Self.boris] { try await web.keep(member) }
        try await web.keep(Fixtures.show(status: .live))
        try await rooms.follow(Self.session)
    }

    // MARK: What people do

    static func actor(_ member: Member) -> RoomActor { RoomActor(RoomPerson(member)) }

    @discardableResult
    func perform(_ command: RoomCommand, by member: Member) async throws -> RoomAnswer {
        try await rooms.perform(command, by: Self.actor(member), in: Self.session)
    }

    /// Comes into the room by a page.
    func enter(_ member: Member) async throws {
        let connection = ConnectionID(rawValue: "page of \(member.id)")
        try await rooms.enter(connection, .browser, by: Self.actor(member), in: Self.session)
    }

    /// Brings somebody onto the stage.
    func promote(_ member: Member) async throws {
        try await perform(.promote(member.id), by: Self.host)
        try await perform(.acceptInvite, by: member)
    }

    /// The show ends.
    func end() async throws {
        try await web.keep(Fixtures.show(status: .ended))
        try await rooms.follow(Self.session)
    }

    func room() async throws -> RoomSnapshot {
        try await rooms.snapshot(of: Self.session, for: RoomPerson(Self.host))
    }

    /// Asks for a token as the page does.
    func ask(
        _ member: Member,
        session: String = Self.session.rawValue,
        user: String? = nil
    ) async throws -> RawHTTP.Answer {
        let headers = try await web.signedIn(member)
        var json = ["session_id": session]
        json["user_id"] = user
        return try await web.post("/api/live-sessions/livekit/token", json, headers: headers)
    }

    func token(_ member: Member) async throws -> String {
        try await ask(member).json["token"] as? String ?? ""
    }

    /// Comes into the sound, and the club is told.
    @discardableResult
    func join(_ member: Member, token: String? = nil) async throws -> String {
        let token = if let token { token } else { try await self.token(member) }
        try liveKit.join(token)
        try await liveKit.deliver(to: web.http)
        return token
    }

    func isHere(_ member: Member) -> Bool { person(member) != nil }

    func person(_ member: Member) -> LiveKitWorld.Participant? { liveKit.world.person(member) }
}

extension LiveKitWorld {
    /// Somebody in the sound of the show.
    func person(_ member: Member) -> Participant? {
        participant(member.id.rawValue, in: SoundClub.session.rawValue)
    }
}

/// The shows of a store, as rooms see them.
private struct StoredShows: RoomShows {
    let store: MemoryClubStore

    func show(_ id: LiveSessionID) async throws(ChangeFailure) -> RoomShow? {
        let show: LiveSession?
        do throws(StoreError) {
            show = try await store.liveSessions.find(.id(id))
        } catch {
            throw .store(error)
        }
        guard let show else { return nil }
        let phase: RoomShow.Phase =
            switch show.status {
            case .scheduled: .waiting
            case .live: .live
            case .ended, .recorded, .cancelled: .over
            }
        return RoomShow(phase: phase, crew: RoomCrew(host: show.host, coHosts: show.coHosts), hands: show.handPolicy)
    }

    func endSilent(_ id: LiveSessionID) async throws(ChangeFailure) {}
}
