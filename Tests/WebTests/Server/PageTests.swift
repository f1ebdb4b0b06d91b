import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct PageTests {
    @Test func `the library shows its newest episode first and large, and the others below`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(language: .en))
            for number in 1...3 { try await club.keep(Fixtures.podcast(Int64(number), tags: ["sound"])) }
            let page = try await club.http.send("GET", "/library", headers: headers)
            #expect(page.status == 200)
            #expect(page["cache-control"] == "no-store")
            let titles = page.text.matches(of: /Title ([0-9])<\/a>/).map { String($0.1) }
            #expect(titles == ["3", "2", "1"])
            #expect(page.text.contains("3 episodes"))
            #expect(page.text.contains("href=\"/library?tag=sound\""))
            #expect(page.text.contains("<html lang=\"en\">"))
        }
    }

    @Test func `the library offers the club's tags, and the chosen one is one however it is written`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(language: .en))
            for number in 1...30 { try await club.keep(Fixtures.podcast(Int64(number), tags: ["sound"])) }
            try await club.keep(Fixtures.podcast(31, tags: ["ёлка"]))
            try await club.keep(Fixtures.podcast(32, tags: ["hidden"], status: .unpublished))
            let page = try await club.http.send("GET", "/library", headers: headers)
            let offered = page.text.matches(of: /class="tag" href="[^"]+">#([^<]+)</).map { String($0.1) }
            #expect(offered == ["sound", "елка"])
            for written in ["ёлка", "ЕЛКА", "#Ёлка"] {
                let address = "/library?tag=\(FormFields.encoded(written))"
                let list = try await club.http.send("GET", address, headers: headers)
                #expect(list.text.matches(of: /episode-link/).count == 1, "\(written)")
                #expect(list.text.contains("aria-current=\"true\">#елка<"), "\(written)")
            }
        }
    }

    @Test func `an episode shows its number, its people and its chapters, which play from there`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(language: .en))
            var podcast = Fixtures.podcast()
            (podcast.season, podcast.episode, podcast.people) = (2, 5, ["anna"])
            podcast.chapters = [
                Chapter(start: .zero, title: "Intro"), Chapter(start: .seconds(3_723), title: "<End>"),
            ]
            let silent = podcast
            podcast = try await club.keep(podcast, audio: Data("sound".utf8))
            let page = try await club.http.send("GET", "/podcast/\(podcast.id)", headers: headers)
            #expect(page.text.contains("<span>S2E5</span>"))
            #expect(page.text.contains("<a href=\"/library?q=anna\">@anna</a>"))
            let links = page.text.matches(of: /href="([^"]+)" data-chapter="(\d+)"/).map { "\($0.1) \($0.2)" }
            #expect(links == ["/podcast/\(podcast.id)?t=0 0", "/podcast/\(podcast.id)?t=3723 3723"])
            #expect(page.text.contains("1:02:03</span> <span>&lt;End&gt;</span>"))
            #expect(page.text.contains("data-start=\"0\""))
            let library = try await club.http.send("GET", "/library", headers: headers)
            #expect(library.text.contains("2 chapters") && library.text.contains("S2E5"))

            try await club.keep(silent)
            let waiting = try await club.http.send("GET", "/podcast/\(podcast.id)", headers: headers)
            #expect(!waiting.text.contains("data-chapter") && waiting.text.contains("<p class=\"chapter\">"))
        }
    }

    @Test func `the recordings of an episode know where in it they begin`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            var podcast = Fixtures.podcast(media: .stored(MediaKey(rawValue: "a"), bytes: 1))
            for number in Int64(2)...3 {
                podcast.recordings.append(contentsOf: Fixtures.podcast(number).recordings)
                podcast.recordings[Int(number) - 1].media = podcast.recordings[0].media
            }
            podcast.recordings[0].duration = .seconds(90)
            podcast.recordings[1].duration = .seconds(30)
            podcast.recordings[2].duration = nil
            try await club.keep(podcast)
            let page = try await club.http.send("GET", "/podcast/\(podcast.id)", headers: headers)
            #expect(page.text.matches(of: /data-start="(\d+)"/).map { String($0.1) } == ["0", "90", "120"])
        }
    }

    @Test func `a long library goes on by a link that keeps the search`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            for number in 1...25 { try await club.keep(Fixtures.podcast(Int64(number), title: "Night \(number)")) }
            let first = try await club.http.send("GET", "/library?q=night", headers: headers)
            let more = try #require(first.text.firstMatch(of: /href="([^"]+)" rel="next"/)).1
            let link = more.replacing("&amp;", with: "&")
            #expect(link.hasPrefix("/library?q=night&cursor="))
            let second = try await club.http.send("GET", String(link), headers: headers)
            #expect(second.status == 200)
            #expect(second.text.contains(">Night 5</a>"))
            #expect(!second.text.contains(">Night 6</a>"))
            #expect(!second.text.contains("rel=\"next\""))
        }
    }

    @Test(arguments: [("/library", "Episodes will be here"), ("/library?q=x", "Nothing found")])
    func `an empty list tells what to do next`(path: String, text: String) async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(language: .en))
            let page = try await club.http.send("GET", path, headers: headers)
            #expect(page.status == 200)
            #expect(page.text.contains(text))
        }
    }

    @Test func `hostile words stay words on every page`() async throws {
        try await WebClub.run { club in
            let evil = "\"\u{301} onmouseover=alert(1) '><script>alert(2)</script>{{t.skip}}"
            let headers = try await club.signedIn(Fixtures.member(language: .en))
            var podcast = Fixtures.podcast(title: evil, summary: evil + " https://x.org/\"onclick=a", tags: [evil])
            podcast.signature = evil
            podcast = try await club.keep(podcast, audio: Data("sound".utf8))
            let query = FormFields.encoded(evil)
            let paths = ["/library", "/podcast/\(podcast.id)", "/library?q=\(query)", "/library?tag=\(query)"]
            for path in paths + ["/login?next=\(query)"] {
                let page = try await club.http.send("GET", path, headers: headers)
                #expect(!page.text.contains("<script>"), "\(path)")
                #expect(!page.text.unicodeScalars.contains("\"", followedBy: "\u{301}"), "\(path)")
                #expect(!page.text.contains("\"onclick"), "\(path)")
            }
            let page = try await club.http.send("GET", "/podcast/\(podcast.id)", headers: headers)
            #expect(page.text.contains("&lt;script&gt;alert(2)&lt;/script&gt;{{t.skip}}"))
        }
    }

    @Test func `an episode has a player that works without scripts`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            let podcast = try await club.keep(Fixtures.podcast(), audio: Data("sound".utf8))
            let page = try await club.http.send("GET", "/podcast/\(podcast.id)", headers: headers)
            let source = try #require(page.text.firstMatch(of: /<audio controls preload="metadata" src="([^"]+)">/)).1
            let audio = try await club.http.send("GET", String(source).replacing("&amp;", with: "&"))
            #expect(audio.text == "sound")
        }
    }

    @Test(arguments: [
        (Recording.Media.awaited, "on its way", nil),
        (.messengerOnly(.tooLarge), "in Telegram", "start=episode-podcast-0001"),
    ])
    func `an episode that cannot be played here says why and what to do`(
        media: Recording.Media,
        text: String,
        link: String?
    ) async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(language: .en))
            try await club.keep(Fixtures.podcast(media: media))
            let page = try await club.http.send("GET", "/podcast/podcast-0001", headers: headers)
            #expect(page.status == 200)
            #expect(page.text.contains(text))
            #expect(!page.text.contains("<audio"))
            if let link { #expect(page.text.contains(link)) }
        }
    }

    @Test func `every answer tells browsers how little it may do`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            for path in ["/library", "/nothing", "/api/podcasts", "/css/app.css", "/healthz", "/login"] {
                let answer = try await club.http.send("GET", path, headers: headers)
                let policy = try #require(answer["content-security-policy"])
                #expect(policy.contains("default-src 'self'"))
                #expect(policy.contains("frame-ancestors https://web.telegram.org https://*.telegram.org"))
                #expect(!policy.contains("unsafe"))
                #expect(answer["x-content-type-options"] == "nosniff")
                #expect(answer["referrer-policy"] == "same-origin")
                #expect(answer["permissions-policy"] != nil)
                #expect(answer["server"] == nil)
            }
        }
    }

    @Test func `no page has scripts or styles of its own, or anything from elsewhere`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            let podcast = try await club.keep(Fixtures.podcast(), audio: Data("sound".utf8))
            for path in ["/library", "/podcast/\(podcast.id)", "/nothing"] {
                var browser = headers
                browser["Accept"] = "text/html"
                let page = try await club.http.send("GET", path, headers: browser)
                #expect(page.text.matches(of: /<script(?![^>]*src=)/).isEmpty, "\(path)")
                #expect(page.text.matches(of: /\sstyle=|<style|\son[a-z]+=/).isEmpty, "\(path)")
                #expect(page.text.matches(of: /(src|<link[^>]*href)="(https?:)?\/\//).isEmpty, "\(path)")
            }
        }
    }
}

extension String.UnicodeScalarView {
    /// Whether one code point stands directly before another somewhere.
    func contains(_ first: Unicode.Scalar, followedBy second: Unicode.Scalar) -> Bool {
        zip(self, dropFirst()).contains { $0 == first && $1 == second }
    }
}
