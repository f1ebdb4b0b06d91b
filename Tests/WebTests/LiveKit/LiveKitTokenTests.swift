import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1))) struct LiveKitTokenTests {
    @Test func `a listener's token says in so many words that they may not be heard`() async throws {
        try await SoundClub.run { club async throws in
            let answer = try await club.ask(SoundClub.anna)
            #expect(answer.status == 200)
            #expect(answer.json["room"] as? String == "show-1")
            #expect(answer.json["identity"] as? String == "member-2")
            #expect(answer.json["can_publish"] as? Bool == false)
            #expect(answer.json["client"] as? String == "/vendor/livekit-client.mjs")
            #expect((answer.json["url"] as? String)?.hasPrefix("ws://127.0.0.1:") == true)
            #expect(answer.json["expires_at"] as? String == "2026-06-01T12:10:00Z")
            let claims = try claims(answer)
            #expect(Set(claims.keys) == ["iss", "sub", "name", "nbf", "iat", "exp", "video"])
            #expect(claims["sub"] as? String == "member-2")
            #expect(claims["name"] as? String == "Person 2")
            #expect(claims["exp"] as? Int == 1_780_315_800)
            let grants = try #require(claims["video"] as? [String: Any])
            #expect(Set(grants.keys) == ["roomJoin", "room", "canPublish", "canPublishData", "canSubscribe"])
            #expect(grants["roomJoin"] as? Bool == true)
            #expect(grants["room"] as? String == "show-1")
            #expect(grants["canPublish"] as? Bool == false)
            #expect(grants["canPublishData"] as? Bool == false)
            #expect(grants["canSubscribe"] as? Bool == true)
        }
    }

    @Test func `who is on stage may use the microphone and nothing else`() async throws {
        try await SoundClub.run { club async throws in
            try await club.enter(SoundClub.anna)
            try await club.promote(SoundClub.anna)
            let answer = try await club.ask(SoundClub.anna, user: "member-2")
            #expect(answer.json["can_publish"] as? Bool == true)
            let grants = try #require(try claims(answer)["video"] as? [String: Any])
            #expect(grants["canPublish"] as? Bool == true)
            #expect(grants["canPublishSources"] as? [String] == ["microphone"])
            #expect(grants["canPublishData"] as? Bool == false)
            #expect(grants["roomCreate"] == nil)
            #expect(grants["roomAdmin"] == nil)
        }
    }

    @Test func `nobody gets a token in another's name`() async throws {
        try await SoundClub.run { club async throws in
            let answer = try await club.ask(SoundClub.anna, user: "member-1")
            #expect(answer.status == 403)
            #expect(answer.errorCode == "other_user")
        }
    }

    @Test func `strangers get no token`() async throws {
        try await SoundClub.run { club async throws in
            let path = "/api/live-sessions/livekit/token"
            let answer = try await club.web.post(path, ["session_id": "show-1"])
            #expect(answer.status == 401)
            let left = Fixtures.member(9, membership: .left)
            let headers = try await club.web.signedIn(Fixtures.member(9))
            try await club.web.keep(left)
            let refused = try await club.web.post(path, ["session_id": "show-1"], headers: headers)
            #expect([401, 403].contains(refused.status))
            #expect(refused.json["token"] == nil)
        }
    }

    @Test func `a show that has not begun has no sound`() async throws {
        try await SoundClub.run { club async throws in
            try await club.web.keep(Fixtures.show(2, status: .scheduled, host: 3))
            let answer = try await club.ask(SoundClub.anna, session: "show-2")
            #expect(answer.status == 409)
            #expect(answer.errorCode == "show_not_begun")
        }
    }

    @Test func `a show that is over has no sound`() async throws {
        try await SoundClub.run { club async throws in
            try await club.end()
            let answer = try await club.ask(SoundClub.anna)
            #expect(answer.status == 410)
            #expect(answer.errorCode == "show_ended")
        }
    }

    @Test func `a show that does not exist is not found`() async throws {
        try await SoundClub.run { club async throws in
            #expect(try await club.ask(SoundClub.anna, session: "nowhere").errorCode == "not_found")
        }
    }

    @Test func `who was removed from the room gets no token`() async throws {
        try await SoundClub.run { club async throws in
            try await club.enter(SoundClub.anna)
            try await club.perform(.kick(SoundClub.anna.id), by: SoundClub.host)
            let answer = try await club.ask(SoundClub.anna)
            #expect(answer.status == 403)
            #expect(answer.errorCode == "removed_from_room")
        }
    }

    @Test func `a club without LiveKit says so`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1))
            let path = "/api/live-sessions/livekit/token"
            let answer = try await club.post(path, ["session_id": "show-1"], headers: headers)
            #expect(answer.status == 503)
            #expect(answer.errorCode == "livekit_not_configured")
            #expect(try await club.http.send("GET", "/vendor/livekit-client.mjs").errorCode == "livekit_not_configured")
            let page = try await club.http.send("GET", "/login")
            #expect(page["content-security-policy"]?.contains("connect-src") == false)
            #expect(page["permissions-policy"]?.contains("microphone=()") == true)
        }
    }

    @Test func `pages may connect to LiveKit and use the microphone where there is sound`() async throws {
        try await SoundClub.run { club async throws in
            let page = try await club.web.http.send("GET", "/login")
            let origins = club.club.server.origins
            #expect(origins.count == 2)
            let policy = try #require(page["content-security-policy"])
            #expect(policy.contains("connect-src 'self' \(origins[0]) \(origins[1])"))
            #expect(page["permissions-policy"]?.contains("microphone=(self)") == true)
        }
    }

    private func claims(_ answer: RawHTTP.Answer) throws -> [String: Any] {
        let token = try #require(answer.json["token"] as? String)
        return try #require(LiveKitStandIn.jwt.claims(in: token, now: Fixtures.start))
    }
}
