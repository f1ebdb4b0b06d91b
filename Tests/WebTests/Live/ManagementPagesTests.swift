import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct ManagementPagesTests {
    /// A form that says everything as it has to be.
    private static let fields = [
        "request": "a1", "title": "Night talk", "summary": "One.", "date": "2026-06-05", "time": "21:00",
        "duration": "90", "policy": "level:2", "weekly": "1",
    ]

    private static func body(_ changes: [String: String?] = [:]) -> String {
        fields.map { ($0.key, changes[$0.key] ?? $0.value) }
            .compactMap { name, value in value.map { "\(name)=\(FormFields.encoded($0))" } }
            .joined(separator: "&")
    }

    private static func host(_ club: WebClub, number: Int64 = 1, role: Role = .host) async throws -> [String: String] {
        try await club.signedIn(Fixtures.member(number, role: role, language: .en))
            .merging(["Accept": "text/html"]) { $1 }
    }

    @Test func `a host plans a show in their own zone`() async throws {
        try await WebClub.run { club in
            let headers = try await Self.host(club)
            let form = try await club.http.send("GET", "/live-management/new", headers: headers)
            #expect(form.text.contains("name=\"date\" type=\"date\" value=\"2026-06-01\""))
            #expect(form.text.contains("name=\"time\" type=\"time\" value=\"17:00\""))
            #expect(form.text.contains("Times: Europe/Moscow, UTC+3"))
            let answer = try await club.form("/live-management/new", Self.body(), headers: headers)
            #expect(answer.status == 303)
            #expect(answer["location"] == "/live-management?done=planned")
            let list = try await club.store.liveSessions.list(.upcoming, from: .first, limit: 9)
            let show = try #require(list.items.first)
            #expect(show.title == "Night talk")
            #expect(show.startsAt == ISO8601.date("2026-06-05T18:00:00Z"))
            #expect(show.plannedDuration == .seconds(90 * 60))
            #expect(show.handPolicy == .level(2))
            #expect(show.repeatsWeekly)
            #expect(show.host == MemberID(rawValue: "member-1"))
            let page = try await club.http.send("GET", "/live-management?done=planned", headers: headers)
            #expect(page.text.contains("role=\"status\">The show is scheduled."))
            #expect(page.text.contains("Friday, 5 June, <span class=\"unbroken\">21:00–22:30<"))
            #expect(page.text.contains("every week"))
        }
    }

    @Test func `a form that is sent twice plans one show`() async throws {
        try await WebClub.run { club in
            let headers = try await Self.host(club)
            for _ in 1...2 {
                #expect(try await club.form("/live-management/new", Self.body(), headers: headers).status == 303)
            }
            #expect(try await club.store.liveSessions.count(.upcoming) == 1)
            _ = try await club.form("/live-management/new", Self.body(["request": "a2"]), headers: headers)
            #expect(try await club.store.liveSessions.count(.upcoming) == 2)
        }
    }

    @Test(
        arguments: [
            (["title": " "], "title", "A show needs a title."), (["date": ""], "date", "Choose a day."),
            (["date": "2026-02-30"], "date", "Choose a day."),
            (["time": "25:00"], "time", "Enter a time, such as 21:00."),
            (["time": nil], "time", "Enter a time, such as 21:00."),
            (["date": "2026-05-31"], "date", "That time has passed."),
            (["date": "2028-01-01"], "date", "That is too far ahead: a year at most."),
            (["duration": "long"], "duration", "Enter how many minutes the show lasts."),
            (["duration": "721"], "duration", "A show lasts from 5 minutes to 12 hours."),
            (["policy": "level:9"], "policy", "Choose one from the list."),
            (["summary": String(repeating: "a", count: 4_001)], "summary", "The description is too long"),
        ] as [([String: String?], String, String)]
    )
    func `what is wrong is said beside its field, and what was typed stays`(
        changes: [String: String?],
        field: String,
        text: String
    ) async throws {
        try await WebClub.run { club in
            let headers = try await Self.host(club)
            try await club.keep(Fixtures.show())
            for path in ["/live-management/new", "/live-management/show-1"] {
                let answer = try await club.form(path, Self.body(changes), headers: headers)
                #expect(answer.status == 400, "\(path)")
                let page = answer.text
                let pattern = /<p class="wrong" id="([a-z]+)-wrong">([^<]+)</
                let wrong = try #require(page.firstMatch(of: pattern), "\(path)")
                #expect(wrong.1 == field, "\(path)")
                #expect(wrong.2.contains(text), "\(path)")
                #expect(page.contains("href=\"#\(field)\""), "\(path)")
                #expect(page.matches(of: /aria-invalid="true"/).count == 1, "\(path)")
                if changes["title"] == nil { #expect(page.contains("value=\"Night talk\""), "\(path)") }
                if changes["time"] == nil { #expect(page.contains("value=\"21:00\""), "\(path)") }
                if changes["summary"] == nil { #expect(page.contains(">\nOne.</textarea>"), "\(path)") }
                #expect(page.contains("name=\"weekly\" value=\"1\" checked"), "\(path)")
                if path.hasSuffix("new") { #expect(page.contains("name=\"request\" value=\"a1\""), "\(path)") }
            }
            #expect(try await club.store.liveSessions.count(.upcoming) == 1)
            #expect(try await club.show("show-1")?.title == "Show 1")
        }
    }

    @Test(arguments: [
        ("2027-03-28", "02:30", "the clocks go forward"), ("2026-10-25", "02:30", "the clocks go back"),
    ])
    func `an hour that clocks leave out or live twice is asked about`(
        date: String,
        time: String,
        text: String
    )
        async throws
    {
        try await WebClub.run { club in
            var member = Fixtures.member(1, role: .host, language: .en)
            member.settings.timeZone = "Europe/Berlin"
            let headers = try await club.signedIn(member)
            let body = Self.body(["date": date, "time": time])
            let answer = try await club.form("/live-management/new", body, headers: headers)
            #expect(answer.status == 400)
            let wrong = try #require(answer.text.firstMatch(of: /id="time-wrong">([^<]+)</))
            #expect(wrong.1.contains(text))
        }
    }

    @Test func `an admin plans for another host, a host only for themselves`() async throws {
        try await WebClub.run { club in
            try await club.keep(Fixtures.member(1, role: .host))
            let admin = try await Self.host(club, number: 2, role: .admin)
            let form = try await club.http.send("GET", "/live-management/new", headers: admin)
            #expect(form.text.contains("<option value=\"member-2\" selected>Person 2</option>"))
            let body = Self.body() + "&host=member-1"
            #expect(try await club.form("/live-management/new", body, headers: admin).status == 303)
            let show = try await club.store.liveSessions.list(.upcoming, from: .first, limit: 9).items.first
            #expect(show?.host == MemberID(rawValue: "member-1"))
            let wrong = Self.body(["request": "a2"]) + "&host=nobody"
            let refused = try await club.form("/live-management/new", wrong, headers: admin)
            #expect(refused.text.contains("id=\"host-wrong\""))
            let host = try await Self.host(club, number: 3)
            let own = try await club.http.send("GET", "/live-management/new", headers: host)
            #expect(!own.text.contains("id=\"host\""))
            let foreign = Self.body(["request": "a3"]) + "&host=member-1"
            let theirs = try await club.form("/live-management/new", foreign, headers: host)
            #expect(theirs.status == 403)
        }
    }

    @Test func `a show is edited and moved, and co-hosts are ticked or named`() async throws {
        try await WebClub.run { club in
            let headers = try await Self.host(club)
            try await club.keep(Fixtures.member(2, role: .host))
            var third = Fixtures.member(3)
            third.username = "Third_One"
            try await club.keep(third)
            try await club.keep(Fixtures.show())
            let form = try await club.http.send("GET", "/live-management/show-1", headers: headers)
            #expect(form.text.contains("value=\"Show 1\""))
            #expect(form.text.contains("value=\"16:00\""))
            #expect(form.text.contains("name=\"co_host\" value=\"member-2\""))
            #expect(!form.text.contains("name=\"series\""))
            let body = Self.body() + "&co_host=member-2&names=" + FormFields.encoded("@third_ONE, ")
            let answer = try await club.form("/live-management/show-1", body, headers: headers)
            #expect(answer["location"] == "/live-management?done=saved")
            let show = try #require(try await club.show("show-1"))
            #expect(show.title == "Night talk")
            #expect(show.startsAt == ISO8601.date("2026-06-05T18:00:00Z"))
            #expect(show.coHosts.map(\.rawValue) == ["member-2", "member-3"])
            let again = try await club.http.send("GET", "/live-management/show-1", headers: headers)
            #expect(again.text.contains("value=\"member-3\" checked"))
            #expect(again.text.contains("name=\"series\" value=\"true\""))
        }
    }

    @Test func `a co-host whom nobody knows is said beside the field`() async throws {
        try await WebClub.run { club in
            let headers = try await Self.host(club)
            try await club.keep(Fixtures.show())
            for (extra, text) in [("&names=%40nobody", "called @nobody."), ("&co_host=nobody", "cannot run shows")] {
                let answer = try await club.form("/live-management/show-1", Self.body() + extra, headers: headers)
                #expect(answer.status == 400)
                let wrong = try #require(answer.text.firstMatch(of: /id="people-wrong">([^<]+)</))
                #expect(wrong.1.contains(text))
            }
            #expect(try await club.show("show-1")?.title == "Show 1")
        }
    }

    @Test func `who saves without touching the time does not move the show`() async throws {
        try await WebClub.run { club in
            let headers = try await Self.host(club)
            let start = Fixtures.start.addingTimeInterval(3_661.5)
            try await club.keep(Fixtures.show(1, startsAt: start))
            let body = Self.body(["date": "2026-06-01", "time": "16:01", "weekly": nil])
            #expect(try await club.form("/live-management/show-1", body, headers: headers).status == 303)
            #expect(try await club.show("show-1")?.startsAt == start)
            #expect(try await club.show("show-1")?.title == "Night talk")
        }
    }

    @Test func `a weekly show is moved as a series where that is chosen`() async throws {
        try await WebClub.run { club in
            let headers = try await Self.host(club)
            try await club.keep(Fixtures.show())
            _ = try await club.form("/live-management/show-1", Self.body(), headers: headers)
            let slot = try await club.show("show-1")?.weekly?.slot
            let later = Self.body(["time": "22:00"])
            _ = try await club.form("/live-management/show-1", later + "&series=false", headers: headers)
            #expect(try await club.show("show-1")?.weekly?.slot == slot)
            let latest = Self.body(["time": "23:00"])
            _ = try await club.form("/live-management/show-1", latest + "&series=true", headers: headers)
            #expect(try await club.show("show-1")?.weekly?.slot.minute == 23 * 60)
        }
    }

    @Test func `a show is begun, edited while it is live, and ended, each after a question`() async throws {
        try await WebClub.run { club in
            let headers = try await Self.host(club)
            try await club.keep(Fixtures.show())
            let question = try await club.http.send("GET", "/live-management/show-1/start", headers: headers)
            #expect(question.text.contains("<h1>Go live?</h1>"))
            #expect(try await club.show("show-1")?.status == .scheduled)
            let begun = try await club.form("/live-management/show-1/start", "", headers: headers)
            #expect(begun["location"] == "/live-management?done=started")
            let again = try await club.form("/live-management/show-1/start", "", headers: headers)
            #expect(again.status == 409)
            #expect(again.text.contains("role=\"alert\">The show is live already."))
            let form = try await club.http.send("GET", "/live-management/show-1", headers: headers)
            #expect(!form.text.contains("type=\"date\""))
            let edit = Self.body(["date": nil, "time": nil, "weekly": nil])
            #expect(try await club.form("/live-management/show-1", edit, headers: headers).status == 303)
            #expect(try await club.show("show-1")?.title == "Night talk")
            let page = try await club.http.send("GET", "/live-management", headers: headers)
            #expect(page.text.contains("href=\"/live-management/show-1/end\""))
            let ended = try await club.form("/live-management/show-1/end", "", headers: headers)
            #expect(ended["location"] == "/live-management?done=ended")
            #expect(try await club.show("show-1")?.status == .ended)
        }
    }

    @Test func `a weekly show is cancelled alone or with all that follow`() async throws {
        try await WebClub.run { club in
            let headers = try await Self.host(club)
            for (number, body) in [(1, ""), (2, "series=true")] {
                try await club.keep(Fixtures.show(number))
                let path = "/live-management/show-\(number)"
                _ = try await club.form(path, Self.body(), headers: headers)
                let question = try await club.http.send("GET", "\(path)/cancel", headers: headers)
                #expect(question.text.contains("name=\"series\" value=\"true\">Cancel this and all that follow"))
                let answer = try await club.form("\(path)/cancel", body, headers: headers)
                #expect(answer["location"] == "/live-management?done=cancelled")
                let show = try await club.show("show-\(number)")
                #expect(show?.status == .cancelled)
                #expect(show?.repeatsWeekly == (number == 1))
            }
        }
    }

    @Test func `who is no host sees nothing of it, a co-host may begin and end`() async throws {
        try await WebClub.run { club in
            let admin = try await club.signedIn(Fixtures.member(9, role: .admin))
            let headers = try await Self.host(club, number: 2, role: .member)
            try await club.keep(Fixtures.member(1, role: .host))
            try await club.keep(Fixtures.show())
            for name in ["", "/new", "/show-1", "/show-1/start", "/show-1/end", "/show-1/cancel"] {
                let path = "/live-management" + name
                #expect(try await club.http.send("GET", path, headers: headers).status == 403, "\(path)")
                guard path != "/live-management" else { continue }
                #expect(try await club.form(path, Self.body(), headers: headers).status == 403, "\(path)")
            }
            let change = ["co_host_ids": ["member-2"]]
            _ = try await club.send("PATCH", "\(WebClub.shows)/show-1", change, headers: admin)
            let page = try await club.http.send("GET", "/live-management", headers: headers)
            #expect(page.status == 200)
            #expect(page.text.contains("/show-1/start\""))
            #expect(!page.text.contains("/show-1/cancel\""))
            #expect(!page.text.contains("/live-management/new"))
            for path in ["/live-management/show-1", "/live-management/show-1/cancel"] {
                #expect(try await club.http.send("GET", path, headers: headers).status == 403, "\(path)")
            }
            #expect(try await club.form("/live-management/show-1/start", "", headers: headers).status == 303)
            #expect(try await club.form("/live-management/show-1/end", "", headers: headers).status == 303)
        }
    }

    @Test func `an admin sees the shows of all hosts, a host their own`() async throws {
        try await WebClub.run { club in
            try await club.keep(Fixtures.show(1, host: 1))
            try await club.keep(Fixtures.show(2, host: 2))
            let titles = { (page: RawHTTP.Answer) in page.text.matches(of: /<h3[^>]*>([^<]+)</).map { String($0.1) } }
            let host = try await Self.host(club)
            #expect(titles(try await club.http.send("GET", "/live-management", headers: host)) == ["Show 1"])
            let admin = try await Self.host(club, number: 3, role: .admin)
            let both = try await club.http.send("GET", "/live-management", headers: admin)
            #expect(Set(titles(both)) == ["Show 1", "Show 2"])
        }
    }

    @Test func `pages of other sites change no show by form`() async throws {
        try await WebClub.run { club in
            var headers = try await Self.host(club, role: .owner)
            headers["Origin"] = "https://evil.example"
            try await club.keep(Fixtures.show())
            for path in ["new", "show-1", "show-1/start", "show-1/end", "show-1/cancel"] {
                let answer = try await club.form("/live-management/\(path)", Self.body(), headers: headers)
                #expect(answer.status == 403, "\(path)")
            }
            #expect(try await club.show("show-1")?.status == .scheduled)
            #expect(try await club.store.liveSessions.count(.upcoming) == 1)
        }
    }

    @Test func `an unknown show and a broken form are refused`() async throws {
        try await WebClub.run { club in
            let headers = try await Self.host(club, role: .owner)
            for path in ["nope", "nope/start", "nope/cancel"] {
                #expect(try await club.http.send("GET", "/live-management/\(path)", headers: headers).status == 404)
                #expect(try await club.form("/live-management/\(path)", Self.body(), headers: headers).status == 404)
            }
            let body = Self.body(["request": "<nope>"])
            #expect(try await club.form("/live-management/new", body, headers: headers).status == 400)
        }
    }
}
