import Foundation
import TestSupport
import Testing

@testable import Domain
@testable import Web

@Suite struct RoomPagesTests {
    private static func at(_ hours: Double) -> Date { Fixtures.start.addingTimeInterval(hours * 3_600) }

    @Test func `a show that is live has the room's frame, with the words that its scripts need`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(2, language: .en))
            try await club.keep(Fixtures.member(1, role: .host))
            try await club.keep(Fixtures.show(1, title: "Now & \"here\"", status: .live, startsAt: Self.at(-0.5)))
            let page = try await club.http.send("GET", "/live/show-1", headers: headers)
            #expect(page.status == 200)
            #expect(page["cache-control"] == "no-store")
            #expect(page.text.contains("data-session=\"show-1\" data-phase=\"live\""))
            #expect(page.text.contains("<h1>Now &amp; &quot;here&quot;</h1>"))
            #expect(page.text.contains("Hosted by Person 1"))
            #expect(!page.text.contains("data-waiting"))
            #expect(!page.text.contains("style="))
            let words = try #require(page.text.firstMatch(of: /data-words="([^"]*)"/)?.1)
            let json = words.replacing("&quot;", with: "\"").replacing("&#39;", with: "'")
                .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
            let read = try JSONDecoder().decode([String: String].self, from: Data(json.utf8))
            #expect(Set(read.keys) == Set(RoomWord.allCases.map(\.name)))
            #expect(read["listeners"] == "Listening: {count}")
        }
    }

    @Test func `a script for every module of the room is served, and none is missing`() async throws {
        try await WebClub.run { club in
            var waiting = ["/js/live/room.js"]
            var seen: Set<String> = []
            while let path = waiting.popLast() {
                guard seen.insert(path).inserted else { continue }
                let script = try await club.http.send("GET", path)
                #expect(script.status == 200, "\(path)")
                #expect(script["content-type"]?.hasPrefix("text/javascript") == true)
                waiting += script.text.matches(of: /from "\.\/([a-z-]+\.js)"/).map { "/js/live/\($0.1)" }
            }
            #expect(seen.count > 10)
        }
    }

    @Test func `before a show, its time and the answer stand there, and its host may begin it`() async throws {
        try await WebClub.run { club in
            try await club.keep(Fixtures.show(1, title: "Soon"))
            let member = try await club.signedIn(Fixtures.member(2, language: .en))
            let page = try await club.http.send("GET", "/live/show-1", headers: member)
            #expect(page.text.contains("data-phase=\"waiting\""))
            #expect(page.text.contains("Today, <span class=\"unbroken\">16:00–17:00<"))
            #expect(page.text.contains("name=\"next\" value=\"/live/show-1\""))
            #expect(!page.text.contains("data-start"))
            let host = try await club.signedIn(Fixtures.member(1, role: .host, language: .en))
            let own = try await club.http.send("GET", "/live/show-1", headers: host)
            #expect(own.text.contains("data-start"))
        }
    }

    @Test func `after a show, its page says how many were there and leads to the recording`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(2, language: .en))
            var show = Fixtures.show(1, title: "Before", status: .recorded, startsAt: Self.at(-50))
            show.podcastID = Fixtures.podcast().id
            try await club.keep(show)
            let early = try await club.http.send("GET", "/live/show-1", headers: headers)
            #expect(early.status == 200)
            #expect(!early.text.contains("data-attendance"))
            #expect(early.text.contains("The recording appears here"))
            try await club.keep(Fixtures.podcast())
            let stay = Fixtures.interval("a1", of: Fixtures.member(2).id, in: show.id, from: Self.at(-50))
            try await club.store.attendance.keep([stay])
            let uncounted = try await club.http.send("GET", "/live/show-1", headers: headers)
            #expect(!uncounted.text.contains("data-attendance"))
            show.audience = ShowAudience(people: 2, peak: 2, average: 1.25, speakers: 0, questions: 3)
            try await club.keep(show)
            let page = try await club.http.send("GET", "/live/show-1", headers: headers)
            #expect(page.text.contains("Listeners: 2. At once: up to 2, on average 1. On stage: 0."))
            #expect(page.text.contains("href=\"/podcast/podcast-0001\""))
            #expect(!page.text.contains("data-room"))
        }
    }

    @Test func `a show that was called off says so`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(2, language: .en))
            try await club.keep(Fixtures.show(1, status: .cancelled))
            let page = try await club.http.send("GET", "/live/show-1", headers: headers)
            #expect(page.status == 200)
            #expect(page.text.contains("The show was called off"))
        }
    }

    @Test func `an unknown show is not found, and the way to all shows is there`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(2, language: .en))
            let page = try await club.http.send("GET", "/live/nothing", headers: headers)
            #expect(page.status == 404)
            #expect(page.text.contains("There is no such show"))
            #expect(page.text.contains("href=\"/lives\""))
        }
    }

    @Test func `a stranger signs in first and comes back`() async throws {
        try await WebClub.run { club in
            try await club.keep(Fixtures.show(1, status: .live))
            let stranger = try await club.http.send("GET", "/live/show-1")
            #expect(stranger.status == 303)
            #expect(stranger["location"] == "/login?next=%2Flive%2Fshow-1")
        }
    }
}
