import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct BadRequestTests {
    private static let json = ["Content-Type": "application/json"]

    @Test(arguments: [
        ("", "malformed_body", nil), ("{", "malformed_body", nil), ("null", "malformed_body", nil),
        ("[]", "malformed_body", nil), ("{}", "invalid_field", "init_data"),
        (#"{"init_data":1}"#, "invalid_field", "init_data"), (#"{"init_data":null}"#, "invalid_field", "init_data"),
        ("\u{FEFF}{", "malformed_body", nil), (String(repeating: "[", count: 60_000), "malformed_body", nil),
    ])
    func `a body that makes no sense is refused, and the field is named`(
        body: String,
        code: String,
        field: String?
    ) async throws {
        try await WebClub.run { club in
            let answer = try await club.http.send(
                "POST",
                "/api/auth/telegram/webapp",
                headers: Self.json,
                body: Data(body.utf8)
            )
            #expect(answer.status == 400)
            #expect(answer.errorCode == code)
            #expect(answer.errorField == field)
        }
    }

    @Test func `bytes that are no text are refused`() async throws {
        try await WebClub.run { club in
            let body = Data([0x7B, 0xFF, 0xFE, 0x00, 0x7D])
            let path = "/api/auth/telegram/webapp"
            let object = try await club.http.send("POST", path, headers: Self.json, body: body)
            #expect(object.status == 400)
            let type = ["Content-Type": "application/x-www-form-urlencoded"]
            let form = try await club.http.send("POST", "/login", headers: type, body: body)
            #expect(form.status == 400)
        }
    }

    @Test func `a huge body is refused, announced or not`() async throws {
        try await WebClub.run { club in
            let huge = Data(repeating: 0x20, count: 3_000_000)
            let path = "/api/auth/telegram/webapp"
            let announced = try await club.http.send("POST", path, headers: Self.json, body: huge)
            #expect(announced.status == 413)
            #expect(announced.errorCode == "body_too_large")
            var chunked = Data(
                """
                POST \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n\
                Transfer-Encoding: chunked\r\n\r\n
                """.utf8
            )
            let chunk = Data("4000\r\n".utf8) + Data(repeating: 0x20, count: 0x4000) + Data("\r\n".utf8)
            for _ in 0..<20 { chunked += chunk }
            chunked += Data("0\r\n\r\n".utf8)
            #expect(try await club.http.exchange(chunked).status == 413)
        }
    }

    @Test(arguments: [nil, "text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""])
    func `only JSON is taken for JSON`(type: String?) async throws {
        try await WebClub.run { club in
            let headers = type.map { ["Content-Type": $0] } ?? [:]
            let answer = try await club.http.send(
                "POST",
                "/api/auth/telegram/webapp",
                headers: headers,
                body: Data("{}".utf8)
            )
            #expect(answer.status == 415)
            #expect(answer.errorCode == "unsupported_media_type")
        }
    }

    @Test func `an unknown address is not found, a wrong method is told which ones are right`() async throws {
        try await WebClub.run { club in
            let unknown = try await club.http.send("GET", "/api/nothing")
            #expect(unknown.status == 404)
            #expect(unknown.errorCode == "not_found")
            for (method, path, allowed) in [
                ("DELETE", "/api/podcasts", "GET, HEAD"), ("GET", "/api/auth/link", "POST"),
                ("PUT", "/api/podcasts/abc", "GET, HEAD"), ("TRACE", "/healthz", "GET, HEAD"),
                ("OPTIONS", "/login", "GET, HEAD, POST"),
            ] {
                let answer = try await club.http.send(method, path)
                #expect(answer.status == 405, "\(method) \(path)")
                #expect(answer["allow"] == allowed, "\(method) \(path)")
                #expect(answer.errorCode == "method_not_allowed", "\(method) \(path)")
            }
        }
    }

    @Test func `a person gets a page where a program gets JSON, in the language of each`() async throws {
        try await WebClub.run { club in
            let browser = ["Accept": "text/html,*/*;q=0.8", "Accept-Language": "ru"]
            let page = try await club.http.send("GET", "/nothing", headers: browser)
            #expect(page.status == 404)
            #expect(page["content-type"] == "text/html; charset=utf-8")
            #expect(page.text.contains("<html lang=\"ru\">"))
            #expect(page.text.contains("Здесь тихо"))
            let api = try await club.http.send("GET", "/api/podcasts", headers: browser)
            #expect((api.json["error"] as? [String: Any])?["message"] as? String == "Сначала войдите.")
            let member = try await club.signedIn(Fixtures.member(language: .ru))
            let own = try await club.http.send("GET", "/api/podcasts/x", headers: member)
            #expect((own.json["error"] as? [String: Any])?["message"] as? String == "Этого здесь нет.")
        }
    }

    @Test func `a store that does not answer is no secret and no crash`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            club.store.setOutage(.unavailable(source: "the secret place", code: 5))
            let answer = try await club.http.send("GET", "/api/podcasts", headers: headers)
            #expect(answer.status == 503)
            #expect(answer.errorCode == "unavailable")
            #expect(answer["retry-after"] == "5")
            var browser = headers
            browser["Accept"] = "text/html"
            let page = try await club.http.send("GET", "/library", headers: browser)
            #expect(page.status == 503)
            #expect(!page.text.contains("secret place"))
            club.store.setOutage(.corrupt(collection: "users", detail: "the secret detail"))
            let broken = try await club.http.send("GET", "/api/podcasts", headers: headers)
            #expect(broken.status == 500)
            #expect(broken.errorCode == "unexpected")
            #expect(!broken.text.contains("secret"))
        }
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "NONSENSE\r\n\r\n",
        "GET /../../etc/passwd HTTP/9.9\r\n\r\n",
    ])
    func `what is no HTTP is refused and the server lives on`(text: String) async throws {
        try await WebClub.run { club in
            let answer = try await club.http.exchange(Data(text.utf8))
            #expect(answer.status == 400)
            let next = try await club.http.send("GET", "/healthz")
            #expect(next.status == 200)
        }
    }

    @Test func `a head that is too large is refused`() async throws {
        try await WebClub.run { club in
            let cookie = ["Cookie": String(repeating: "a", count: 100_000)]
            let answer = try? await club.http.send("GET", "/healthz", headers: cookie)
            #expect(answer?.status != 200)
            let next = try await club.http.send("GET", "/healthz")
            #expect(next.status == 200)
        }
    }
}
