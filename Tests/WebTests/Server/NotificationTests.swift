import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

/// `/notifications` and `/api/notifications…`.
@Suite struct NotificationTests {
    /// Tells member 1 of a role and of episode 1, and member 2 of a role.
    private func tell(in club: WebClub) async throws {
        try await club.keep(Fixtures.member(2))
        _ = try await club.store.podcasts.change(.id(Fixtures.podcast(1).id), cause: Fixtures.cause(0)) { _ in
            Change(Fixtures.podcast(1, title: "Ёлка <b>"))
        }
        let notices: [(Int64, Notice, Double)] = [
            (1, .roleChanged(.host), 0), (1, .newEpisode(Fixtures.podcast(1).id), 60), (2, .roleChanged(.host), 0),
        ]
        for (number, notice, seconds) in notices {
            var member = Fixtures.member(number)
            member.settings.set(.newEpisodes, isWanted: true)
            let draft = OutboxDraft(key: "\(number) \(seconds)", to: member, notice: notice)
            let at = club.clock.now.addingTimeInterval(seconds - 120)
            try await club.store.outbox.append([try #require(draft)], now: at)
        }
    }

    @Test func `a member reads what they were told, and marks it as read`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1))
            try await tell(in: club)
            let first = try await club.http.send("GET", "/api/notifications?limit=1", headers: headers)
            #expect(first.json["unread"] as? Int == 2)
            let item = try #require((first.json["items"] as? [[String: Any]])?.first)
            #expect(item["kind"] as? String == "new_episode")
            #expect(item["text"] as? String == "Новый выпуск: Ёлка <b>")
            #expect(item["podcast_id"] as? String == Fixtures.podcast(1).id.rawValue)
            #expect(item["read_at"] == nil)
            let id = try #require(item["id"] as? String)
            let read = try await club.http.send("POST", "/api/notifications/\(id)/read", headers: headers)
            #expect(read.status == 204)
            let cursor = try #require(first.json["next_cursor"] as? String)
            let rest = try await club.http.send("GET", "/api/notifications?cursor=\(cursor)", headers: headers)
            #expect(rest.json["unread"] as? Int == 1)
            #expect((rest.json["items"] as? [[String: Any]])?.count == 1)
            #expect(rest.json["next_cursor"] is NSNull)
            let all = try await club.http.send("POST", "/api/notifications/read-all", headers: headers)
            #expect(all.status == 204)
            #expect(try await club.store.notifications.unread(of: Fixtures.member(1).id) == 0)
            #expect(try await club.store.notifications.unread(of: Fixtures.member(2).id) == 1)
        }
    }

    @Test func `another member's entry is not there`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1))
            try await tell(in: club)
            let other = try await club.store.notifications.list(of: Fixtures.member(2).id, after: nil, limit: 1)
            let id = try #require(other.items.first).id
            let answer = try await club.http.send("POST", "/api/notifications/\(id)/read", headers: headers)
            #expect(answer.status == 404)
            #expect(try await club.store.notifications.unread(of: Fixtures.member(2).id) == 1)
        }
    }

    @Test func `the page shows the list, and every page how many are new`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1))
            try await tell(in: club)
            let library = try await club.http.send("GET", "/library", headers: headers)
            #expect(library.text.contains(#"<span class="badge" aria-label="2 новых">2</span>"#))
            let page = try await club.http.send("GET", "/notifications", headers: headers)
            #expect(page.status == 200)
            #expect(page.text.contains("Новый выпуск: Ёлка &lt;b&gt;"))
            #expect(page.text.contains(#"href="/podcast/\#(Fixtures.podcast(1).id)""#))
            #expect(page.text.split(separator: #"<li class="told-new">"#).count == 3)
            let form = headers.merging(["Content-Type": "application/x-www-form-urlencoded"]) { own, _ in own }
            let read = try await club.http.send("POST", "/notifications", headers: form, body: Data())
            #expect(read.status == 303)
            let after = try await club.http.send("GET", "/notifications", headers: headers)
            #expect(!after.text.contains("told-new"))
            #expect(!after.text.contains("badge"))
        }
    }

    @Test func `one entry is read by its own button`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1))
            try await tell(in: club)
            let list = try await club.store.notifications.list(of: Fixtures.member(1).id, after: nil, limit: 1)
            let id = try #require(list.items.first).id
            let form = headers.merging(["Content-Type": "application/x-www-form-urlencoded"]) { own, _ in own }
            let read = try await club.http.send("POST", "/notifications", headers: form, body: Data("id=\(id)".utf8))
            #expect(read.status == 303)
            #expect(try await club.store.notifications.unread(of: Fixtures.member(1).id) == 1)
        }
    }

    @Test func `an empty list is a page too`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1))
            let page = try await club.http.send("GET", "/notifications", headers: headers)
            #expect(page.text.contains("Пока ничего"))
        }
    }
}
