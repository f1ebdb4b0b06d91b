import Testing

@testable import Sandbox

@Suite struct HTMLTextTests {
    @Test(arguments: [
        ("plain", "plain", []),
        ("a<b>b</b>c", "abc", ["bold 1+1"]),
        (
            "<strong>x</strong><em>y</em><ins>z</ins><del>w</del>", "xyzw",
            ["bold 0+1", "italic 1+1", "underline 2+1", "strikethrough 3+1"]
        ),
        ("<B>x</b>", "x", ["bold 0+1"]),
        ("🏟<i>д🏟</i>", "🏟д🏟", ["italic 2+3"]),
        ("<b><i>x</i>y</b>", "xy", ["bold 0+2", "italic 0+1"]),
        ("&lt;&gt;&amp;&quot;&#33;&#x41;&lt, &nbsp;", "<>&\"!A<, &nbsp;", []),
        ("<b></b>x", "x", []),
        ("<b>x</>", "x", ["bold 0+1"]),
        ("<span class=\"tg-spoiler\">x</span><tg-spoiler>y</tg-spoiler>", "xy", ["spoiler 0+1", "spoiler 1+1"]),
        (
            "<blockquote>x</blockquote><blockquote expandable>y</blockquote>", "xy",
            ["blockquote 0+1", "expandable_blockquote 1+1"]
        ),
        ("<pre><code class=\"language-swift\">x</code></pre>", "x", ["pre 0+1 swift"]),
        ("<code class='language-c'>x</code>", "x", ["code 0+1"]),
        ("<a href='Example.org'>x</a>", "x", ["text_link 0+1 http://example.org/"]),
        ("<a>example.org/y</a>", "example.org/y", ["text_link 0+13 http://example.org/y"]),
        ("<a href=\"nowhere\">x</a>", "x", []),
        ("<a href=\"https://e.org/?a=1&amp;b\">x</a>", "x", ["text_link 0+1 https://e.org/?a=1&b"]),
        ("<tg-emoji emoji-id=\"123\">👍</tg-emoji>", "👍", ["custom_emoji 0+2"]),
        ("<i unknown = attribute>x</i>", "x", ["italic 0+1"]),
    ])
    func `tags become entities counted in UTF-16`(_ input: String, _ text: String, _ entities: [String]) throws {
        let parsed = try HTMLText.parse(input)
        #expect(parsed.text == text)
        let shown = parsed.entities.map { entity in
            "\(entity.kind) \(entity.offset)+\(entity.length)"
                + [entity.url, entity.language].compactMap { $0.map { " " + $0 } }.joined()
        }
        #expect(shown == entities)
    }

    @Test(arguments: [
        ("дa<br>", "Unsupported start tag \"br\" at byte offset 3"),
        ("1 < 2", "Unsupported start tag \"\" at byte offset 2"),
        ("1 < 2>", "Unsupported start tag \"\" at byte offset 2"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href", "Unclosed start tag \"a\" at byte offset 0"),
        ("<a href=\"x", "Unclosed start tag at byte offset 0"),
        ("<a =x>y</a>", "Empty attribute name in the tag \"a\" at byte offset 0"),
        ("<a href=x/>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b ", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", "Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\""),
        ("<i><b>x</b>", "Can't find end tag corresponding to start tag \"i\""),
        ("<tg-emoji emoji-id=\"a\">👍</tg-emoji>", "Invalid custom emoji identifier specified"),
    ])
    func `a mistake is named with its byte`(_ input: String, _ error: String) {
        #expect(throws: HTMLText.Failure(text: error)) { try HTMLText.parse(input) }
    }
}
