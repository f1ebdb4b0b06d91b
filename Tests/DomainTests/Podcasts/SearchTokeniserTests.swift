import Domain
import Testing

struct SearchTokeniserTests {
    @Test(
        arguments: [
            ("Ёлка и Ель", ["елка", "и", "ель"]),
            ("HELLO, world-wide 2026!", ["hello", "world", "wide", "2026"]),
            ("й и\u{306}", ["й"]),
            ("", []),
            ("?!—…", []),
        ] as [(String, Set<String>)]
    )
    func `words are runs of letters and digits in one writing`(text: String, tokens: Set<String>) {
        #expect(SearchTokeniser.tokens(text, limit: 100) == tokens)
    }

    @Test func `a query keeps the order of its words, each once`() {
        #expect(SearchTokeniser.query("Звук, звук и РАДИО") == ["звук", "и", "радио"])
    }

    @Test func `a long query is cut to what fits a button, and its words stay searchable`() {
        let words = SearchTokeniser.query("подкасты о звукорежиссуре и радиовещании")

        #expect(words.joined(separator: " ").utf8.count <= 40)
        #expect(words.first == "подкасты")
        #expect(SearchTokeniser.query(words.joined(separator: " ")) == words)
    }

    @Test func `endless words are cut`() {
        let token = SearchTokeniser.tokens(String(repeating: "я", count: 10_000), limit: 10).first

        #expect(token?.count == 32)
    }
}
