import Domain
import Foundation
import NIOCore
import TestSupport
import Testing

@testable import Web

/// Who is let into a room, and what the others are told.
@Suite(.timeLimit(.minutes(2)))
struct RoomDoorTests {
    @Test(arguments: [
        ("device=audio", 400, "invalid_field"), ("device=fridge", 400, "invalid_field"),
        ("since=-1&epoch=x", 400, "invalid_field"), ("since=ten&epoch=x", 400, "invalid_field"),
        ("user_id=member-1", 403, "other_user"), ("a=%zz", 400, "malformed_query"),
        ("ticket=made-up", 401, "not_signed_in"),
    ])
    func `what the query says has to make sense and be true`(query: String, status: Int, code: String) async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let (_, answer) = try await club.knock(headers[1], query)
            #expect(answer.status == status && answer.body.contains("\"\(code)\""), "\(answer.body)")
            #expect(answer.headers["x-content-type-options"] == "nosniff" && answer.headers["connection"] == "close")
        }
    }

    @Test func `role and username of the query are not looked at`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let client = try await club.enter(headers[1], "user_id=member-2&username=boss&role=host&device=phone")
            #expect(try await client.next().you["role"] as? String == "member")
        }
    }

    @Test func `strangers, former members, pages of other sites and shows that are not there are refused`() async throws
    {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let (_, stranger) = try await club.knock([:])
            #expect(stranger.status == 401 && stranger.headers["www-authenticate"] == "Bearer")
            let (_, foreign) = try await club.knock(headers[1].merging(["Origin": "https://evil.example"]) { $1 })
            #expect(foreign.status == 403 && foreign.body.contains("foreign_origin"))
            let (_, nowhere) = try await club.knock(headers[1], show: "show-9")
            #expect(nowhere.status == 404)
            try await club.keep(Fixtures.member(2, membership: .left))
            let (_, left) = try await club.knock(headers[1])
            #expect(left.status == 403 && left.body.contains("not_a_member"))
        }
    }

    @Test func `a plain request at the address of a socket is told what it is for`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let answer = try await club.http.send("GET", RoomClient.path("show-1"), headers: headers[1])
            #expect(answer.status == 426 && answer["sec-websocket-version"] == "13")
        }
    }

    @Test func `one member has so many sockets, and one address`() async throws {
        try await WebClub.run(limits: RoomSockets.Limits(perMember: 2, perAddress: 3)) { club in
            let headers = try await club.liveShow()
            let first = try await club.entered(headers[1])
            let second = try await club.entered(headers[1])
            let (_, third) = try await club.knock(headers[1])
            #expect(third.status == 429 && third.body.contains("too_many_sockets"))
            let why = try await club.http.send("GET", "/api/live-sessions/room/show-1/state", headers: headers[1])
            #expect(why.status == 429 && why.errorCode == "too_many_sockets")
            let other = try await club.http.send("GET", "/api/live-sessions/room/show-1/state", headers: headers[2])
            #expect(other.status == 200)
            _ = try await club.entered(headers[2])
            let (_, fourth) = try await club.knock(headers[0])
            #expect(fourth.status == 429)
            try await first.wire.send(WireClient.close(1000))
            try await first.wire.hasEnded()
            try await second.drop()
        }
    }

    @Test func `who opens and closes sockets all the time has to wait, and nobody else`() async throws {
        try await WebClub.run(limits: RoomSockets.Limits(perMember: 100, perAddress: 200)) { club in
            let headers = try await club.liveShow()
            var refused: WireClient.Answer?
            for _ in 1...200 where refused == nil {
                let (wire, answer) = try await club.knock(headers[1])
                if answer.status == 429, answer.body.contains("too_many_requests") { refused = answer }
                // Where it was refused, the server may have closed it already.
                try? await wire.channel.close().get()
            }
            #expect(refused?.headers["retry-after"] == "1")
            _ = try await club.entered(headers[2])
            club.clock.advance(by: .seconds(5))
            _ = try await club.entered(headers[1])
        }
    }

    @Test func `a ticket lets in once, for one show, within a minute`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            try await club.keep(Fixtures.show(2))
            let issue = { () async throws -> String in
                let path = "/api/live-sessions/ws-ticket"
                let answer = try await club.post(path, ["session_id": "show-1"], headers: headers[1])
                #expect(answer.status == 201)
                return try #require(answer.json["ticket"] as? String)
            }
            let ticket = try await issue()
            let client = try await club.enter([:], "ticket=\(ticket)")
            #expect(try await client.next().you["user_id"] as? String == "member-2")
            #expect(try await club.knock([:], "ticket=\(ticket)").1.status == 401)
            let other = try await issue()
            #expect(try await club.knock([:], show: "show-2", "ticket=\(other)").1.status == 401)
            let old = try await issue()
            club.clock.advance(by: .seconds(60))
            #expect(try await club.knock([:], "ticket=\(old)").1.status == 401)
        }
    }

    @Test func `a member's tickets are few, the oldest makes room`() throws {
        let clock = ManualClock()
        let tickets = RoomTickets(hasher: .sha256, clock: clock, ids: Fixtures.ids())
        let member = Fixtures.member(2)
        let session = AuthSession(
            id: AuthSessionID(rawValue: "a"),
            memberID: member.id,
            way: .link,
            device: "d",
            now: clock.now
        )
        let asker = SignedIn(session: session, member: member)
        let issued = (0...RoomTickets.perMember).map { _ in tickets.issue(to: asker, for: Fixtures.roomShow).ticket }
        #expect(tickets.redeem(issued[0], for: Fixtures.roomShow) == nil)
        #expect(tickets.redeem(issued[1], for: Fixtures.roomShow) == session.id)
    }

    @Test func `the room's state is told to those who may come in, without taking a place`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let path = "/api/live-sessions/room/show-1/state"
            let answer = try await club.http.send("GET", path, headers: headers[1])
            #expect(answer.status == 200 && answer.json["type"] as? String == "room_state")
            #expect((answer.json["stats"] as? [String: Any])?["present"] as? Int == 0)
            #expect(try await club.http.send("GET", path).status == 401)
            try await club.keep(Fixtures.show(2, status: .ended))
            let ended = try await club.http.send(
                "GET",
                path.replacing("show-1", with: "show-2"),
                headers: headers[1]
            )
            #expect(ended.status == 410 && ended.errorCode == "show_ended")
        }
    }
}
