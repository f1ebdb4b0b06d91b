import Crypto
import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

/// What somebody has who came by a Speak link, and what ends it.
@Suite struct RoomPassTests {
    @Test func `a pass ends with the membership, with the show, and with its time`() async throws {
        try await WebClub.run { club in
            let stage = try await SpeakStage(club)
            let pass = try await club.form(stage.path, "").pass()
            var banned = stage.member
            banned.membership = .banned
            try await club.keep(banned)
            #expect(try await club.bearer(of: pass, in: stage.show.id) == nil)
            try await club.keep(stage.member)
            #expect(try await club.bearer(of: pass, in: stage.show.id)?.id == stage.member.id)

            try await club.keep(Fixtures.show(1, status: .ended, host: 2, startsAt: club.clock.now))
            #expect(try await club.bearer(of: pass, in: stage.show.id) == nil)
            try await club.keep(stage.show)
            club.clock.advance(by: RoomPasses.lifetime)
            #expect(try await club.bearer(of: pass, in: stage.show.id) == nil)
        }
    }

    @Test func `signing out takes the passes from the browser`() async throws {
        try await WebClub.run { club in
            let stage = try await SpeakStage(club)
            let pass = try await club.form(stage.path, "").pass()
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
            let stage = try await SpeakStage(club)
            let pass = try await club.form(stage.path, "").pass()
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
            let stage = try await SpeakStage(club)
            let before = try await club.form(stage.path, "").pass()
            club.clock.advance(by: .seconds(1))
            let headers = try await club.signedIn(stage.member)
            let answer = try await club.http.send("POST", "/api/auth/logout-everywhere", headers: headers)
            #expect(answer.status == 204)
            #expect(try await club.bearer(of: before, in: stage.show.id) == nil)
            club.clock.advance(by: .seconds(1))
            let after = try club.passes().setting(stage.member.id, in: stage.show.id)
            #expect(try await club.bearer(of: after, in: stage.show.id)?.id == stage.member.id)
        }
    }

    @Test func `a pass that was changed is none`() async throws {
        try await WebClub.run { club in
            let stage = try await SpeakStage(club)
            let pass = try await club.form(stage.path, "").pass()
            let host = pass.replacing(stage.member.id.rawValue, with: stage.host.id.rawValue)
            for broken in [host, pass + "A", String(pass.dropLast()), "fomo-room-show-1=", "fomo-room-show-1=a.b.c"] {
                #expect(try await club.bearer(of: broken, in: stage.show.id) == nil)
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
            #expect(try await club.bearer(of: forged, in: stage.show.id) == nil)
        }
    }
}
