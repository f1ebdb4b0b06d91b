import Foundation
import Testing

@testable import HTTPClient

/// Nothing that is printed holds a token, a header value, a password or what people write.
struct SecrecyTests {
    private static let secrets = [
        "TOKEN", "bot123", "QUERY", "HEADER", "PASSWORD", "USER", "BODY", "CAPTION", "ANSWER", "FILEPATH",
    ]

    @Test func `requests, answers and settings print no secret`() throws {
        let request = try Self.request()
        let proxy = try Proxy(parsing: "socks5h://USER:PASSWORD@127.0.0.1:1080")
        let response = HTTPResponse(
            status: 200,
            headers: ["Set-Cookie": "HEADER"],
            body: Data("ANSWER".utf8),
            version: .http2
        )
        let download = HTTPDownload(status: 206, headers: ["ETag": "HEADER"], bytes: 2, resumedFrom: 1)
        let values: [Any] = [
            request, request.headers, request.headers.fields, request.body, proxy, response, download,
            HTTPClient.Configuration(proxy: proxy), Optional(request) as Any, [request], ["key": proxy],
        ]
        for value in values {
            try Self.expectNoSecret(in: value)
        }
        #expect("\(request)" == "POST https://api.telegram.org:443")
        #expect("\(proxy)" == "socks5h://127.0.0.1:1080")
        #expect("\(response)" == "200 in HTTP/2, 6 bytes")
    }

    @Test func `no error prints a secret`() throws {
        for error in try Self.errors() {
            try Self.expectNoSecret(in: error)
            #expect("\(error)".contains("\n") == false)
        }
    }

    @Test func `an error names method, server, proxy, curl's code and whether the request may have been sent`() throws {
        let attempt = HTTPAttempt(
            method: .post,
            origin: "https://api.telegram.org:443",
            proxy: "socks5h://127.0.0.1:1080",
            requestMayHaveBeenSent: true,
            curlCode: 56,
            entityTag: nil
        )
        let expected = """
            the connection was lost (POST https://api.telegram.org:443, through socks5h://127.0.0.1:1080, \
            curl 56: Failure when receiving data from the peer, the request may have been sent)
            """
        #expect("\(HTTPError.connectionLost(attempt))" == expected)
    }

    @Test(.timeLimit(.minutes(1))) func `an error of a real request prints no secret`() async throws {
        let port = try BoundPort()
        let request = try Self.request(to: "http://127.0.0.1:\(port.number)/bot123:TOKEN/sendMessage?q=QUERY", form: [])
        let client = try HTTPClient()
        let error = try await #require(throws: HTTPError.self) { try await client.send(request) }
        #expect(error == .unreachable(try #require(error.attempt)))
        try Self.expectNoSecret(in: error)
        #expect("\(error)".contains("POST http://127.0.0.1:\(port.number), curl 7: Couldn't connect to server"))
    }

    private static func expectNoSecret(in value: Any) throws {
        var dumped = ""
        dump(value, to: &dumped)
        let localized = (value as? any Error)?.localizedDescription ?? ""
        for text in [String(describing: value), String(reflecting: value), dumped, localized] {
            let found = secrets.filter { text.contains($0) }
            #expect(found.isEmpty, "in a value of type \(type(of: value))")
        }
    }

    private static let form = [
        MultipartPart(name: "caption", content: .text("CAPTION")),
        MultipartPart(name: "a", content: .bytes(Data("BODY".utf8), fileName: "FILEPATH", contentType: "x/y")),
        MultipartPart(
            name: "b",
            content: .file(URL(filePath: "/tmp/FILEPATH"), fileName: "FILEPATH", contentType: "x/y")
        ),
    ]

    private static func request(
        to url: String = "https://api.telegram.org/bot123:TOKEN/sendVoice?q=QUERY#QUERY",
        form: [MultipartPart] = form
    ) throws -> HTTPRequest {
        HTTPRequest(
            method: .post,
            url: try #require(URL(string: url)),
            headers: ["Authorization": "HEADER"],
            body: .multipart(form)
        )
    }

    private static func errors() throws -> [HTTPError] {
        let request = try request()
        let attempt = HTTPAttempt(
            method: .post,
            origin: try #require(Origin(request.url)).description,
            proxy: try Proxy(parsing: "http://USER:PASSWORD@h:1").description,
            requestMayHaveBeenSent: true,
            curlCode: 7,
            entityTag: "HEADER"
        )
        let response = HTTPResponse(
            status: 404,
            headers: ["X": "HEADER"],
            body: Data("ANSWER".utf8),
            version: .http1_1
        )
        return [
            .invalidProxy(.address), .invalidConfiguration(.userAgent), .invalidRequest(.address), .unavailable,
            .overloaded(attempt), .unresolved(attempt), .unreachable(attempt), .untrusted(attempt),
            .proxyCredentialsRefused(attempt), .proxyFailed(attempt), .connectionLost(attempt),
            .deadlineExceeded(attempt), .cancelled(attempt), .shutDown(attempt), .responseTooLarge(attempt),
            .malformedResponse(attempt), .downloadRefused(response, attempt), .unreadableFile(attempt),
            .unwritableFile(errno: 28, attempt), .failed(attempt),
        ]
    }
}
