import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Web

/// A live show with somebody who was invited onto its stage.
struct SpeakStage {
    let show: LiveSession
    let host: Member
    let member: Member
    /// Of the link.
    let secret: String

    var path: String { "/live/\(show.id)/speak/\(secret)" }

    init(_ club: WebClub) async throws {
        show = Fixtures.show(1, title: "Evening <talk>", status: .live, host: 2, startsAt: club.clock.now)
        host = Fixtures.member(2, role: .host)
        member = Fixtures.member(3)
        for person in [host, member] { try await club.keep(person) }
        try await club.keep(show)
        let rooms = club.rooms
        let actor = RoomActor(RoomPerson(member), by: .messenger)
        try await rooms.perform(.raiseHand(topic: nil), by: actor, in: show.id)
        try await rooms.perform(.nextHand, by: RoomActor(RoomPerson(host)), in: show.id)
        secret = try await Self.links(club)
            .issue(for: member.id, in: show.id, until: club.clock.now.addingTimeInterval(60))
    }

    static func links(_ club: WebClub) -> SpeakLinks {
        SpeakLinks(store: club.store, clock: club.clock, ids: Fixtures.ids(seed: 77), hasher: .sha256)
    }

    func place(_ club: WebClub) async throws -> RoomSnapshot.Place {
        try await club.rooms.snapshot(of: show.id, for: RoomPerson(member)).you.place
    }
}

extension RawHTTP.Answer {
    /// The first cookie of an answer, as a browser sends it back.
    func pass() throws -> String {
        let cookie = try #require(self["set-cookie"])
        return String(try #require(cookie.split(separator: ";").first))
    }
}

extension WebClub {
    /// Whose pass for a show a cookie is.
    func bearer(of cookie: String, in session: LiveSessionID) async throws -> Member? {
        var head = HTTPRequest(method: .get, scheme: "http", authority: "club.test", path: "/")
        head.headerFields[.cookie] = cookie
        return try await passes().bearer(in: head, of: session)?.member
    }

    /// As the server checks them.
    func passes() throws -> RoomPasses {
        RoomPasses(
            key: try SigningKeys(Self.sessionKey).rooms,
            isSecure: false,
            directory: MemberDirectory(store: store, clock: clock, ids: Fixtures.ids()),
            shows: shows,
            clock: clock
        )
    }
}
