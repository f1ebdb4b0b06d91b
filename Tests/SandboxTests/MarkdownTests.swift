import Testing

@testable import Sandbox

@Suite struct MarkdownTests {
    private static let chat = "\(ClubStage.member)"

    /// `kind@offset+length` of each entity, with what belongs to it.
    private static func summary(_ text: FormattedText) -> [String] {
        text.entities.map { entity in
            "\(entity.kind)@\(entity.offset)+\(entity.length)" + (entity.url.map { "=" + $0 } ?? "")
                + (entity.language.map { "=" + $0 } ?? "") + (entity.person.map { "=\($0)" } ?? "")
        }
    }

    @Test(
        arguments: [
            (
                "*b* _i_ __u__ ~s~ ||p|| `c`", "b i u s p c",
                [
                    "bold@0+1", "italic@2+1", "underline@4+1", "strikethrough@6+1", "spoiler@8+1", "code@10+1",
                ]
            ),
            ("*bold _italic_*", "bold italic", ["bold@0+11", "italic@5+6"]),
            ("1\\.5 \\\\ \\*", "1.5 \\ *", []),
            ("[go](https://e.org/a\\)b)", "go", ["text_link@0+2=https://e.org/a)b"]),
            ("[you](tg://user?id=5)", "you", ["text_mention@0+3=5"]),
            ("```swift\nlet a = [1]\n```", "let a = [1]\n", ["pre@0+12=swift"]),
            ("`a\\`b`", "a`b", ["code@0+3"]),
            (">one\n>two\nthree", "one\ntwo\nthree", ["blockquote@0+7"]),
            (">one\n>*two*||", "one\ntwo", ["expandable_blockquote@0+7", "bold@4+3"]),
            ("😀*b*", "😀b", ["bold@2+1"]),
            ("**>quoted", "quoted", ["blockquote@0+6"]),
            ("![👍](tg://emoji?id=5)", "👍", ["custom_emoji@0+2"]),
        ] as [(String, String, [String])]
    )
    func `the second style marks a text`(_ input: String, _ text: String, _ entities: [String]) throws {
        let parsed = try MarkdownV2Text.parse(input)
        #expect(parsed.text == text)
        #expect(Self.summary(parsed) == entities)
    }

    @Test(arguments: [
        ("a.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("a|b", "Character '|' is reserved and must be escaped with the preceding '\\'"),
        ("a > b", "Character '>' is reserved and must be escaped with the preceding '\\'"),
        ("é*bold", "Can't find end of Bold entity at byte offset 2"),
        ("*a _b*", "Can't find end of Bold entity at byte offset 5"),
        ("__a", "Can't find end of Underline entity at byte offset 0"),
        ("```x\ny", "Can't find end of PreCode entity at byte offset 0"),
        ("[a](b", "Can't find end of a URL at byte offset 3"),
        (">*a\nb*", "Can't find end of Bold entity at byte offset 1"),
        ("![a](b)", "Custom emoji entity must contain a tg://emoji URL"),
    ])
    func `a mistake in the second style is answered in Telegram's words`(_ input: String, _ error: String) throws {
        var stage = try ClubStage()
        let values = ["chat_id": Self.chat, "text": input, "parse_mode": "MarkdownV2"]
        #expect(stage.failure(.sendMessage, values) == "Bad Request: can't parse entities: " + error)
    }

    @Test(
        arguments: [
            ("*b* _i_ `c` \\*", "b i c *", ["bold@0+1", "italic@2+1", "code@4+1"]),
            ("*a_b*", "a_b", ["bold@0+3"]),
            ("[go](https://e.org) 1.5!", "go 1.5!", ["text_link@0+2=https://e.org/"]),
            ("[go] x", "go x", []),
            ("```swift\nlet```", "let", ["pre@0+3=swift"]),
            ("**", "", []),
        ] as [(String, String, [String])]
    )
    func `the first style marks a text`(_ input: String, _ text: String, _ entities: [String]) throws {
        let parsed = try MarkdownText.parse(input)
        #expect(parsed.text == text)
        #expect(Self.summary(parsed) == entities)
    }

    @Test func `an open mark of the first style is named by its place`() throws {
        var stage = try ClubStage()
        let values = ["chat_id": Self.chat, "text": "one_two", "parse_mode": "markdown"]
        let error = "Bad Request: can't parse entities: Can't find end of the entity starting at byte offset 3"
        #expect(stage.failure(.sendMessage, values) == error)
    }
}
