import Testing

@testable import Sandbox

@Suite struct FormattedTextTests {
    @Test func `white space around a text goes and entities move with it`() {
        var text = FormattedText(text: " \r\n bold\ttail \n")
        text.entities = [MessageEntity("bold", offset: 1, length: 7), MessageEntity("italic", offset: 50, length: 1)]
        let cleaned = text.cleaned()
        #expect(cleaned.text == "bold tail")
        #expect(cleaned.entities == [MessageEntity("bold", offset: 0, length: 4)])
    }

    @Test(arguments: [
        ("/start abc", ["bot_command /start"]),
        ("do /help@Some_bot, please", ["bot_command /help@Some_bot"]),
        ("a/b /path/x", []),
        ("see @misha_listens and #новости!", ["mention @misha_listens", "hashtag #новости"]),
        ("#1 #1a", ["hashtag #1a"]),
        ("(https://example.org/a?b=c).", ["url https://example.org/a?b=c"]),
        ("example.org e.g. me@example.org x.zzz", ["url example.org", "email me@example.org"]),
        ("🏟\n/go", ["bot_command /go"]),
    ])
    func `commands, names and links are found`(_ text: String, _ expected: [String]) {
        let units = Array(text.utf16)
        let found = EntityDetector.entities(in: text).map { entity in
            let stretch = units[entity.offset..<entity.offset + entity.length]
            return "\(entity.kind) \(String(decoding: stretch, as: UTF16.self))"
        }
        #expect(found == expected)
    }

    @Test func `nothing is looked for inside of code`() {
        var text = FormattedText(text: "/a /b")
        text.entities = [MessageEntity("code", offset: 0, length: 2)]
        #expect(text.cleaned().entities.map(\.kind) == ["code", "bot_command"])
    }
}
