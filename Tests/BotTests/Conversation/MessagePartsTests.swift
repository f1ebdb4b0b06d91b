import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Texts that are too long for one message.
struct MessagePartsTests {
    private func parts(_ source: String, _ limit: Int) -> [String] {
        MessageParts(HTML(markup: source), limit: limit).parts.map(\.source)
    }

    @Test func `a text that fits stays whole, however long its markup is`() throws {
        let source = "<b>\(String(repeating: "&amp;", count: 10))</b>"
        #expect(parts(source, 10) == [source])
        #expect(parts("", 10) == [""])
    }

    @Test func `it is parted between paragraphs, else between lines, else between words, else anywhere`() {
        #expect(parts("one two\n\nthree\nfour", 16) == ["one two\n\n", "three\nfour"])
        #expect(parts("one two\nthree four", 12) == ["one two\n", "three four"])
        #expect(parts("one two three", 8) == ["one two ", "three"])
        #expect(parts("abcdefgh", 3) == ["abc", "def", "gh"])
    }

    @Test func `marks that reach over a border are closed and opened again`() {
        #expect(parts("<b>one <i>two three</i></b> x", 8) == ["<b>one <i>two </i></b>", "<b><i>three</i></b> x"])
        let link = #"<a href="https://a.test/?a&amp;b">one two</a>"#
        #expect(
            parts(link, 4) == [
                #"<a href="https://a.test/?a&amp;b">one </a>"#, #"<a href="https://a.test/?a&amp;b">two</a>"#,
            ]
        )
    }

    @Test func `whatever is parted can be read by Telegram, fits, and loses no word`() throws {
        var generator = SeededNumbers(seed: 7)
        for _ in 1...200 {
            let kinds = ["one", "two &amp;", "<b>three</b>", "<i>fo ur</i>", "e\u{301}🎙"]
            let words = (1...60).map { _ in kinds.randomElement(using: &generator) ?? "" }
            let source = words.joined(separator: generator.next().isMultiple(of: 3) ? "\n\n" : " ")
            let parts = MessageParts(HTML(markup: source), limit: 40).parts
            var read = ""
            for part in parts {
                let text = try TelegramText(part.source)
                #expect(text.length <= 40)
                read += text.plain
            }
            let whole = try TelegramText(source).plain
            #expect(read.filter { !$0.isWhitespace } == whole.filter { !$0.isWhitespace })
        }
    }

    @Test func `a long answer goes in several messages, with the buttons under the last one`() throws {
        let text = HTML(markup: "\(String(repeating: "a", count: 4_000))\n\n\(String(repeating: "b", count: 4_000))")
        let replies = Reply.show(Screen(text: text, rows: [[.tap("?", .help)]])).fitting
        let screens = Seen(replies.map { $0.call(in: ChatID(rawValue: 1)) }).screens
        #expect(screens.map(\.buttons.count) == [0, 1])
        #expect(try screens.allSatisfy { try TelegramText($0.source).length <= MessageParts.limit })
        let change = Reply.change(nil, Screen(text: text)).fitting
        #expect(change.count == 1)
    }

    /// Numbers that look random, the same at each run.
    private struct SeededNumbers: RandomNumberGenerator {
        var seed: UInt64

        mutating func next() -> UInt64 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return seed >> 11
        }
    }
}
