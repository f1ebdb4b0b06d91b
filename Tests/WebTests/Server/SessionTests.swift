import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct SessionTests {
    @Test func `a session is good as a cookie and as a Bearer token`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            let token = try #require(headers["Cookie"]).replacing("fomo=", with: "")
            let bearer = try await club.http.send("GET", "/api/auth/me", headers: ["Authorization": "Bearer \(token)"])
            #expect(bearer.status == 200)
            #expect((bearer.json["session"] as? [String: Any])?["is_current"] as? Bool == true)
            for authorization in ["Basic \(token)", "Bearer", "Bearer x", token] {
                let answer = try await club.http.send("GET", "/api/auth/me", headers: ["Authorization": authorization])
                #expect(answer.status == 401)
                #expect(answer["www-authenticate"] == "Bearer")
            }
        }
    }

    @Test func `signing out ends this session at once and forgets the cookie`() async throws {
        try await WebClub.run { club in
            let here = try await club.signedIn(Fixtures.member())
            let there = try await club.signedIn(Fixtures.member())
            let answer = try await club.http.send("POST", "/api/auth/logout", headers: here)
            #expect(answer.status == 204)
            #expect(answer["set-cookie"]?.hasPrefix("fomo=; Max-Age=0") == true)
            #expect(try await club.http.send("GET", "/api/auth/me", headers: here).status == 401)
            #expect(try await club.http.send("GET", "/api/auth/me", headers: there).status == 200)
        }
    }

    @Test func `signing out everywhere ends all sessions of the member and nobody else's`() async throws {
        try await WebClub.run { club in
            let here = try await club.signedIn(Fixtures.member(1))
            let there = try await club.signedIn(Fixtures.member(1))
            let other = try await club.signedIn(Fixtures.member(2))
            #expect(try await club.http.send("POST", "/api/auth/logout-everywhere", headers: here).status == 204)
            for headers in [here, there] {
                #expect(try await club.http.send("GET", "/api/auth/me", headers: headers).status == 401)
            }
            #expect(try await club.http.send("GET", "/api/auth/me", headers: other).status == 200)
        }
    }

    @Test func `a member sees where they are signed in, and that only`() async throws {
        try await WebClub.run { club in
            let here = try await club.signedIn(Fixtures.member(1))
            club.clock.advance(by: .seconds(60))
            _ = try await club.signedIn(Fixtures.member(1))
            _ = try await club.signedIn(Fixtures.member(2))
            let answer = try await club.http.send("GET", "/api/auth/sessions", headers: here)
            let items = try #require(answer.json["items"] as? [[String: Any]])
            #expect(items.map { $0["is_current"] as? Bool } == [false, true])
            #expect(items.map { $0["created_at"] as? String } == ["2026-06-01T12:01:00Z", "2026-06-01T12:00:00Z"])
            #expect(answer.json["next_cursor"] is NSNull)
            #expect(Set(items[0].keys) == ["way", "device", "created_at", "expires_at", "is_current"])
        }
    }

    @Test func `a session ends by itself after thirty days`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            club.clock.advance(by: AuthSession.lifetime - .seconds(1))
            #expect(try await club.http.send("GET", "/api/auth/me", headers: headers).status == 200)
            club.clock.advance(by: .seconds(1))
            #expect(try await club.http.send("GET", "/api/auth/me", headers: headers).status == 401)
        }
    }

    @Test func `pages sign out by form, here or everywhere`() async throws {
        try await WebClub.run { club in
            let here = try await club.signedIn(Fixtures.member())
            let there = try await club.signedIn(Fixtures.member())
            let answer = try await club.form("/logout", "", headers: here)
            #expect(answer.status == 303)
            #expect(answer["location"] == "/login")
            #expect(try await club.http.send("GET", "/api/auth/me", headers: here).status == 401)
            let third = try await club.signedIn(Fixtures.member())
            #expect(try await club.form("/logout", "everywhere=1", headers: third).status == 303)
            #expect(try await club.http.send("GET", "/api/auth/me", headers: there).status == 401)
        }
    }
}
