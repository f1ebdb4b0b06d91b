import Foundation
import HTTPClient
import Testing

struct RequestCheckTests {
    @Test(
        arguments: [
            "ftp://h/", "file:///etc/passwd", "/relative", "http:///no-host", "https://user:pass@h/", "https://user@h/",
            "mailto:a@b",
        ]
    )
    func `an address that is not plain http or https is refused`(text: String) async throws {
        let request = HTTPRequest(url: try #require(URL(string: text)))
        #expect(try await fault(of: request) == .address)
    }

    @Test(
        arguments: [
            ("X-A", "b\r\nX-C: d"), ("X-A", "b\n"), ("X-A", "b\u{0}c"), ("X A", "b"), ("X-A:", "b"), ("", "b"),
            ("X-Я", "b"), ("X-A\r\nX-B", "c"), ("Content-Length", "5"), ("transfer-encoding", "chunked"),
            ("Content-Type", "text/plain"), ("Host", "other"), ("Expect", "100-continue"),
        ]
    )
    func `a header that would break the message is refused`(name: String, value: String) async throws {
        let request = HTTPRequest(url: try Self.url(), headers: [name: value])
        #expect(try await fault(of: request) == .header)
    }

    @Test func `a content type with a line break is refused`() async throws {
        let body = HTTPBody.bytes(Data(), contentType: "a/b\r\nX: y")
        #expect(try await fault(of: HTTPRequest(method: .post, url: Self.url(), body: body)) == .header)
    }

    @Test(
        arguments: [
            MultipartPart(name: "a\u{0}b", content: .text("")),
            MultipartPart(name: "a", content: .bytes(Data(), fileName: "a\u{0}.ogg", contentType: "a/b")),
            MultipartPart(name: "a", content: .bytes(Data(), fileName: "a.ogg", contentType: "a/b\r\nX: y")),
        ]
    )
    func `a form whose names would break it is refused`(part: MultipartPart) async throws {
        let request = HTTPRequest(method: .post, url: try Self.url(), body: .multipart([part]))
        #expect(try await fault(of: request) == .form)
    }

    @Test(arguments: [HTTPRequest.Method.get, .head])
    func `a body with GET or HEAD is refused`(method: HTTPRequest.Method) async throws {
        let body = HTTPBody.bytes(Data(), contentType: "a/b")
        #expect(try await fault(of: HTTPRequest(method: method, url: Self.url(), body: body)) == .body)
    }

    @Test func `following redirects with a changing request is refused`() async throws {
        let request = HTTPRequest(method: .post, url: try Self.url(), followsRedirects: true)
        #expect(try await fault(of: request) == .redirects)
    }

    @Test(
        arguments: [
            (.post, HTTPHeaders()), (.get, ["Range": "bytes=0-1"]), (.get, ["If-Range": "x"]),
            (.get, ["Accept-Encoding": "br"]),
        ] as [(HTTPRequest.Method, HTTPHeaders)]
    )
    func `a download leaves method and ranges to the client`(
        method: HTTPRequest.Method,
        headers: HTTPHeaders
    ) async throws {
        let request = HTTPRequest(method: method, url: try Self.url(), headers: headers)
        let file = try TemporaryFile()
        let error = try await #require(throws: HTTPError.self) {
            try await HTTPClient().download(request, to: file.url, maximumBytes: nil, entityTag: nil)
        }
        #expect(error == .invalidRequest(.download))
    }

    @Test(
        arguments: [
            (HTTPClient.Configuration(connectTimeout: .zero), HTTPError.ConfigurationFault.connectTimeout),
            (HTTPClient.Configuration(stallTimeout: .milliseconds(999)), .stallTimeout),
            (.init(maximumTransfers: 0), .maximumTransfers), (.init(maximumTransfers: 10_001), .maximumTransfers),
            (.init(userAgent: ""), .userAgent), (.init(userAgent: "a\r\nb"), .userAgent),
        ]
    )
    func `a wrong setting is refused`(setting: HTTPClient.Configuration, fault: HTTPError.ConfigurationFault) throws {
        #expect(throws: HTTPError.invalidConfiguration(fault)) { try HTTPClient(setting) }
    }

    private func fault(of request: HTTPRequest) async throws -> HTTPError.RequestFault? {
        let error = try await #require(throws: HTTPError.self) { try await HTTPClient().send(request) }
        guard case .invalidRequest(let fault) = error else { return nil }
        return fault
    }

    private static func url() throws -> URL {
        try #require(URL(string: "http://127.0.0.1:9/"))
    }
}
