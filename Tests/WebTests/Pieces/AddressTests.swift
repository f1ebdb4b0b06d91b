import HTTPTypes
import Testing

@testable import Web

@Suite struct AddressTests {
    @Test(arguments: [
        ("/library", true), ("/library?q=a+b&tag=%D1%8F", true), ("/podcast/abc#t=10", true), ("/", true),
        ("//evil.example", false), ("/\\evil.example", false), ("https://evil.example", false), ("library", false),
        ("", false), ("/a\nb", false), ("/\t/evil.example", false), ("/a b", false), ("/login", false),
        ("/login?next=/", false), ("/login/redeem", false), ("/слово", false), ("javascript:alert(1)", false),
        ("/a\\b", false),
    ])
    func `one goes on within this site only`(text: String, isGood: Bool) {
        #expect((LocalPath(text) != nil) == isGood)
    }

    @Test func `an overlong way to go on is passed over`() {
        #expect(LocalPath("/" + String(repeating: "a", count: 2000)) == nil)
    }

    @Test(arguments: [
        ("a=1&b=2", ["a=1", "b=2"]), ("a=x+y%20z", ["a=x y z"]), ("a", ["a="]), ("a=b=c", ["a=b=c"]),
        ("%D1%8F=%D1%8F", ["я=я"]), ("&&a=1&", ["a=1"]), ("", []),
    ])
    func `fields are decoded as browsers write them`(text: String, pairs: [String]) {
        #expect(FormFields(text)?.pairs.map { "\($0.name)=\($0.value)" } == pairs)
    }

    @Test(arguments: ["a=%", "a=%4", "a=%GG", "a=%FF", "%C3=1", "a=%ED%A0%80"])
    func `a broken escape makes the fields unreadable`(text: String) {
        #expect(FormFields(text) == nil)
    }

    @Test func `what is encoded is decoded to itself`() {
        let text = "a b&c=d+e%/я\u{0}\u{1F600}"
        #expect(FormFields("x=\(FormFields.encoded(text))")?["x"] == text)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.1.2", true), ("10.0.0.0/8", "11.0.0.1", false), ("127.0.0.1", "127.0.0.1", true),
        ("127.0.0.1", "127.0.0.2", false), ("0.0.0.0/0", "8.8.8.8", true), ("fd00::/8", "fd12::1", true),
        ("fd00::/8", "fe80::1", false), ("10.0.0.0/8", "::ffff:10.1.2.3", true), ("::/0", "10.1.2.3", false),
        ("192.168.0.0/23", "192.168.1.9", true), ("192.168.0.0/23", "192.168.2.9", false),
    ])
    func `a range holds the addresses that share its prefix`(range: String, address: String, holds: Bool) throws {
        let range = try #require(AddressRange(range))
        #expect(range.contains(try #require(IPAddress(address))) == holds)
    }

    @Test(arguments: ["", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/-1", "::/129", "10.0.0.0/8/8", "host", "10.0.0.0/a"])
    func `nonsense is no range`(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test(arguments: [
        ("10.0.0.1", nil, "10.0.0.1"), ("10.0.0.1", "1.2.3.4", "1.2.3.4"), ("10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "1.2.3.4, 10.0.0.9", "1.2.3.4"), ("9.9.9.9", "1.2.3.4", "9.9.9.9"),
        ("10.0.0.1", "1.2.3.4, nonsense", "10.0.0.1"), ("10.0.0.1", "10.0.0.5", "10.0.0.5"),
    ])
    func `only a trusted proxy is believed about the client`(peer: String, header: String?, client: String) throws {
        let addresses = ClientAddress(trustedProxies: [try #require(AddressRange("10.0.0.0/8"))])
        var headers: HTTPFields = [:]
        headers[try #require(HTTPField.Name("X-Forwarded-For"))] = header
        #expect(addresses.resolve(peer: IPAddress(peer), headers: headers) == IPAddress(client))
    }
}
