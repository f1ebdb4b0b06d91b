import Domain
import HTTPTypes
import Testing

@testable import Web

@Suite struct HeaderPiecesTests {
    private let tag = EntityTag(digest: "abc")

    @Test(arguments: ["\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "*", " \"abc\" "])
    func `a client that names the tag has the content`(header: String) {
        #expect(tag.isKnown(to: [.ifNoneMatch: header]))
    }

    @Test(arguments: ["\"abcd\"", "abc", "", "\"x\", \"y\""])
    func `a client that names another tag has not`(header: String) {
        #expect(!tag.isKnown(to: [.ifNoneMatch: header]))
        #expect(!tag.isKnown(to: [:]))
    }

    @Test func `a range is answered only for this very content`() {
        #expect(tag.allowsRange([:]))
        #expect(tag.allowsRange([.ifRange: "\"abc\""]))
        #expect(!tag.allowsRange([.ifRange: "W/\"abc\""]))
        #expect(!tag.allowsRange([.ifRange: "\"old\""]))
        #expect(!tag.allowsRange([.ifRange: "Mon, 01 Jun 2026 12:00:00 GMT"]))
    }

    @Test(arguments: [
        ("show.ogg", "inline; filename=\"show.ogg\"; filename*=UTF-8''show.ogg"),
        ("Ночь.ogg", "inline; filename=\"____.ogg\"; filename*=UTF-8''%D0%9D%D0%BE%D1%87%D1%8C.ogg"),
        ("../../etc/passwd", "inline; filename=\"passwd\"; filename*=UTF-8''passwd"),
        ("a\"b\\c;d%.ogg", "inline; filename=\"c_d_.ogg\"; filename*=UTF-8''c%3Bd%25.ogg"),
        ("x\r\nA: b.ogg", "inline; filename=\"x A: b.ogg\"; filename*=UTF-8''x%20A%3A%20b.ogg"),
        ("evil\u{202E}gpj.ogg", "inline; filename=\"evilgpj.ogg\"; filename*=UTF-8''evilgpj.ogg"),
        ("nul\u{0}l.ogg", "inline; filename=\"null.ogg\"; filename*=UTF-8''null.ogg"),
        ("...", "inline; filename=\"audio\"; filename*=UTF-8''audio"),
    ])
    func `a file name cannot leave its place`(name: String, header: String) {
        #expect(ContentDisposition.inline(name) == header)
    }

    @Test(arguments: [
        (nil, "ru"), ("en", "en"), ("ru-RU,ru;q=0.9,en;q=0.8", "ru"), ("en;q=0.5, ru;q=0.9", "ru"),
        ("de-DE,de;q=0.9", "en"), ("de,ru;q=0.3", "ru"), ("*", "ru"), ("ru;q=0, en", "en"), (";;,,=", "ru"),
    ])
    func `strangers read the language that their browser wishes for`(header: String?, language: String) {
        #expect((Visitors.language(accepted: header) ?? .ru).rawValue == language)
    }

    @Test(arguments: [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                + "Version/17.5 Mobile/15E148 Safari/604.1", "Safari, iPhone"
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 "
                + "Safari/537.36 Edg/126.0", "Edge, Windows"
        ),
        ("", ""), ("\u{1F600}", ""),
    ])
    func `a browser is called what its owner calls it`(userAgent: String, name: String) {
        #expect(DeviceName.make(userAgent: userAgent) == name)
    }
}
