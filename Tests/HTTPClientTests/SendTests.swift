import Foundation
import HTTPClient
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SendTests {
    @Test func `a GET brings status, header fields, body and version`() async throws {
        let server = try LoopbackServer.answering { _ in
            answer(
                429,
                #"{"ok":false}"#,
                headers: ["Content-Type: application/json", "Retry-After:  17 ", "ETag: \"x\""]
            )
        }
        let response = try await HTTPClient().send(HTTPRequest(url: server.url("/a/b?c=d")))
        #expect(response.status == 429)
        #expect(response.headers["content-type"] == "application/json")
        #expect(response.headers["RETRY-AFTER"] == "17")
        #expect(response.headers["Etag"] == "\"x\"")
        #expect(response.headers["absent"] == nil)
        #expect(response.body == Data(#"{"ok":false}"#.utf8))
        #expect(response.version == .http1_1)
        #expect(server.requests.map(\.line) == ["GET /a/b?c=d HTTP/1.1"])
    }

    @Test func `a POST carries its bytes, their type and their length`() async throws {
        let server = try LoopbackServer.answering { _ in answer(200) }
        let request = HTTPRequest(
            method: .post,
            url: try server.url("/x"),
            headers: ["X-Note": "a", "X-Empty": ""],
            body: .bytes(Data("chat_id=1&text=%D0%AF".utf8), contentType: "application/x-www-form-urlencoded")
        )
        _ = try await HTTPClient(.init(userAgent: "tester/1")).send(request)
        let received = try #require(server.requests.first)
        #expect(received.line == "POST /x HTTP/1.1")
        #expect(received.text == "chat_id=1&text=%D0%AF")
        #expect(received.headers["content-type"] == "application/x-www-form-urlencoded")
        #expect(received.headers["content-length"] == "21")
        #expect(received.headers["x-note"] == "a")
        #expect(received.headers["x-empty"] == "")
        #expect(received.headers["user-agent"] == "tester/1")
        #expect(received.headers["expect"] == nil)
    }

    @Test(arguments: [HTTPRequest.Method.post, .put, .patch, .delete])
    func `a changing request without a body announces a length of zero`(method: HTTPRequest.Method) async throws {
        let server = try LoopbackServer.answering { _ in answer(200, "done") }
        let response = try await HTTPClient().send(HTTPRequest(method: method, url: server.url()))
        let received = try #require(server.requests.first)
        #expect(received.line == "\(method.rawValue) / HTTP/1.1")
        #expect(received.headers["content-length"] == "0")
        #expect(received.headers["content-type"] == nil)
        #expect(String(decoding: response.body, as: UTF8.self) == "done")
    }

    @Test(arguments: [HTTPRequest.Method.put, .patch, .delete])
    func `PUT and DELETE carry a body`(method: HTTPRequest.Method) async throws {
        let server = try LoopbackServer.answering { _ in answer(204) }
        let body = HTTPBody.bytes(Data("{}".utf8), contentType: "application/json")
        let response = try await HTTPClient().send(HTTPRequest(method: method, url: server.url(), body: body))
        #expect(response.status == 204)
        #expect(server.requests.map(\.line) == ["\(method.rawValue) / HTTP/1.1"])
        #expect(server.requests.map(\.text) == ["{}"])
    }

    @Test func `the answer to HEAD has a length and no body`() async throws {
        let server = try LoopbackServer.answering { _ in "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" }
        let client = try HTTPClient()
        for _ in 1...2 {
            let response = try await client.send(HTTPRequest(method: .head, url: server.url()))
            #expect(response.headers["content-length"] == "1000")
            #expect(response.body.isEmpty)
        }
        #expect(server.connections == 1)
    }

    @Test func `a compressed answer is asked for and unpacked`() async throws {
        // "an episode" in gzip.
        let packed = try #require(Data(base64Encoded: Self.gzippedEpisode))
        let server = try LoopbackServer { connection in
            _ = try connection.readRequest()
            try connection.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n")
            try connection.write(packed)
        }
        let response = try await HTTPClient().send(HTTPRequest(url: server.url()))
        #expect(String(decoding: response.body, as: UTF8.self) == "an episode")
        #expect(server.requests.first?.headers["accept-encoding"] == "gzip")
    }

    @Test func `an answer in chunks is put together`() async throws {
        let server = try LoopbackServer.answering { _ in
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nan\r\n8\r\n episode\r\n0\r\n\r\n"
        }
        let response = try await HTTPClient().send(HTTPRequest(url: server.url()))
        #expect(String(decoding: response.body, as: UTF8.self) == "an episode")
    }

    @Test func `a redirect is an answer unless it is to be followed`() async throws {
        let server = try LoopbackServer.answering { request in
            request.line.contains("/old")
                ? answer(302, "moved", headers: ["Location: /new", "X-From: old"]) : answer(200, "here")
        }
        let client = try HTTPClient()
        var request = HTTPRequest(url: try server.url("/old"))
        let redirect = try await client.send(request)
        #expect(redirect.status == 302)
        #expect(redirect.headers["location"] == "/new")
        request.followsRedirects = true
        let followed = try await client.send(request)
        #expect(followed.status == 200)
        #expect(followed.body == Data("here".utf8))
        #expect(followed.headers["x-from"] == nil)
    }

    @Test func `a circle of redirects ends`() async throws {
        let server = try LoopbackServer.answering { _ in answer(302, headers: ["Location: /again"]) }
        let client = try HTTPClient()
        let error = try await #require(throws: HTTPError.self) {
            try await client.send(HTTPRequest(url: server.url(), followsRedirects: true))
        }
        #expect(error == .malformedResponse(try #require(error.attempt)))
        #expect(server.requests.count == 6)
    }

    private static let gzippedEpisode = "H4sIAAAAAAACA0vMU0gtyCzOT0kFAPz8vvAKAAAA"
}
