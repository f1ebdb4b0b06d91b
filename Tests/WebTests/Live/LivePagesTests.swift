import Foundation
import TestSupport
import Testing

@testable import Domain
@testable import Web

@Suite struct LivePagesTests {
    private static func at(_ hours: Double) -> Date { Fixtures.start.addingTimeInterval(hours * 3_600) }

    @Test func `the page shows what is live, what comes and what was, with the way to the recording`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(2, language: .en))
            try await club.keep(Fixtures.member(1, role: .host))
            try await club.keep(Fixtures.show(1, title: "Now", status: .live, startsAt: Self.at(-0.5)))
            try await club.keep(Fixtures.show(2, title: "Soon"))
            try await club.keep(Fixtures.show(3, title: "Before", status: .ended, startsAt: Self.at(-50)))
            let page = try await club.http.send("GET", "/lives", headers: headers)
            #expect(page.status == 200)
            #expect(page["cache-control"] == "no-store")
            let titles = page.text.matches(of: /<h3[^>]*>(?:<a [^>]*>)?([^<]+)</).map { String($0.1) }
            #expect(titles == ["Now", "Soon", "Before"])
            #expect(page.text.contains("On the air since 14:30"))
            #expect(page.text.contains("Today, <span class=\"unbroken\">16:00–17:00<"))
            #expect(page.text.contains("Hosted by Person 1"))
            #expect(page.text.contains("No recording yet"))
            #expect(page.text.contains("href=\"/lives\" aria-current=\"page\""))
            #expect(page.text.contains("/api/live-sessions/sessions/show-2.ics"))
            #expect(!page.text.contains("/live-management"))
        }
    }

    @Test func `a past show leads to its episode, unless that was taken away`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(2, language: .en))
            var show = Fixtures.show(1, status: .recorded, startsAt: Self.at(-50))
            show.podcastID = Fixtures.podcast().id
            try await club.keep(show)
            for (podcast, isThere) in [
                (nil, false), (Fixtures.podcast(), true), (Fixtures.podcast(status: .unpublished), false),
            ] {
                if let podcast { try await club.keep(podcast) }
                let page = try await club.http.send("GET", "/lives", headers: headers)
                #expect(page.text.contains("href=\"/podcast/podcast-0001\"") == isThere)
                #expect(page.text.contains("No recording yet") != isThere)
            }
        }
    }

    @Test func `times are told in the member's own zone, else in the club's`() async throws {
        try await WebClub.run { club in
            try await club.keep(Fixtures.show(1, startsAt: Self.at(11.5)))
            let club1 = try await club.signedIn(Fixtures.member(1, language: .en))
            let inClub = try await club.http.send("GET", "/lives", headers: club1)
            #expect(inClub.text.contains("Times: Europe/Moscow, UTC+3"))
            #expect(inClub.text.contains("Tomorrow, <span class=\"unbroken\">02:30–03:30<"))
            var member = Fixtures.member(2, language: .en)
            member.settings.timeZone = "Asia/Kolkata"
            let own = try await club.http.send("GET", "/lives", headers: try await club.signedIn(member))
            #expect(own.text.contains("Times: Asia/Kolkata, UTC+5:30"))
            #expect(own.text.contains("Tomorrow, <span class=\"unbroken\">05:00–06:00<"))
            member.settings.timeZone = "America/New_York"
            let west = try await club.http.send("GET", "/lives", headers: try await club.signedIn(member))
            #expect(west.text.contains("UTC−4"))
            #expect(west.text.contains("Today, <span class=\"unbroken\">19:30–20:30<"))
        }
    }

    @Test func `days further away have their names, in the member's language`() async throws {
        try await WebClub.run { club in
            try await club.keep(Fixtures.show(1, startsAt: Self.at(96)))
            try await club.keep(Fixtures.show(2, startsAt: Self.at(24 * 250)))
            let english = try await club.signedIn(Fixtures.member(1, language: .en))
            let page = try await club.http.send("GET", "/lives", headers: english)
            #expect(page.text.contains("Friday, 5 June, <span class=\"unbroken\">15:00–16:00<"))
            #expect(page.text.contains("Saturday, 6 February 2027, <span class=\"unbroken\">15:00–16:00<"))
            let russian = try await club.signedIn(Fixtures.member(2, language: .ru))
            let other = try await club.http.send("GET", "/lives", headers: russian)
            #expect(other.text.contains("Пятница, 5 июня, <span class=\"unbroken\">15:00–16:00<"))
        }
    }

    @Test func `an answer is given by form, shown, and taken back`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(2, language: .en))
            try await club.keep(Fixtures.show())
            let sent = try await club.form("/lives/show-1/rsvp", "coming=1&next=%2Flives", headers: headers)
            #expect(sent.status == 303)
            #expect(sent["location"] == "/lives#show-show-1")
            _ = try await club.form("/lives/show-1/rsvp", "remind=1", headers: headers)
            let page = try await club.http.send("GET", "/lives", headers: headers)
            #expect(page.text.contains("name=\"coming\" value=\"0\" aria-pressed=\"true\""))
            #expect(page.text.contains("name=\"remind\" value=\"0\" aria-pressed=\"true\""))
            #expect(page.text.contains("1 person is coming"))
            _ = try await club.form("/lives/show-1/rsvp", "coming=0", headers: headers)
            let after = try await club.http.send("GET", "/lives", headers: headers)
            #expect(after.text.contains("name=\"coming\" value=\"1\" aria-pressed=\"false\""))
            #expect(after.text.contains("name=\"remind\" value=\"0\" aria-pressed=\"true\""))
            #expect(!after.text.contains("is coming"))
        }
    }

    @Test func `an answer never leads to another site`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(2))
            try await club.keep(Fixtures.show())
            let body = "coming=1&next=%2F%2Fevil.example"
            let sent = try await club.form("/lives/show-1/rsvp", body, headers: headers)
            #expect(sent["location"] == "/lives#show-show-1")
        }
    }

    @Test func `an answer that comes too late is explained on the page`() async throws {
        try await WebClub.run { club in
            var headers = try await club.signedIn(Fixtures.member(2, language: .en))
            headers["Accept"] = "text/html"
            try await club.keep(Fixtures.show(1, status: .cancelled))
            try await club.keep(Fixtures.show(2, title: "Another"))
            let answer = try await club.form("/lives/show-1/rsvp", "coming=1", headers: headers)
            #expect(answer.status == 409)
            #expect(answer.text.contains("role=\"alert\">This show was cancelled."))
            #expect(answer.text.contains("Another"))
            let unknown = try await club.form("/lives/nothing/rsvp", "coming=1", headers: headers)
            #expect(unknown.status == 404)
            let nonsense = try await club.form("/lives/show-2/rsvp", "coming=perhaps", headers: headers)
            #expect(nonsense.status == 400)
            let foreign = ["Origin": "https://evil.example"]
            let theirs = try await club.form("/lives/show-2/rsvp", "coming=1", headers: headers.merging(foreign) { $1 })
            #expect(theirs.status == 403)
            #expect(try await club.show("show-2")?.comingCount == 0)
        }
    }

    @Test func `words of people stay words`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1, role: .host))
            let hostile = "\"><script>alert(1)</script> {{t.nav.lives}} '&amp;"
            let plan = ["title": hostile, "summary": hostile, "starts_at": "2026-06-05T18:00:00Z"]
            let id = try #require(try await club.post(WebClub.shows, plan, headers: headers).json["id"] as? String)
            for path in [
                "/lives", "/live-management", "/live-management/\(id)", "/live-management/\(id)/start",
                "/live-management/\(id)/cancel",
            ] {
                let page = try await club.http.send("GET", path, headers: headers)
                #expect(page.status == 200, "\(path)")
                #expect(!page.text.contains("<script>"), "\(path)")
                let escaped = "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt; {{t.nav.lives}} &#39;&amp;amp;"
                #expect(page.text.contains(escaped), "\(path)")
            }
        }
    }

    @Test func `of a description, addresses become links and nothing else`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1, role: .host))
            let plan = [
                "title": "Talk", "summary": "Bring yours.\n\nSee https://example.org/a.",
                "starts_at": "2026-06-05T18:00:00Z",
            ]
            _ = try await club.post(WebClub.shows, plan, headers: headers)
            let page = try await club.http.send("GET", "/lives", headers: headers)
            #expect(page.text.contains("<p>Bring yours.</p>"))
            #expect(page.text.contains("<p>See <a href=\"https://example.org/a\" target=\"_blank\""))
        }
    }

    @Test func `long lists go on, on pages of their own`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            for number in 1...22 { try await club.keep(Fixtures.show(number, startsAt: Self.at(Double(number)))) }
            for number in 31...38 {
                try await club.keep(Fixtures.show(number, status: .ended, startsAt: Self.at(-Double(number))))
            }
            let titles = { (page: RawHTTP.Answer) in
                page.text.matches(of: /<h3[^>]*>(?:<a [^>]*>)?Show (\d+)</).compactMap { Int($0.1) }
            }
            let page = try await club.http.send("GET", "/lives", headers: headers)
            #expect(titles(page) == Array(1...20) + Array(31...36))
            let next = page.text.matches(of: /href="(\/lives\?list=[^"]+)"/)
                .map { String($0.1).replacing("&amp;", with: "&") }
            #expect(next.count == 2)
            for (address, shown) in zip(next, [[21, 22], [37, 38]]) {
                let more = try await club.http.send("GET", address, headers: headers)
                #expect(titles(more) == shown)
                #expect(more.text.contains("href=\"/lives\""))
            }
            let end = try await club.http.send("GET", "/lives?list=past&cursor=1.a", headers: headers)
            #expect(end.status == 200)
            #expect(titles(end).isEmpty)
            #expect(try await club.http.send("GET", "/lives?list=other", headers: headers).status == 400)
        }
    }

    @Test func `a club without shows says so, and only hosts are led to planning one`() async throws {
        try await WebClub.run { club in
            let member = try await club.signedIn(Fixtures.member(1, language: .en))
            let page = try await club.http.send("GET", "/lives", headers: member)
            #expect(page.text.contains("Nothing is planned yet"))
            #expect(!page.text.contains("/live-management"))
            let host = try await club.signedIn(Fixtures.member(2, role: .host, language: .en))
            let other = try await club.http.send("GET", "/lives", headers: host)
            #expect(other.text.contains("href=\"/live-management/new\""))
            #expect(other.text.contains("href=\"/live-management\""))
        }
    }
}
