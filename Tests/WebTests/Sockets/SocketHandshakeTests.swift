import HTTPTypes
import NIOCore
import Testing

@testable import Web

struct SocketHandshakeTests {
    private func request(_ fields: [String: String] = [:], method: HTTPRequest.Method = .get) throws -> HTTPRequest {
        var all = [
            "Upgrade": "WebSocket", "Connection": "keep-alive, Upgrade", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": WireClient.key,
        ]
        all.merge(fields) { _, new in new }
        var request = HTTPRequest(method: method, scheme: "http", authority: "club.example", path: "/ws")
        for (name, value) in all where !value.isEmpty {
            request.headerFields[try #require(HTTPField.Name(name))] = value
        }
        return request
    }

    @Test func `the key is answered as in the example of the RFC`() throws {
        // Source: RFC 6455, section 1.3.
        let answer = String(buffer: try SocketHandshake(request(), isHTTP11: true).answer(deflate: nil))
        #expect(answer.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"))
        #expect(answer.contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"))
        #expect(answer.hasSuffix("\r\n\r\n"))
        #expect(!answer.contains("Extensions"))
    }

    @Test func `a request asks for a socket with both fields, in any case`() throws {
        #expect(SocketHandshake.isAskedFor(by: try request()))
        #expect(!SocketHandshake.isAskedFor(by: try request(["Connection": "keep-alive"])))
        #expect(!SocketHandshake.isAskedFor(by: try request(["Upgrade": "h2c"])))
        #expect(!SocketHandshake.isAskedFor(by: try request(["Upgrade": ""])))
    }

    @Test(arguments: ["", "dGhl", "dGhlIHNhbXBsZSBub25jZQ", "not base 64 at all ====", "dGhlIHNhbXBsZSBub25jZR=="])
    func `a key that is not 16 bytes is refused`(key: String) throws {
        let request = try request(["Sec-WebSocket-Key": key])
        #expect(throws: HandshakeFault.malformed) { try SocketHandshake(request, isHTTP11: true) }
    }

    @Test(arguments: ["", "8", "12", "13, 8"]) func `another version is refused`(version: String) throws {
        let request = try request(["Sec-WebSocket-Version": version])
        #expect(throws: HandshakeFault.unsupportedVersion) { try SocketHandshake(request, isHTTP11: true) }
    }

    @Test func `another method, HTTP version or a missing host is refused`() throws {
        let post = try request(method: .post)
        #expect(throws: HandshakeFault.malformed) { try SocketHandshake(post, isHTTP11: true) }
        var request = try request()
        #expect(throws: HandshakeFault.malformed) { try SocketHandshake(request, isHTTP11: false) }
        request.authority = nil
        #expect(throws: HandshakeFault.malformed) { try SocketHandshake(request, isHTTP11: true) }
    }
}
