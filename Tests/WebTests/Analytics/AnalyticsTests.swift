import Foundation
import TestSupport
import Testing

@testable import Domain
@testable import Web

/// Figures as hosts see them, on pages, as JSON and as tables.
struct AnalyticsTests {
    /// A show of an hour that ended, with one listener and a few reactions.
    private static func endedShow(in club: WebClub, title: String = "Ночь") async throws -> LiveSession {
        var show = Fixtures.show(1, title: title, status: .ended)
        show.startedAt = club.clock.now.addingTimeInterval(-3_600)
        show.endedAt = club.clock.now
        try await club.keep(show)
        let seat = AttendanceInterval(
            id: AttendanceID(rawValue: "a"),
            session: show.id,
            member: Fixtures.member(3).id,
            part: .seat(.phone),
            from: club.clock.now.addingTimeInterval(-3_000),
            to: club.clock.now
        )
        try await club.store.attendance.keep([seat])
        let counted = RoomFact(at: club.clock.now.addingTimeInterval(-60), news: .counted(reactions: ["🔥": 4]))
        try await club.store.roomLog.append(
            RoomBatch(session: show.id, number: 1, seqBefore: 0, facts: [counted])
        )
        return show
    }

    private static let addresses = ["club", "members", "shows", "episodes", "delivery"]

    @Test(arguments: addresses) func `hosts get figures, members do not`(name: String) async throws {
        try await WebClub.run { club in
            let host = try await club.signedIn(Fixtures.member(1, role: .host))
            let answer = try await club.http.send("GET", "/api/analytics/\(name)?days=30", headers: host)
            #expect(answer.status == 200)
            #expect(answer.json["subject"] as? String == name)
            #expect(answer.json["to"] as? String == "2026-06-01")
            #expect(answer.json["from"] as? String == "2026-05-03")
            let table = try await club.http.send("GET", "/api/analytics/\(name).csv", headers: host)
            #expect(table.status == 200)
            #expect(table["content-type"] == "text/csv; charset=utf-8; header=present")
            let path = name == "club" ? "/analytics" : "/analytics/\(name)"
            #expect(try await club.http.send("GET", path, headers: host).status == 200)

            let member = try await club.signedIn(Fixtures.member(2))
            for path in ["/api/analytics/\(name)", "/api/analytics/\(name).csv", path] {
                #expect(try await club.http.send("GET", path, headers: member).status == 403)
            }
        }
    }

    @Test func `the days of the club are its ledger's`() async throws {
        try await WebClub.run { club in
            let host = try await club.signedIn(Fixtures.member(1, role: .host))
            let today = ClubDay(club.clock.now, in: .gmt)
            try await club.store.ledger.post([
                Fixtures.line(1, .chat, .show(Fixtures.show(1).id), count: 7, xp: 14, on: today, at: club.clock.now),
                Fixtures.line(2, .chat, .show(Fixtures.show(1).id), count: 2, xp: 4, on: today, at: club.clock.now),
            ])
            let answer = try await club.http.send("GET", "/api/analytics/club?days=7", headers: host)
            let days = try #require((answer.json["tables"] as? [String: [[String: Any]]])?["days"])
            #expect(days.count == 7)
            #expect(days.last?["chat"] as? Int == 9)
            #expect(days.last?["active"] as? Int == 2)
            #expect(days.first?["chat"] as? Int == 0)
        }
    }

    @Test func `a show has its funnel, its minutes and its reactions, as pictures and as tables`() async throws {
        try await WebClub.run { club in
            let host = try await club.signedIn(Fixtures.member(1, role: .host))
            let show = try await Self.endedShow(in: club, title: "<Ночь>")
            let page = try await club.http.send("GET", "/analytics/shows/\(show.id)", headers: host)
            #expect(page.status == 200)
            #expect(page.text.contains("<h1>&lt;Ночь&gt;</h1>"))
            #expect(page.text.matches(of: /<svg class="plot"/).count == 5)
            #expect(!page.text.contains("style=\""))
            #expect(page.text.contains("/api/analytics/shows/\(show.id).csv?days=90&amp;table=funnel"))
            let address = "/api/analytics/shows/\(show.id)"
            let answer = try await club.http.send("GET", address, headers: host)
            let tables = try #require(answer.json["tables"] as? [String: [[String: Any]]])
            #expect(tables["funnel"]?[2]["people"] as? Int == 1)
            #expect(tables["minutes"]?.count == 60)
            #expect(tables["reactions"]?.first?["emoji"] as? String == "🔥")
            #expect(answer.json["title"] as? String == "<Ночь>")
            let csv = try await club.http.send("GET", address + ".csv?table=devices", headers: host)
            #expect(csv.text == "device,people,share\r\nphone,1,1.0\r\n")
            let accepted = host.merging(["Accept": "text/csv"]) { $1 }
            #expect(try await club.http.send("GET", address, headers: accepted).text.hasPrefix("step,people,share\r\n"))
        }
    }

