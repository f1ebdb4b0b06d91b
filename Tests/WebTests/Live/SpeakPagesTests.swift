import Crypto
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Web

/// The one-time way from the bot onto a stage, and the pass that it gives.
@Suite struct SpeakPagesTests {
    /// A live show with somebody who was invited onto its stage.
    private struct Stage {
        let show: LiveSession
        let host: Member
        let member: Member
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

    /// The pass in an answer, as a browser sends it back.
    private func pass(_ answer: RawHTTP.Answer) throws -> String {
        let cookie = try #require(answer["set-cookie"])
        return String(try #require(cookie.split(separator: ";").first))
    }

    private func member(_ cookie: String, of session: LiveSessionID, _ club: WebClub) async throws -> Member? {
        var head = HTTPRequest(method: .get, scheme: "http", authority: "club.test", path: "/")
        head.headerFields[.cookie] = cookie
        return try await club.passes().bearer(in: head, of: session)?.member
    }

    @Test func `looking at a link changes nothing, however often a messenger does`() async throws {
        try await WebClub.run { club in
            let stage = try await Stage(club)
            for _ in 1...3 {
                let page = try await club.http.send("GET", stage.path)
                #expect(page.status == 200)
                #expect(page.text.contains("Evening &lt;talk&gt;"))
                #expect(page.text.contains("action=\"\(stage.path)\""))
                #expect(page["set-cookie"] == nil)
                #expect(page["cache-control"] == "no-store")
            }
            guard case .invited = try await stage.place(club) else {
                Issue.record("the invitation is gone")
                return
            }
        }
    }

    @Test func `the button accepts the invitation and leads into the room, with a pass for it alone`() async throws {
        try await WebClub.run { club in
            let stage = try await Stage(club)
            let answer = try await club.form(stage.path, "")
            #expect(answer.status == 303)
            #expect(answer["location"] == "/live/\(stage.show.id)")
            #expect(try await stage.place(club) == .stage)

            let cookie = try #require(answer["set-cookie"])
            #expect(cookie.contains("; HttpOnly"))
            #expect(cookie.contains("; SameSite=Lax"))
            #expect(cookie.contains("; Max-Age=43200"))
            let pass = try pass(answer)
            #expect(try await member(pass, of: stage.show.id, club)?.id == stage.member.id)
            #expect(try await member(pass, of: LiveSessionID(rawValue: "show-2"), club) == nil)
            let renamed = pass.replacing("room-show-1", with: "room-show-2")
            try await club.keep(Fixtures.show(2, status: .live, host: 4))
            #expect(try await member(renamed, of: LiveSessionID(rawValue: "show-2"), club) == nil)
            #expect(try await club.http.send("GET", "/api/auth/me", headers: ["Cookie": pass]).status == 401)
        }
    }

    @Test func `a link works once`() async throws {
        try await WebClub.run { club in
            let stage = try await Stage(club)
            #expect(try await club.form(stage.path, "").status == 303)
            #expect(try await club.form(stage.path, "").status == 410)
            #expect(try await club.http.send("GET", stage.path).status == 410)
        }
    }

    @Test func `who comes after the invitation has ended comes into the room as a listener`() async throws {
        try await WebClub.run { club in
            let stage = try await Stage(club)
            club.clock.advance(by: .seconds(75))
            let answer = try await club.form(stage.path, "")
            #expect(answer.status == 303)
            #expect(try await stage.place(club) == .audience)
            #expect(try await member(pass(answer), of: stage.show.id, club)?.id == stage.member.id)
        }
    }

    @Test func `where the invitation cannot be accepted now, the spent link leads into the room all the same`()
        async throws
    {
        try await WebClub.run { club in
            let stage = try await Stage(club)
            await club.rooms.close()
            let answer = try await club.form(stage.path, "")
            #expect(answer.status == 303)
            #expect(answer["location"] == "/live/show-1")
            #expect(try await member(pass(answer), of: stage.show.id, club)?.id == stage.member.id)
        }
    }

    @Test func `who was removed gets no pass`() async throws {
        try await WebClub.run { club in
            let stage = try await Stage(club)
            try await club.rooms.perform(
                .kick(stage.member.id),
                by: RoomActor(RoomPerson(stage.host)),
                in: stage.show.id
            )
            let answer = try await club.form(stage.path, "")
            #expect(answer.status == 403)
            #expect(answer["set-cookie"] == nil)
        }
    }

    @Test(arguments: [
        "/live/show-2/speak/{secret}", "/live/show-1/speak/0123456789abcdefghjkmnpqrs", "/live/show-1/speak/x",
        "/live/SHOW/speak/{secret}",
    ])
    func `another show's, unknown and broken links say that they do not work`(path: String) async throws {
        try await WebClub.run { club in
            let stage = try await Stage(club)
            let path = path.replacing("{secret}", with: stage.secret)
            #expect(try await club.http.send("GET", path).status == 410)
            #expect(try await club.form(path, "").status == 410)
            guard case .invited = try await stage.place(club) else {
                Issue.record("the invitation is gone")
                return
            }
        }
    }

    @Test func `another site cannot press the button`() async throws {
        try await WebClub.run { club in
            let stage = try await Stage(club)
            let foreign = try await club.form(stage.path, "", headers: ["Origin": "https://evil.example"])
            #expect(foreign.status == 403)
            #expect(try await Stage.links(club).isGood(stage.secret, in: stage.show.id))
        }
    }

    @Test func `a pass ends with the membership, with the show, and with its time`() async throws {
        try await WebClub.run { club in
            let stage = try await Stage(club)
            let pass = try pass(try await club.form(stage.path, ""))
            var banned = stage.member
            banned.membership = .banned
            try await club.keep(banned)
            #expect(try await member(pass, of: stage.show.id, club) == nil)
            try await club.keep(stage.member)
            #expect(try await member(pass, of: stage.show.id, club)?.id == stage.member.id)

            try await club.keep(Fixtures.show(1, status: .ended, host: 2, startsAt: club.clock.now))
            #expect(try await member(pass, of: stage.show.id, club) == nil)
            try await club.keep(stage.show)
            club.clock.advance(by: RoomPasses.lifetime)
            #expect(try await member(pass, of: stage.show.id, club) == nil)
        }
    }

    @Test func `signing out takes the passes from the browser`() async throws {
        try await WebClub.run { club in
            let stage = try await Stage(club)
            let pass = try pass(try await club.form(stage.path, ""))
            for path in ["/logout", "/api/auth/logout", "/api/auth/logout-everywhere"] {
                var headers = try await club.signedIn(stage.member)
                headers["Cookie", default: ""] += "; other=1; \(pass)"
                let answer = try await club.form(path, "", headers: headers)
                let cleared = answer.all("set-cookie").filter { $0.hasPrefix("fomo-room-") }
                #expect(cleared == ["fomo-room-show-1=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax"])
            }
        }
    }

    @Test func `signing out everywhere closes the room that a pass has opened`() async throws {
        try await WebClub.run { club in
            let stage = try await Stage(club)
            let pass = try pass(try await club.form(stage.path, ""))
            let client = try await club.entered(["Cookie": pass, "Origin": "http://127.0.0.1:\(club.http.port)"])
            let watch = RoomWatch(
                sockets: club.sockets,
                rooms: club.rooms,
                store: club.store,
                clock: club.clock,
                logger: club.logger
            )
            await watch.look()
            try await client.send(["type": "ping"])
            _ = try await client.untilPong()
            club.clock.advance(by: .seconds(1))
            let headers = try await club.signedIn(stage.member)
            #expect(try await club.post("/api/auth/logout-everywhere", [:], headers: headers).status == 204)
            await watch.look()
            #expect(try await client.closeCode() == SocketCloseCode.removed.rawValue)
        }
    }

    @Test func `signing out everywhere ends the passes of before, and none that is given later`() async throws {
        try await WebClub.run { club in
            let stage = try await Stage(club)
            let before = try pass(try await club.form(stage.path, ""))
            club.clock.advance(by: .seconds(1))
            let headers = try await club.signedIn(stage.member)
            let answer = try await club.http.send("POST", "/api/auth/logout-everywhere", headers: headers)
            #expect(answer.status == 204)
            #expect(try await member(before, of: stage.show.id, club) == nil)
            club.clock.advance(by: .seconds(1))
            let after = try club.passes().setting(stage.member.id, in: stage.show.id)
            #expect(try await member(after, of: stage.show.id, club)?.id == stage.member.id)
        }
    }

    @Test func `a pass that was changed is none`() async throws {
        try await WebClub.run { club in
            let stage = try await Stage(club)
            let pass = try pass(try await club.form(stage.path, ""))
            let host = pass.replacing(stage.member.id.rawValue, with: stage.host.id.rawValue)
            for broken in [host, pass + "A", String(pass.dropLast()), "fomo-room-show-1=", "fomo-room-show-1=a.b.c"] {
                #expect(try await member(broken, of: stage.show.id, club) == nil)
            }
            let other = RoomPasses(
                key: SymmetricKey(size: .bits256),
                isSecure: false,
                directory: MemberDirectory(store: club.store, clock: club.clock, ids: Fixtures.ids()),
                shows: club.shows,
                clock: club.clock
            )
            let cookie = other.setting(stage.member.id, in: stage.show.id)
            let forged = String(try #require(cookie.split(separator: ";").first))
            #expect(try await member(forged, of: stage.show.id, club) == nil)
        }
    }
}

extension WebClub {
    /// As the server checks them.
    fileprivate func passes() throws -> RoomPasses {
        RoomPasses(
            key: try SigningKeys(Self.sessionKey).rooms,
            isSecure: false,
            directory: MemberDirectory(store: store, clock: clock, ids: Fixtures.ids()),
            shows: shows,
            clock: clock
        )
    }
}
