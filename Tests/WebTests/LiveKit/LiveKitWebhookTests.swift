import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1))) struct LiveKitWebhookTests {
    static let path = "/api/live-sessions/livekit/webhook"

    @Test func `who is in the sound is in the room, until they leave it`() async throws {
        try await SoundClub.run { club async throws in
            try await club.join(SoundClub.anna)
            #expect(try await club.room().stats.present == 1)
            club.liveKit.leave(SoundClub.anna.id, in: SoundClub.session)
            #expect(try await club.liveKit.deliver(to: club.web.http) == [204])
            club.clock.advance(by: .seconds(91))
            _ = try await club.room()
            #expect(try await club.room().stats.present == 0)
        }
    }

    @Test func `a second device takes the sound over, and the member stays in the room`() async throws {
        try await SoundClub.run { club async throws in
            let token = try await club.join(SoundClub.anna)
            let first = try #require(club.person(SoundClub.anna)?.sid)
            try await club.join(SoundClub.anna, token: token)
            #expect(club.person(SoundClub.anna)?.sid != first)
            #expect(club.club.connections.all(of: SoundClub.session).count == 1)
            club.clock.advance(by: .seconds(91))
            #expect(try await club.room().stats.present == 1)
        }
    }

    @Test func `a published microphone is heard in the room`() async throws {
        try await SoundClub.run { club async throws in
            try await club.enter(SoundClub.anna)
            try await club.promote(SoundClub.anna)
            try await club.join(SoundClub.anna)
            #expect(club.liveKit.publish(SoundClub.anna.id, in: SoundClub.session))
            try await club.liveKit.deliver(to: club.web.http)
            #expect(try await club.room().voices == [SoundClub.anna.id])
            try await club.perform(.leaveStage, by: SoundClub.anna)
            await club.liveKit.until { $0.person(SoundClub.anna)?.tracks == [] }
            try await club.liveKit.deliver(to: club.web.http)
            #expect(try await club.room().voices == [])
        }
    }

    @Test func `a microphone that is published muted is not heard`() async throws {
        try await SoundClub.run { club async throws in
            try await club.enter(SoundClub.anna)
            try await club.promote(SoundClub.anna)
            try await club.join(SoundClub.anna)
            #expect(club.liveKit.publish(SoundClub.anna.id, in: SoundClub.session, isMuted: true))
            try await club.liveKit.deliver(to: club.web.http)
            #expect(try await club.room().voices == [])
        }
    }

    @Test func `who was removed and comes in again with the old token is taken out again`() async throws {
        try await SoundClub.run { club async throws in
            let token = try await club.join(SoundClub.anna)
            try await club.perform(.kick(SoundClub.anna.id), by: SoundClub.host)
            await club.liveKit.until { $0.person(SoundClub.anna) == nil }
            try club.liveKit.join(token)
            #expect(club.isHere(SoundClub.anna))
            try await club.liveKit.deliver(to: club.web.http)
            await club.liveKit.until { $0.person(SoundClub.anna) == nil }
            #expect(club.club.connections.all(of: SoundClub.session).isEmpty)
        }
    }

    @Test func `who has left the club is taken out`() async throws {
        try await SoundClub.run { club async throws in
            let token = try await club.token(SoundClub.anna)
            try await club.web.keep(Fixtures.member(2, membership: .left))
            try await club.join(SoundClub.anna, token: token)
            await club.liveKit.until { world in world.calls.contains { $0.method == "RemoveParticipant" } }
        }
    }

    @Test func `a token of before does not let anybody speak who left the stage`() async throws {
        try await SoundClub.run { club async throws in
            try await club.enter(SoundClub.anna)
            try await club.promote(SoundClub.anna)
            let token = try await club.token(SoundClub.anna)
            try await club.perform(.leaveStage, by: SoundClub.anna)
            try await club.join(SoundClub.anna, token: token)
            await club.liveKit.until { $0.person(SoundClub.anna)?.canPublish == false }
        }
    }

    @Test func `rooms of others and LiveKit's own helpers are left as they are`() async throws {
        try await SoundClub.run { club async throws in
            club.liveKit.change { world in
                var stranger = LiveKitWorld.Participant(
                    sid: "PA_x",
                    identity: "x",
                    name: "",
                    canPublish: true,
                    canPublishData: true,
                    sources: []
                )
                world.enter(stranger, "another program's")
                stranger.kind = "EGRESS"
                world.enter(stranger, "show-1")
            }
            #expect(try await club.liveKit.deliver(to: club.web.http) == [204, 204])
            #expect(!club.liveKit.world.calls.contains { $0.method == "RemoveParticipant" })
            #expect(try await club.room().stats.present == 0)
        }
    }

    @Test func `a webhook that comes twice counts once`() async throws {
        try await SoundClub.run { club async throws in
            try club.liveKit.join(try await club.token(SoundClub.anna))
            let joined = try #require(club.liveKit.world.outgoing.first)
            #expect(try await club.liveKit.deliver(to: club.web.http) == [204])
            club.liveKit.leave(SoundClub.anna.id, in: SoundClub.session)
            try await club.liveKit.deliver(to: club.web.http)
            #expect(try await club.liveKit.send(joined.body, to: club.web.http).status == 204)
            #expect(club.club.connections.all(of: SoundClub.session).isEmpty)
        }
    }

    @Test func `a webhook that could not be stored is told again and then counts`() async throws {
        try await SoundClub.run { club async throws in
            try club.liveKit.join(try await club.token(SoundClub.anna))
            let joined = try #require(club.liveKit.world.outgoing.first)
            club.web.store.setOutage(.unavailable(source: "test", code: 1))
            #expect(try await club.liveKit.deliver(to: club.web.http) == [503])
            club.web.store.setOutage(nil)
            #expect(try await club.liveKit.send(joined.body, to: club.web.http).status == 204)
            #expect(club.club.connections.all(of: SoundClub.session).count == 1)
        }
    }

    @Test func `what LiveKit did not sign is refused`() async throws {
        try await SoundClub.run { club async throws in
            let body = Data(#"{"event":"room_started", "id":"EV_1", "room":{"name":"show-1"}}"#.utf8)
            let jwt = LiveKitStandIn.jwt
            let now = Fixtures.start
            let good = try jwt.webhook(body, now: now)
            let wrong: [String?] = [
                nil, "", "Bearer", "x.y.z", good + "x",
                try jwt.webhook(Data("another body".utf8), now: now),
                try jwt.webhook(body, now: now.addingTimeInterval(-400)),
                try jwt.webhook(body, now: now.addingTimeInterval(90)),
                try jwt.webhook(body, now: now, key: "APIother"),
                try StandInJWT(key: jwt.key, secret: "of somebody else").webhook(body, now: now),
                try jwt.sign(["iss": jwt.key, "exp": Int(now.timeIntervalSince1970) + 60]),
                try jwt.sign(["iss": jwt.key, "sha256": "x"], algorithm: "none"),
            ]
            for token in wrong {
                let answer = try await club.web.http.send(
                    "POST",
                    Self.path,
                    headers: token.map { ["Authorization": $0] } ?? [:],
                    body: body
                )
                #expect(answer.status == 401)
                #expect(answer.errorCode == "bad_signature")
            }
            let answer = try await club.web.http.send(
                "POST",
                Self.path,
                headers: ["Authorization": good],
                body: body
            )
            #expect(answer.status == 204)
        }
    }

    @Test func `a webhook within the leeway of the clocks is taken`() async throws {
        try await SoundClub.run { club async throws in
            let body = Data(#"{"event":"room_started"}"#.utf8)
            for seconds in [-355.0, 55.0] {
                let token = try LiveKitStandIn.jwt.webhook(body, now: Fixtures.start.addingTimeInterval(seconds))
                let answer = try await club.web.http.send(
                    "POST",
                    Self.path,
                    headers: ["Authorization": token],
                    body: body
                )
                #expect(answer.status == 204)
            }
        }
    }

    @Test(arguments: [
        #"{"event":"a new one", "id":"EV_1", "participant":"of another shape", "track":[], "room":{}}"#,
        #"{"event":"participant_joined", "room":{"name":"show-1"}}"#,
        #"{"event":"track_published", "room":{"name":"show-1"}, "participant":{"sid":"PA","identity":"member-2"}}"#,
        #"{"event":"egress_ended", "egressInfo":{"egressId":"EG"}, "numDropped":3}"#,
    ])
    func `what the club does not know is passed over`(body: String) async throws {
        try await SoundClub.run { club async throws in
            #expect(try await club.liveKit.send(Data(body.utf8), to: club.web.http).status == 204)
        }
    }

    @Test func `a signed body that is no event, or too large, is refused`() async throws {
        try await SoundClub.run { club async throws in
            let answer = try await club.liveKit.send(Data("[]".utf8), to: club.web.http)
            #expect(answer.status == 400)
            #expect(answer.errorCode == "malformed_body")
            let large = Data(repeating: UInt8(ascii: " "), count: 64 * 1024 + 1)
            #expect(try await club.liveKit.send(large, to: club.web.http).status == 413)
        }
    }

    @Test func `the ids of webhooks are remembered in bounded memory`() {
        let seen = SeenEvents()
        for number in 0..<(3 * SeenEvents.capacity) { #expect(seen.add("EV_\(number)")) }
        #expect(!seen.add("EV_\(3 * SeenEvents.capacity - 1)"))
        #expect(!seen.add("EV_\(2 * SeenEvents.capacity)"))
        #expect(seen.add("EV_0"))
    }
}
