import Foundation
import HTTPClient
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ProxyTests {
    private static let credentials = "fomo:p%40ss%3Aw%2Frd"

    @Test func `an HTTP proxy gets user and password and opens a tunnel`() async throws {
        let server = try LoopbackServer.answering { _ in answer(200, "through") }
        let proxy = try ScriptedProxy.http()
        let client = try client(through: "http://\(Self.credentials)@127.0.0.1:\(proxy.port)")
        for _ in 1...3 {
            let response = try await client.send(HTTPRequest(url: server.url("/x", host: "club.invalid")))
            #expect(response.body == Data("through".utf8))
            #expect(response.headers["x-proxy"] == nil)
        }
        #expect(proxy.targets == ["club.invalid:\(server.port)"])
        #expect(server.requests.map(\.line) == Array(repeating: "GET /x HTTP/1.1", count: 3))
        #expect(server.requests.allSatisfy { $0.headers["proxy-authorization"] == nil })
    }

    @Test(arguments: ["socks5h", "SOCKS5H"])
    func `a SOCKS5 proxy gets user and password and the server's name`(scheme: String) async throws {
        let server = try LoopbackServer.answering { _ in answer(200, "through") }
        let proxy = try ScriptedProxy.socks5()
        let client = try client(through: "\(scheme)://\(Self.credentials)@127.0.0.1:\(proxy.port)")
        for _ in 1...3 {
            let response = try await client.send(HTTPRequest(url: server.url(host: "club.invalid")))
            #expect(response.body == Data("through".utf8))
        }
        #expect(proxy.targets == ["club.invalid:\(server.port)"])
    }

    @Test func `a SOCKS5 proxy without the h gets an address`() async throws {
        let server = try LoopbackServer.answering { _ in answer(200, "through") }
        let proxy = try ScriptedProxy.socks5()
        let client = try client(through: "socks5://\(Self.credentials)@127.0.0.1:\(proxy.port)")
        _ = try await client.send(HTTPRequest(url: server.url()))
        #expect(proxy.targets == ["127.0.0.1:\(server.port)"])
    }

    @Test(arguments: ["fomo:wrong@", "other:p%40ss%3Aw%2Frd@", ""], ["http", "socks5h"])
    func `wrong or missing credentials give one clear error`(credentials: String, scheme: String) async throws {
        let server = try LoopbackServer.answering { _ in answer(200) }
        let proxy = scheme == "http" ? try ScriptedProxy.http() : try ScriptedProxy.socks5()
        let client = try client(through: "\(scheme)://\(credentials)127.0.0.1:\(proxy.port)")
        let error = try await #require(throws: HTTPError.self) {
            try await client.send(HTTPRequest(method: .post, url: server.url("/bot1:SECRET/sendMessage")))
        }
        #expect(error == .proxyCredentialsRefused(try #require(error.attempt)))
        #expect(!error.requestMayHaveBeenSent)
        #expect(server.connections == 0)
        let text = String(describing: error)
        #expect(text.hasPrefix("the proxy did not accept user and password ("))
        #expect(text.contains("\(scheme)://127.0.0.1:\(proxy.port)"))
        #expect(!text.contains("wrong") && !text.contains("w/rd") && !text.contains("SECRET"))
    }

    @Test(arguments: [ScriptedProxy.Conduct.refuses, .hangsUp], ["http", "socks5h"])
    func `a proxy that does not connect is told from the server`(
        conduct: ScriptedProxy.Conduct,
        scheme: String
    ) async throws {
        let proxy = scheme == "http" ? try ScriptedProxy.http(conduct) : try ScriptedProxy.socks5(conduct)
        let client = try client(through: "\(scheme)://\(Self.credentials)@127.0.0.1:\(proxy.port)")
        let url = try #require(URL(string: "http://club.invalid/"))
        let error = try await #require(throws: HTTPError.self) {
            try await client.send(HTTPRequest(method: .post, url: url))
        }
        #expect(error == .proxyFailed(try #require(error.attempt)))
        #expect(!error.requestMayHaveBeenSent)
        #expect(proxy.targets == ["club.invalid:80"])
    }

    @Test(arguments: ["http", "socks5h"])
    func `a proxy that is not there is named in the error`(scheme: String) async throws {
        let port = try BoundPort()
        let client = try client(through: "\(scheme)://\(Self.credentials)@127.0.0.1:\(port.number)")
        let url = try #require(URL(string: "http://club.invalid/"))
        let error = try await #require(throws: HTTPError.self) { try await client.send(HTTPRequest(url: url)) }
        #expect(error == .unreachable(try #require(error.attempt)))
        #expect(error.attempt?.proxy == "\(scheme)://127.0.0.1:\(port.number)")
        #expect(!error.requestMayHaveBeenSent)
    }

    @Test func `a proxy that never answers is given up after the connect timeout`() async throws {
        let proxy = try LoopbackServer { try $0.waitForClose() }
        let setting = try Proxy(parsing: "http://127.0.0.1:\(proxy.port)")
        let client = try HTTPClient(.init(proxy: setting, connectTimeout: .milliseconds(200)))
        let url = try #require(URL(string: "http://club.invalid/"))
        let error = try await #require(throws: HTTPError.self) { try await client.send(HTTPRequest(url: url)) }
        #expect(error == .unreachable(try #require(error.attempt)))
        #expect(!error.requestMayHaveBeenSent)
    }

    private func client(through setting: String) throws -> HTTPClient {
        try HTTPClient(.init(proxy: Proxy(parsing: setting)))
    }
}
