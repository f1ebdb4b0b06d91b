import Foundation
import HTTPClient
import Testing

@Suite(
    .timeLimit(.minutes(1)),
    .enabled(if: SelfSignedServer.isPossible, "needs the openssl command")
)
struct TrustTests {
    @Test func `a server that no authority vouches for gets nothing`() async throws {
        let server = try await SelfSignedServer()
        let url = try #require(URL(string: "https://127.0.0.1:\(server.port)/"))
        let client = try HTTPClient()
        let error = try await #require(throws: HTTPError.self) {
            try await client.send(HTTPRequest(method: .post, url: url))
        }
        #expect(error == .untrusted(try #require(error.attempt)))
        #expect(error.attempt?.curlCode == 60)
        #expect(!error.requestMayHaveBeenSent)
    }

    @Test func `a server behind a proxy is checked too`() async throws {
        let server = try await SelfSignedServer()
        let proxy = try ScriptedProxy.http()
        let setting = "http://fomo:p%40ss%3Aw%2Frd@127.0.0.1:\(proxy.port)"
        let client = try HTTPClient(.init(proxy: Proxy(parsing: setting)))
        let url = try #require(URL(string: "https://127.0.0.1:\(server.port)/"))
        let error = try await #require(throws: HTTPError.self) { try await client.send(HTTPRequest(url: url)) }
        #expect(error == .untrusted(try #require(error.attempt)))
        #expect(proxy.targets == ["127.0.0.1:\(server.port)"])
    }
}
