import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct AuditAPITests {
    private static func keep(_ entries: [AuditEntry], in club: WebClub) async throws {
        _ = try await club.store.settings.change(.club, cause: Fixtures.cause(1)) { settings in
            Change(settings ?? ClubSettings(), audit: entries)
        }
    }

    @Test func `an admin reads who did what, page by page`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1, role: .admin))
            try await club.keep(Fixtures.member(3))
            try await Self.keep((2...4).map { Fixtures.entry($0) }, in: club)

            let first = try await club.http.send("GET", "/api/admin/audit?limit=2", headers: headers)
            #expect(first.status == 200)
            let items = try #require(first.json["items"] as? [[String: Any]])
            #expect(items.map { $0["id"] as? String } == ["entry-4", "entry-3"])
            #expect(items[1]["at"] as? String == "2026-06-01T12:00:03Z")
            #expect(items[1]["action"] as? String == "join_approved")
            #expect(items[1]["actor"] as? [String: String] == ["user_id": "member-1", "name": "Person 1"])
            let subject = ["kind": "member", "id": "member-3", "name": "Person 3"]
            #expect(items[1]["subject"] as? [String: String] == subject)
            #expect(items[0]["subject"] as? [String: String] == ["kind": "member", "id": "member-4"])

            let cursor = try #require(first.json["next_cursor"] as? String)
            let rest = try await club.http.send("GET", "/api/admin/audit?cursor=\(cursor)", headers: headers)
            #expect((rest.json["items"] as? [[String: Any]])?.count == 1)
            #expect(rest.json["next_cursor"] is NSNull)
        }
    }

    @Test func `what the program did has no actor, and what was done to the club no id`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1, role: .owner))
            let entry = AuditEntry(
                id: AuditID(rawValue: "a"),
                at: club.clock.now,
                actor: nil,
                action: .clubClaimed,
                subject: .club,
                details: [.from: "one_two"]
            )
            try await Self.keep([entry], in: club)
            let answer = try await club.http.send("GET", "/api/admin/audit", headers: headers)
            let item = try #require((answer.json["items"] as? [[String: Any]])?.first)
            #expect(item["actor"] == nil)
            #expect(item["subject"] as? [String: String] == ["kind": "club"])
            #expect(item["details"] as? [String: String] == ["from": "one_two"])
        }
    }

    @Test func `what was done to an episode is shown with its title, and with how it was asked for`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1, role: .owner))
            let podcast = Fixtures.podcast(1, title: "Pilot")
            _ = try await club.store.podcasts.change(.id(podcast.id), cause: Fixtures.cause(2)) { _ in Change(podcast) }
            let entry = AuditEntry(
                id: AuditID(rawValue: "a"),
                at: club.clock.now,
                actor: nil,
                action: .episodeUnpublished,
                subject: .episode(podcast.id),
                details: [.via: "channel"]
            )
            try await Self.keep([entry], in: club)
            let answer = try await club.http.send("GET", "/api/admin/audit", headers: headers)
            let item = try #require((answer.json["items"] as? [[String: Any]])?.first)
            #expect(item["action"] as? String == "episode_unpublished")
            let subject = ["kind": "episode", "id": podcast.id.rawValue, "name": "Pilot"]
            #expect(item["subject"] as? [String: String] == subject)
            #expect(item["details"] as? [String: String] == ["via": "channel"])
        }
    }

    @Test(arguments: [Role.member, .host])
    func `who is no admin is refused`(role: Role) async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1, role: role))
            let answer = try await club.http.send("GET", "/api/admin/audit", headers: headers)
            #expect(answer.status == 403)
            #expect(answer.errorCode == "not_allowed")
        }
    }

    @Test func `nonsense in the query is refused`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1, role: .admin))
            let answer = try await club.http.send("GET", "/api/admin/audit?limit=0", headers: headers)
            #expect(answer.status == 400)
            #expect(answer.errorField == "limit")
        }
    }
}
