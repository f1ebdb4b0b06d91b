import Testing

@testable import Sandbox

@Suite struct MultipartParserTests {
    private static let body =
        "preamble\r\n--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--X\r\n"
        + "Content-Disposition: form-data; name=\"f\"; filename=\"a \\\"b\\\".ogg\"\r\nContent-Type: audio/ogg\r\n\r\n"
        + "\r\n--Y\r\n-\r\r\n--X\r\nContent-Disposition: form-data; name=empty\r\n\r\n\r\n--X--\r\nepilogue"

    @Test(arguments: [1, 2, 3, 7, 64, 10_000])
    func `pieces of any size give the same parts`(_ size: Int) throws {
        var parser = MultipartParser(boundary: "X")
        var parts: [MultipartParser.Part] = []
        var contents: [String] = []
        let bytes = Array(Self.body.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            for event in try parser.feed(bytes[start..<min(start + size, bytes.count)]) {
                switch event {
                case .part(let part):
                    parts.append(part)
                    contents.append("")
                case .data(let data): contents[contents.count - 1] += String(decoding: data, as: UTF8.self)
                case .end: break
                }
            }
        }
        try parser.finish()
        #expect(
            parts == [
                .init(name: "a", fileName: nil, mediaType: nil),
                .init(name: "f", fileName: "a \"b\".ogg", mediaType: "audio/ogg"),
                .init(name: "empty", fileName: nil, mediaType: nil),
            ]
        )
        #expect(contents == ["one", "\r\n--Y\r\n-\r", ""])
    }

    @Test func `a name in UTF-8 by RFC 5987 wins`() throws {
        var parser = MultipartParser(boundary: "X")
        let events = try parser.feed(
            "--X\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"; filename*=UTF-8''%D1%8F.ogg\r\n\r\n"
                .utf8
        )
        #expect(events == [.part(.init(name: "f", fileName: "я.ogg", mediaType: nil))])
    }

    @Test(arguments: ["--X\r\nno disposition\r\n\r\n", "--X??", "--X\r\n" + String(repeating: "h", count: 20_000)])
    func `what is no form is refused`(_ body: String) {
        #expect(throws: MultipartParser.Malformed.self) {
            var parser = MultipartParser(boundary: "X")
            _ = try parser.feed(body.utf8)
            try parser.finish()
        }
    }

    @Test(arguments: [
        ("multipart/form-data; boundary=abc", "abc"),
        ("Multipart/Form-Data; charset=utf-8; boundary=\"a b\"", "a b"),
        ("text/plain; boundary=abc", nil),
        ("multipart/form-data", nil),
    ])
    func `the boundary is read from the content type`(_ type: String, _ boundary: String?) {
        #expect(MultipartParser.boundary(of: type) == boundary)
    }
}
