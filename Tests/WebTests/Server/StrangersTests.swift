import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Web

@Suite struct StrangersTests {
    /// What everybody may ask for. Whatever is not named here has to be closed.
    private static let open: Set<String> = [
        "/healthz", "/readyz", "/metrics", "/openapi.yaml", "/login", "/login/redeem", "/api/auth/telegram/webapp",
        "/api/auth/link", "/api/auth/link/redeem", "/api/live-sessions/livekit/webhook", "/vendor/livekit-client.mjs",
        // The link itself is what lets in.
        "/live/{id}/speak/{secret}",
    ]

    private static func isOpen(_ path: String) -> Bool {
        open.contains(path) || ["/css/", "/js/", "/icons/"].contains { path.hasPrefix($0) }
    }

    @Test func `a stranger gets nothing of the club, whatever they ask for`() async throws {
        try await WebClub.run { club in
            let podcast = try await club.keep(Fixtures.podcast(title: "A secret title"), audio: Data("secret".utf8))
            for route in club.server.routes.routes where !Self.isOpen(route.path) {
                let path = route.path.replacing("{id}", with: podcast.id.rawValue)
                let answer = try await club.http.send(route.method.rawValue, path)
                let expected = route.access == .memberPages ? 303 : 401
                #expect(answer.status == expected, "\(route.method) \(route.path)")
                #expect(!answer.text.contains("secret"), "\(route.method) \(route.path)")
            }
        }
    }

    @Test func `a page sends a stranger to sign in, and knows where they wanted to go`() async throws {
        try await WebClub.run { club in
            let answer = try await club.http.send("GET", "/podcast/abc?t=1")
            #expect(answer.status == 303)
            #expect(answer["location"] == "/login?next=%2Fpodcast%2Fabc%3Ft%3D1")
        }
    }

    @Test(arguments: [Membership.banned, .left, .pending])
    func `who is no active member any more gets nothing at the very next request`(membership: Membership) async throws {
        try await WebClub.run { club in
            let podcast = try await club.keep(Fixtures.podcast(title: "A secret title"), audio: Data("secret".utf8))
            let headers = try await club.signedIn(Fixtures.member())
            #expect(try await club.http.send("GET", "/api/podcasts", headers: headers).status == 200)
            try await club.keep(Fixtures.member(membership: membership))
            let code = membership == .banned ? "banned" : "not_a_member"
            for route in club.server.routes.routes where !Self.isOpen(route.path) && route.method != .head {
                let path = route.path.replacing("{id}", with: podcast.id.rawValue)
                let answer = try await club.http.send(route.method.rawValue, path, headers: headers)
                #expect(answer.status == 403, "\(route.path)")
                #expect(answer.errorCode == code, "\(route.path)")
                #expect(!answer.text.contains("secret"), "\(route.path)")
            }
        }
    }

    @Test func `a page explains to somebody who is no member how to become one`() async throws {
        try await WebClub.run { club in
            var headers = try await club.signedIn(Fixtures.member())
            headers["Accept"] = "text/html"
            try await club.keep(Fixtures.member(membership: .left))
            let answer = try await club.http.send("GET", "/library", headers: headers)
            #expect(answer.status == 403)
            #expect(answer.text.contains("start=join"))
        }
    }

    @Test func `only admins see numbers of Telegram, and only while they are admins`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(role: .admin))
            let asAdmin = try await club.http.send("GET", "/api/auth/me", headers: headers)
            #expect((asAdmin.json["member"] as? [String: Any])?["telegram_id"] as? Int == 1)
            try await club.keep(Fixtures.member(role: .member))
            let asMember = try await club.http.send("GET", "/api/auth/me", headers: headers)
            #expect((asMember.json["member"] as? [String: Any])?["telegram_id"] == nil)
            #expect((asMember.json["member"] as? [String: Any])?["role"] as? String == "member")
        }
    }

    @Test func `an episode that is not published is there for admins only`() async throws {
        try await WebClub.run { club in
            let podcast = try await club.keep(Fixtures.podcast(status: .unpublished), audio: Data("x".utf8))
            let member = try await club.signedIn(Fixtures.member(1))
            let admin = try await club.signedIn(Fixtures.member(2, role: .admin))
            for path in ["/api/podcasts/\(podcast.id)", "/podcast/\(podcast.id)", "/api/podcasts/\(podcast.id)/audio"] {
                #expect(try await club.http.send("GET", path, headers: member).status == 404, "\(path)")
                #expect(try await club.http.send("GET", path, headers: admin).status == 200, "\(path)")
            }
        }
    }
}
