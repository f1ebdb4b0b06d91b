import Foundation
import Testing

@testable import Domain

struct RichTextTests {
    @Test(arguments: ["", "  \n ", "\u{2028}"])
    func `a text without a word is refused`(text: String) {
        #expect(throws: Refusal.nothingToAnnounce) { try RichText(text) }
    }

    @Test func `a text may have as many code points as one message`() throws {
        #expect(try RichText(String(repeating: "я", count: 4_096)).text.count == 4_096)
        #expect(throws: Refusal.announcementTooLong) { try RichText(String(repeating: "я", count: 4_097)) }
        #expect(throws: Refusal.announcementTooLong) { try RichText(String(repeating: "e\u{301}", count: 2_049)) }
        #expect(try RichText(" \(String(repeating: "a", count: 4_096))\n").text.count == 4_096)
    }

    @Test func `marks stay on their words when white space before them goes, and end with the text`() throws {
        let text = try RichText(
            "\n  bold link  ",
            marks: [
                .init(.bold, start: 0, length: 7), .init(.link, start: 8, length: 50, address: "https://club.test"),
                .init(.italic, start: 0, length: 3), .init(.code, start: 90, length: 3),
            ]
        )
        #expect(text.text == "bold link")
        #expect(
            text.marks == [
                .init(.bold, start: 0, length: 4), .init(.link, start: 5, length: 4, address: "https://club.test"),
            ]
        )
    }
}
