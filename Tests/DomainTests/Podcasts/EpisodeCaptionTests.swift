import Domain
import Testing

struct EpisodeCaptionTests {
    @Test(arguments: [
        ("Pilot", "Pilot", "", [String]()),
        ("Pilot\nWhat it is about", "Pilot", "What it is about", []),
        ("  Pilot  \n\n\n\nOne\n\n\n\nTwo\n", "Pilot", "One\n\nTwo", []),
        ("Pilot #Music #jazz", "Pilot", "", ["music", "jazz"]),
        ("Pilot\nA talk on #Music, twice #music", "Pilot", "A talk on #Music, twice", ["music"]),
        ("#звук #радио\nПилот\nО чём", "Пилот", "О чём", ["звук", "радио"]),
        ("Pilot\nText\n#one #two", "Pilot", "Text", ["one", "two"]),
        ("Pilot #1", "Pilot", "", ["1"]),
    ])
    func `line one is the title, the rest the summary, hashes are tags`(
        caption: String,
        title: String,
        summary: String,
        tags: [String]
    ) {
        let parsed = EpisodeCaption(parsing: caption)

        #expect(parsed.title == title)
        #expect(parsed.summary == summary)
        #expect(parsed.tags == tags)
    }

    @Test(arguments: ["", "   \n \n", "#only #tags", "\u{0}\u{202E}"])
    func `a caption without words has no title`(caption: String) {
        #expect(EpisodeCaption(parsing: caption).title == nil)
    }

    @Test func `a lone hash is part of the title`() {
        #expect(EpisodeCaption(parsing: "# Pilot").title == "# Pilot")
        #expect(EpisodeCaption(parsing: "Pilot #").title == "Pilot #")
    }

    @Test func `marks that turn the direction of writing and zero bytes are dropped`() {
        let parsed = EpisodeCaption(parsing: "Pi\u{0}lot\u{202E}gpj.exe\r\nSum\u{2066}mary")

        #expect(parsed.title == "Pilotgpj.exe")
        #expect(parsed.summary == "Summary")
    }

    @Test func `a title that is too long goes on in the summary`() throws {
        let parsed = EpisodeCaption(parsing: String(repeating: "long ", count: 100) + "\nThe rest")

        let title = try #require(parsed.title)
        #expect(title.unicodeScalars.count <= EpisodeCaption.titleLength)
        #expect(parsed.summary.hasSuffix("The rest"))
        #expect(parsed.summary.contains(title))
    }

    @Test func `a hostile number of tags is cut`() {
        let caption = (1...500).map { "#tag\($0)" }.joined(separator: " ")

        #expect(EpisodeCaption(parsing: "Title\n" + caption).tags.count == 20)
    }
}
