import Domain
import Foundation
import Testing

struct PageCursorTests {
    @Test func `a cursor survives an address`() throws {
        let cursor = PageCursor(time: Timestamp.date(milliseconds: 1_795_000_000_123), id: "abc.def")

        #expect(PageCursor(text: cursor.text) == cursor)
    }

    @Test(arguments: ["", "x", "1", "a.b", "99999999999999999999.a", "9223372036854775807.a", "-9223372036854775808.a"])
    func `nonsense is no cursor`(text: String) {
        #expect(PageCursor(text: text) == nil)
    }
}
