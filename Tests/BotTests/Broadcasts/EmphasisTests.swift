import Domain
import Foundation
import Testing

@testable import Bot

/// What people emphasise looks the same when it is sent on.
struct EmphasisTests {
    private func entity(_ type: String, _ offset: Int, _ length: Int) -> TelegramEntity {
        TelegramEntity(type: type, offset: offset, length: length, url: nil)
    }

    private func html(_ text: String, _ marks: RichText.Mark...) throws -> String {
        HTML(try RichText(text, marks: marks)).source
    }

    @Test func `marks within each other and beside each other are nested`() throws {
        #expect(
            try html("abcdef", .init(.bold, start: 0, length: 6), .init(.italic, start: 2, length: 2))
                == "<b>ab<i>cd</i>ef</b>"
        )
        #expect(
            try html("abcd", .init(.code, start: 0, length: 2), .init(.spoiler, start: 2, length: 2))
                == "<code>ab</code><tg-spoiler>cd</tg-spoiler>"
        )
        #expect(
            try html("ab", .init(.italic, start: 0, length: 2), .init(.bold, start: 0, length: 2))
                == "<i><b>ab</b></i>"
        )
    }

    @Test func `marks that overlap are closed and opened anew`() throws {
        #expect(
            try html("abcdef", .init(.bold, start: 0, length: 4), .init(.italic, start: 2, length: 4))
                == "<b>ab<i>cd</i></b><i>ef</i>"
        )
    }

    @Test func `what looks like markup is escaped, also in addresses`() throws {
        let link = RichText.Mark(.link, start: 0, length: 3, address: "https://a.test/\"><b>&")
        #expect(try html("<&>", link) == #"<a href="https://a.test/&quot;&gt;&lt;b&gt;&amp;">&lt;&amp;&gt;</a>"#)
    }

    @Test func `offsets are told in UTF-16 and kept in code points`() {
        let entities = [
            entity("bold", 3, 2), entity("italic", 1, 1),
            entity("code", -1, 2), entity("pre", 4, 99),
            entity("hashtag", 0, 2), entity("code", 3, .max),
        ]
        let written = WrittenText("🎙 ab", entities: entities)
        #expect(written.marks == [.init(.bold, start: 2, length: 2)])
    }

    @Test func `a command takes its own mark with it, and cuts those that reach into it`() {
        let entities = [
            entity("bold", 0, 12), entity("italic", 10, 3),
            entity("code", 0, 9),
        ]
        let rest = WrittenText("/announce abc", entities: entities).withoutCommand
        #expect(rest.text == " abc")
        #expect(rest.marks == [.init(.bold, start: 0, length: 3), .init(.italic, start: 1, length: 3)])
    }
}