    @Test func `the list of shows leads to each, and says nothing of those that were not counted`() async throws {
        try await WebClub.run { club in
            let host = try await club.signedIn(Fixtures.member(1, role: .host))
            let show = try await Self.endedShow(in: club, title: "=1+1")
            let before = try await club.http.send("GET", "/api/analytics/shows.csv", headers: host)
            #expect(before.text.contains("\(show.id),'=1+1,2026-06-01T11:00:00Z,3600.0,,,,,,,,,\r\n"))
            try await ShowFigureBook(store: club.store, clock: club.clock).keep()
            let page = try await club.http.send("GET", "/analytics/shows?days=30", headers: host)
            #expect(page.text.contains("<a href=\"/analytics/shows/\(show.id)?days=30\">=1+1</a>"))
        }
    }

    @Test func `an episode is reached from the list, with its curve and its downloads`() async throws {
        try await WebClub.run { club in
            let host = try await club.signedIn(Fixtures.member(1, role: .host))
            var podcast = Fixtures.episode(1, lasting: 100)
            podcast.title = "<Тень>"
            podcast.chapters = [Chapter(start: .seconds(50), title: "<Мост>")]
            podcast.publishedAt = club.clock.now
            try await club.keep(podcast)
            let id = podcast.id
            _ = try await club.store.episodeFigures.change(.id(id), cause: Fixtures.cause(1)) { _ in
                var figures = EpisodeFigures(id: id)
                figures.listeners = 4
                figures.retention = (0..<100).map { $0 < 50 ? 4 : 1 }
                return Change(figures)
            }
            let list = try await club.http.send("GET", "/analytics/episodes?days=7", headers: host)
            #expect(list.text.contains("<a href=\"/analytics/episodes/\(id)?days=7\">&lt;Тень&gt;</a>"))
            let page = try await club.http.send("GET", "/analytics/episodes/\(id)?days=7", headers: host)
            #expect(page.text.contains("<h1>&lt;Тень&gt;</h1>"))
            #expect(page.text.contains("<title>&lt;Мост&gt;</title></path>"))
            #expect(page.text.matches(of: /<svg class="plot"/).count == 2)
            let address = "/api/analytics/episodes/\(id)"
            let answer = try await club.http.send("GET", address, headers: host)
            let tables = try #require(answer.json["tables"] as? [String: [[String: Any]]])
            #expect(answer.json["subject"] as? String == "episode")
            #expect(tables["retention"]?[50]["chapter"] as? String == "<Мост>")
            #expect(tables["retention"]?[50]["share"] as? Double == 0.25)
            let csv = try await club.http.send("GET", address + ".csv", headers: host)
            #expect(csv.text.hasPrefix("position,listeners,share,chapter\r\n0.0,4,1.0,\r\n1.0,4,1.0,\r\n"))
            #expect(try await club.http.send("GET", "/api/analytics/episodes/nothing", headers: host).status == 404)
        }
    }

    @Test(arguments: ["days=31", "days=x", "table=x", "cursor=x"])
    func `what makes no sense is named`(query: String) async throws {
        try await WebClub.run { club in
            let host = try await club.signedIn(Fixtures.member(1, role: .host))
            let answer = try await club.http.send("GET", "/api/analytics/club.csv?\(query)", headers: host)
            #expect(answer.status == 400)
            let error = answer.json["error"] as? [String: Any]
            #expect(error?["field"] as? String == query.split(separator: "=").first.map(String.init))
        }
    }

    @Test func `a show that there is not, or that has not begun, has no figures`() async throws {
        try await WebClub.run { club in
            let host = try await club.signedIn(Fixtures.member(1, role: .host))
            try await club.keep(Fixtures.show(1))
            for id in ["nothing", Fixtures.show(1).id.rawValue] {
                #expect(try await club.http.send("GET", "/api/analytics/shows/\(id)", headers: host).status == 404)
            }
        }
    }
}
