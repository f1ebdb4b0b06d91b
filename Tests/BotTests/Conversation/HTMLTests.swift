import Domain
import Testing

@testable import Bot

/// What people write stays text between the bot's own markup.
struct HTMLTests {
    /// Marks that join what stands before them to one visible character must not hide it.
    static let hostile = [
        "<b>", "</b>", "a & b", "&lt;", "\"quoted\"", "<\u{0301}b>", "&\u{0301}amp;", ">\u{0338}", "\"\u{20E3}",
        "\u{0301}", "<\u{FE0F}", "<\u{200D}b>", "{name}", "<a href=\"tg://user?id=1\">x</a>", "👨‍👩‍👧‍👦 <",
        "\r\n<",
    ]

    @Test(arguments: hostile)
    func `what goes in is what is read`(text: String) throws {
        let html = HTML(text)

        #expect(try TelegramText(html.source).plain.unicodeScalars.elementsEqual(text.unicodeScalars))
        #expect(try TelegramText(html.bold.source).plain.unicodeScalars.elementsEqual(text.unicodeScalars))
        #expect(try TelegramText(html.bold.source).bold.count == 1)
    }

    @Test(arguments: hostile)
    func `without the markup the words are the same`(text: String) {
        let plain = HTML.plain(HTML.lines([HTML(text).bold, HTML("end")]).source)

        #expect(plain.unicodeScalars.elementsEqual("\(text)\nend".unicodeScalars))
    }

    @Test func `empty parts leave no empty lines`() {
        let parts = [HTML("a"), HTML(""), HTML("b")]

        #expect(HTML.lines(parts).source == "a\nb")
        #expect(HTML.paragraphs(parts).source == "a\n\nb")
    }
}
