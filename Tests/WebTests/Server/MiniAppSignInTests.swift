import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct MiniAppSignInTests {
    private static func data(id: Int = 1, name: String = "Vera", language: String = "ru") -> String {
        MiniAppSignInDataTests.signed([
            "user": #"{"id":\#(id),"first_name":"\#(name)","language_code":"\#(language)"}"#,
            "auth_date": "1780315200",
        ])
    }

    @Test func `a member who opens the app is signed in, under the name that Telegram tells now`() async throws {
        try await WebClub.run { club in
            try await club.keep(Fixtures.member())
            let answer = try await club.post("/api/auth/telegram/webapp", ["init_data": Self.data(name: "Вера")])
            #expect(answer.status == 200)
            let member = try #require(answer.json["member"] as? [String: Any])
            #expect(member["name"] as? String == "Вера")
            #expect(member["user_id"] as? String == "member-1")
            let token = try #require(answer.json["token"] as? String)
            let me = try await club.http.send("GET", "/api/auth/me", headers: ["Authorization": "Bearer \(token)"])
            #expect((me.json["session"] as? [String: Any])?["way"] as? String == "mini_app")
        }
    }

    @Test func `over TLS its cookie works in Telegram's frame, a link's only on our own pages`() async throws {
        try await WebClub.run(publicURL: "https://club.example") { club in
            try await club.keep(Fixtures.member())
            let miniApp = try await club.post("/api/auth/telegram/webapp", ["init_data": Self.data()])
            let cookie = try #require(miniApp["set-cookie"])
            #expect(cookie.hasPrefix("__Host-fomo=ey"))
            let flags = Set(cookie.split(separator: ";").dropFirst().map { $0.trimmingCharacters(in: .whitespaces) })
            #expect(flags == ["Max-Age=2592000", "Path=/", "HttpOnly", "Secure", "SameSite=None", "Partitioned"])
            #expect(miniApp["strict-transport-security"] != nil)
            let start = try await club.post("/api/auth/link", [:])
            let browser = try #require(start["set-cookie"])
            #expect(browser.hasPrefix("__Host-fomo-browser="))
            #expect(browser.hasSuffix("; Max-Age=300; Path=/; HttpOnly; Secure; SameSite=Strict"))
        }
    }

    @Test func `without TLS cookies are not marked Secure, so that they work on this machine`() async throws {
        try await WebClub.run { club in
            try await club.keep(Fixtures.member())
            let answer = try await club.post("/api/auth/telegram/webapp", ["init_data": Self.data()])
            let cookie = try #require(answer["set-cookie"])
            #expect(cookie.hasSuffix("; Max-Age=2592000; Path=/; HttpOnly; SameSite=Lax"))
            #expect(answer["strict-transport-security"] == nil)
        }
    }

    @Test func `somebody whom the club does not know is told so kindly, in the language of their browser`() async throws
    {
        try await WebClub.run { club in
            let russian = try await club.post(
                "/api/auth/telegram/webapp",
                ["init_data": Self.data(id: 99)],
                headers: ["Accept-Language": "ru"]
            )
            #expect(russian.status == 403)
            #expect(russian.errorCode == "not_a_member")
            let message = (russian.json["error"] as? [String: Any])?["message"] as? String
            #expect(message == "Это закрытый клуб: сначала нужно в него вступить.")
            #expect(russian["set-cookie"] == nil)
        }
    }

    @Test(arguments: [(Membership.banned, "banned"), (.left, "not_a_member"), (.pending, "not_a_member")])
    func `who is no active member is not signed in`(membership: Membership, code: String) async throws {
        try await WebClub.run { club in
            try await club.keep(Fixtures.member(membership: membership))
            let answer = try await club.post("/api/auth/telegram/webapp", ["init_data": Self.data()])
            #expect(answer.status == 403)
            #expect(answer.errorCode == code)
            #expect(answer["set-cookie"] == nil)
        }
    }

    @Test func `data that are forged or old are refused`() async throws {
        try await WebClub.run { club in
            try await club.keep(Fixtures.member())
            let forged = Self.data().replacing("hash=", with: "hash=0")
            let answer = try await club.post("/api/auth/telegram/webapp", ["init_data": forged])
            #expect(answer.status == 401)
            #expect(answer.errorCode == "sign_in_refused")
            club.clock.advance(by: .seconds(86_401))
            let old = try await club.post("/api/auth/telegram/webapp", ["init_data": Self.data()])
            #expect(old.status == 401)
            #expect(old.errorCode == "sign_in_expired")
        }
    }
}
