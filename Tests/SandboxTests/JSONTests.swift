import Testing

@testable import Sandbox

@Suite struct JSONTests {
    @Test(arguments: [
        #"{"b":1,"a":[true,null,1.50,-2e3],"b":{}}"#,
        #"[]"#,
        #""\u0430\ud83c\udfdf/\"\\\n""#,
    ])
    func `what was read is written as it was`(_ text: String) throws {
        #expect(try #require(JSON(parsing: text)).text == text)
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\"}", "01", "1.", "\"\u{1}\"", "nul", "[1] 2", "{\"a\":1,}", "'a'",
        String(repeating: "[", count: 200) + String(repeating: "]", count: 200),
    ])
    func `what breaks the grammar is refused`(_ text: String) {
        #expect(JSON(parsing: text) == nil)
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        #expect(JSON(parsing: [0x22, 0xFF, 0x22]) == nil)
    }

    @Test func `a lone surrogate becomes a replacement character`() {
        #expect(JSON(parsing: #""\ud83cx""#) == .string("\u{FFFD}x"))
    }

    @Test func `all but ASCII is escaped in units of UTF-16, and a slash stays`() {
        #expect(JSON.string("a/\u{7F}ё🏟\u{1}\n").text == "\"a/\u{7F}\\u0451\\ud83c\\udfdf\\u0001\\n\"")
    }

    @Test func `members without a value are left out`() {
        #expect(JSON.fields(["a": 1, "b": nil, "c": .flag(false), "d": .text("")]).text == #"{"a":1}"#)
    }
}
