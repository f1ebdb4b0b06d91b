import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct OriginTests {
    /// Headers that a browser or another client adds, and whether a change may then be made with a session cookie.
    private static let table: [([String: String], Bool)] = [
        (["Origin": "https://club.example"], true),
        (["Origin": "http://127.0.0.1:{port}"], true),
        (["Origin": "https://evil.example"], false),
        (["Origin": "https://club.example.evil.example"], false),
        (["Origin": "http://club.example"], false),
        (["Origin": "https://club.example:444"], false),
        (["Origin": "null"], false),
        (["Origin": ""], false),
        (["Sec-Fetch-Site": "same-origin"], true),
        (["Sec-Fetch-Site": "none"], true),
        (["Sec-Fetch-Site": "same-site"], false),
        (["Sec-Fetch-Site": "cross-site"], false),
        ([:], false),
    ]

    @Test func `with a cookie, only our own pages change anything`() async throws {
        try await WebClub.run(publicURL: "https://club.example") { club in
            for (headers, isAllowed) in Self.table {
                var sent = try await club.signedIn(Fixtures.member())
                sent["Cookie"] = sent["Cookie"]?.replacing("fomo=", with: "__Host-fomo=")
                sent["Origin"] = nil
                for (name, value) in headers {
                    sent[name] = value.replacing("{port}", with: String(club.http.port))
                }
                let answer = try await club.http.send("POST", "/api/auth/logout", headers: sent)
                #expect(answer.status == (isAllowed ? 204 : 403), "\(headers)")
                if !isAllowed { #expect(answer.errorCode == "foreign_origin", "\(headers)") }
            }
        }
    }

    @Test func `a client without cookies needs no origin`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            let token = try #require(headers["Cookie"]).replacing("fomo=", with: "")
            let bearer = ["Authorization": "Bearer \(token)"]
            #expect(try await club.http.send("POST", "/api/auth/logout", headers: bearer).status == 204)
        }
    }

    @Test(arguments: [
        "/api/auth/link", "/api/auth/telegram/webapp", "/api/auth/link/redeem", "/login", "/login/redeem",
    ])
    func `another site cannot sign a visitor in`(path: String) async throws {
        try await WebClub.run { club in
            let answer = try await club.http.send("POST", path, headers: ["Origin": "https://evil.example"])
            #expect(answer.status == 403)
            #expect(answer.errorCode == "foreign_origin")
        }
    }

    @Test func `looking at something needs no origin`() async throws {
        try await WebClub.run { club in
            var headers = try await club.signedIn(Fixtures.member())
            headers["Origin"] = "https://evil.example"
            #expect(try await club.http.send("GET", "/api/podcasts", headers: headers).status == 200)
        }
    }
}
