import Domain
import Testing

struct PlainTextTests {
    @Test(arguments: [
        ("../../etc/passwd", "passwd"),
        ("C:\\music\\song.mp3", "song.mp3"),
        ("so\u{0}ng\u{202E}3pm.exe", "song3pm.exe"),
        (".hidden", "hidden"),
        ("a\r\nSet-Cookie: x.mp3", "a Set-Cookie: x.mp3"),
    ])
    func `a file name is only a name`(name: String, cleaned: String) {
        #expect(PlainText.fileName(name) == cleaned)
    }

    @Test(arguments: ["", "/", "..", "../", "\u{0}", "   "])
    func `a file name of nothing is none`(name: String) {
        #expect(PlainText.fileName(name) == nil)
    }

    @Test func `a text of a million marks on one letter is cut`() {
        let zalgo = "a" + String(repeating: "\u{0301}", count: 1_000_000)

        #expect(PlainText.line(zalgo, limit: 128).unicodeScalars.count <= 128)
    }
}
