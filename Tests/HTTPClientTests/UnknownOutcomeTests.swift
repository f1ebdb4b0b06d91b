import Foundation
import HTTPClient
import Testing

/// Whether an error says rightly that the server may have received the request.
@Suite(.timeLimit(.minutes(1)))
struct UnknownOutcomeTests {
    @Test func `a name without address was not sent to`() async throws {
        let error = try await failure(of: HTTPRequest(method: .post, url: url("http://club.invalid/")))
        #expect(error == .unresolved(try #require(error.attempt)))
        #expect(!error.requestMayHaveBeenSent)
    }

    @Test func `a port that nobody listens on was not sent to`() async throws {
        let port = try BoundPort()
        let error = try await failure(of: HTTPRequest(method: .post, url: url("http://127.0.0.1:\(port.number)/")))
        #expect(error == .unreachable(try #require(error.attempt)))
        #expect(!error.requestMayHaveBeenSent)
    }

    @Test func `a server that breaks off the TLS handshake got nothing`() async throws {
        let server = try LoopbackServer { connection in
            _ = try connection.read(1)
            try connection.write("HTTP/1.1 400 Bad Request\r\n\r\n")
        }
        let error = try await failure(of: HTTPRequest(method: .post, url: url("https://127.0.0.1:\(server.port)/")))
        #expect(error == .untrusted(try #require(error.attempt)))
        #expect(!error.requestMayHaveBeenSent)
    }

    @Test func `a TLS handshake that never ends is given up after the connect timeout`() async throws {
        let server = try LoopbackServer { try $0.waitForClose() }
        let client = try HTTPClient(.init(connectTimeout: .milliseconds(200)))
        let error = try await #require(throws: HTTPError.self) {
            try await client.send(HTTPRequest(method: .post, url: url("https://127.0.0.1:\(server.port)/")))
        }
        #expect(error == .unreachable(try #require(error.attempt)))
        #expect(!error.requestMayHaveBeenSent)
    }

    @Test func `a deadline that passes during the handshake leaves nothing sent`() async throws {
        let server = try LoopbackServer { try $0.waitForClose() }
        let request = HTTPRequest(
            method: .post,
            url: try url("https://127.0.0.1:\(server.port)/"),
            deadline: .milliseconds(200)
        )
        let error = try await failure(of: request)
        #expect(error == .deadlineExceeded(try #require(error.attempt)))
        #expect(!error.requestMayHaveBeenSent)
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"])
    func `a server that breaks off after the request may have acted`(reply: String) async throws {
        let server = try LoopbackServer { connection in
            _ = try connection.readRequest()
            try connection.write(reply)
        }
        let error = try await failure(of: HTTPRequest(method: .post, url: server.url()))
        #expect(error == .connectionLost(try #require(error.attempt)))
        #expect(error.requestMayHaveBeenSent)
        #expect(server.requests.count == 1)
    }

    @Test func `a server that breaks off in the middle of the request may have acted`() async throws {
        let server = try LoopbackServer { connection in
            _ = try connection.readHead()
        }
        let body = HTTPBody.bytes(Data(count: 20_000_000), contentType: "audio/ogg")
        let error = try await failure(of: HTTPRequest(method: .post, url: server.url(), body: body))
        #expect(error == .connectionLost(try #require(error.attempt)))
        #expect(error.requestMayHaveBeenSent)
    }

    private func failure(of request: HTTPRequest) async throws -> HTTPError {
        try await #require(throws: HTTPError.self) { try await HTTPClient().send(request) }
    }

    private func url(_ text: String) throws -> URL {
        try #require(URL(string: text))
    }
}
