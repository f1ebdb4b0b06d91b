import Domain
import Foundation
import Testing

/// People, numbers and chapters of a caption.
struct EpisodeMarksTests {
    @Test(arguments: [
        ("Pilot\nWith @anna and @Boris_K.", ["anna", "Boris_K"], "With @anna and @Boris_K."),
        ("Pilot\n@anna @boris", ["anna", "boris"], ""),
        ("Pilot\n@anna (@ANNA), again @anna!", ["anna"], "@anna (@ANNA), again @anna!"),
        ("Pilot\nmail a@b.test or @", [], "mail a@b.test or @"),
        ("Pilot\n@anna/x @" + String(repeating: "a", count: 33), [], "@anna/x @" + String(repeating: "a", count: 33)),
        ("Pilot\n@Полина #звук", ["Полина"], ""),
    ])
    func `names with an at sign are people`(caption: String, people: [String], summary: String) {
        let parsed = EpisodeCaption(parsing: caption)

        #expect(parsed.people == people)
        #expect(parsed.title == "Pilot")
        #expect(parsed.summary == summary)
    }

    @Test func `a title keeps the people whom it names`() {
        #expect(EpisodeCaption(parsing: "A talk with @anna #sound").title == "A talk with @anna")
    }

    @Test(arguments: [
        ("S2E5 Pilot", "Pilot"), ("Pilot s2e5", "Pilot"), ("S02E05. Pilot", "Pilot"), ("S2E5 — Pilot", "Pilot"),
        ("Pilot | S2E5", "Pilot"), ("S2E5\nPilot", "Pilot"), ("Pilot\nS2E5 #tag", "Pilot"),
        ("On S2E5 of the show", "On S2E5 of the show"),
    ])
    func `a number in the title or on a line of marks is season and episode`(caption: String, title: String) {
        let parsed = EpisodeCaption(parsing: caption)

        #expect(parsed.title == title)
        #expect(parsed.season == 2)
        #expect(parsed.episode == 5)
        #expect(parsed.summary == "")
    }

    @Test(arguments: ["Pilot\nAs we said in S2E5", "Pilot S2E5x", "Pilot S2", "Pilot S2E99999"])
    func `what only looks like a number is none`(caption: String) {
        let parsed = EpisodeCaption(parsing: caption)

        #expect(parsed.season == nil)
        #expect(parsed.episode == nil)
    }

    @Test func `lines that begin with a time are chapters, in the order of time`() {
        let parsed = EpisodeCaption(
            parsing: """
                Pilot
                About sound
                1:02:03 The end #tag
                12:30 — The middle
                00:00 Beginning
                12:30 Twice
                75:00 Minutes beyond an hour
                That is all
                """
        )

        let chapters: [Chapter] = [
            Chapter(start: .zero, title: "Beginning"), Chapter(start: .seconds(750), title: "The middle"),
            Chapter(start: .seconds(3_723), title: "The end"),
            Chapter(start: .seconds(4_500), title: "Minutes beyond an hour"),
        ]
        #expect(parsed.chapters == chapters)
        #expect(parsed.summary == "About sound\nThat is all")
        #expect(parsed.tags == ["tag"])
    }

    @Test(arguments: ["10:00", "1:75 Text", "1:61:00 Text", "10:5 Text", "at 10:00 we began", "10:000 Text"])
    func `a line that is no time with a text stays in the summary`(line: String) {
        let parsed = EpisodeCaption(parsing: "Pilot\n" + line)

        #expect(parsed.chapters == [])
        #expect(parsed.summary == line)
    }

    @Test func `a caption may have chapters and no title`() {
        let parsed = EpisodeCaption(parsing: "00:10 Beginning\n01:00 End")

        #expect(parsed.title == nil)
        #expect(parsed.chapters.map(\.start) == [.seconds(10), .seconds(60)])
    }

    @Test func `a hostile number of marks is cut`() {
        let people = (1...500).map { "@name\($0)" }.joined(separator: " ")
        let chapters = (10...59).flatMap { minute in (10...19).map { "\(minute):\($0) x" } }.joined(separator: "\n")

        #expect(EpisodeCaption(parsing: "Title\n" + people).people.count == 20)
        #expect(EpisodeCaption(parsing: "Title\n" + chapters).chapters.count == 100)
    }

    @Test func `an episode that was stored before there were people and chapters is read`() throws {
        let stored = #"""
            {"id":"p","title":"Old","summary":"","tags":[],"recordings":[],"status":"published","createdAt":0,
            "revisedAt":0,"updatedAt":0}
            """#
        let podcast = try JSONDecoder().decode(Podcast.self, from: Data(stored.utf8))

        #expect(podcast.people == [])
        #expect(podcast.chapters == [])
        #expect(podcast.number == nil)
    }
}
