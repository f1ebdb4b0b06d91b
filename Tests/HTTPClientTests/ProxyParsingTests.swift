import Testing

@testable import HTTPClient

struct ProxyParsingTests {
    @Test(
        arguments: [
            ("http://proxy.example:3128", Proxy.Scheme.http, "proxy.example", 3128),
            ("https://proxy.example:443/", .https, "proxy.example", 443),
            ("socks5://10.0.0.1:1080", .socks5, "10.0.0.1", 1080),
            ("SOCKS5H://[2001:db8::1]:1080", .socks5h, "2001:db8::1", 1080),
        ]
    )
    func `a proxy without credentials is read`(setting: String, scheme: Proxy.Scheme, host: String, port: Int) throws {
        let proxy = try Proxy(parsing: setting)
        #expect(proxy.scheme == scheme)
        #expect(proxy.host == host)
        #expect(proxy.port == port)
        #expect(proxy.credentials == nil)
    }

    @Test(
        arguments: [
            ("socks5h://user:pass@h:1", "user", "pass"),
            ("socks5h://u%40x:p%40ss%3A%2F%23%20%D1%8F@h:1", "u@x", "p@ss:/# я"),
            ("http://user@h:1", "user", ""),
            ("http://user:@h:1", "user", ""),
        ]
    )
    func `user and password are decoded`(setting: String, user: String, password: String) throws {
        #expect(try Proxy(parsing: setting).credentials == Proxy.Credentials(user: user, password: password))
    }

    @Test func `an address of version 6 is shown in brackets`() throws {
        #expect(try Proxy(parsing: "socks5h://u:p@[2001:db8::1]:1080").description == "socks5h://[2001:db8::1]:1080")
    }

    @Test(
        arguments: [
            ("", HTTPError.ProxyFault.scheme), ("proxy.example:1080", .scheme), ("socks4://h:1", .scheme),
            ("ftp://h:1", .scheme), ("socks5h:h:1", .scheme), ("user:secret@h:1080", .scheme),
            ("http://", .address), ("http://:3128", .address), ("http://user:sec ret@h:1", .address),
            ("http://user:sec%ret@h:1", .address), ("http://user:sec#ret@h:1", .address),
            ("http://h", .port), ("http://h:0", .port), ("http://h:65536", .port), ("http://h:", .port),
            ("http://h:1/path", .path), ("http://h:1?x=secret", .path), ("http://h:1#secret", .path),
            ("socks5h://:secret@h:1", .credentials), ("socks5h://user:sec%0Aret@h:1", .credentials),
            ("socks5h://user:sec%00ret@h:1", .credentials), ("socks5h://user:%FFsecret@h:1", .credentials),
            ("socks5h://user:\(String(repeating: "s", count: 256))@h:1", .credentials),
        ]
    )
    func `a wrong setting is refused with its fault and without its text`(
        setting: String,
        fault: HTTPError.ProxyFault
    ) throws {
        let error = try #require(throws: HTTPError.self) { try Proxy(parsing: setting) }
        #expect(error == .invalidProxy(fault))
        #expect(String(describing: error).hasPrefix("the proxy setting is wrong: "))
        #expect(!String(describing: error).contains("secret"))
    }
}
