import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct LinkSignInTests {
    /// A browser that has begun to sign in.
    private struct Browser {
        var poll: String
        var payload: String
        var number: Int
        /// Its cookie, as it sends it.
        var cookie: [String: String]
    }

    private static func begin(_ club: WebClub) async throws -> Browser {
        let answer = try await club.post("/api/auth/link", [:], headers: ["User-Agent": "Firefox/1 (Linux)"])
        #expect(answer.status == 200)
        let url = try #require(answer.json["url"] as? String)
        let payload = try #require(url.components(separatedBy: "start=login-").last)
        let cookie = try #require(answer["set-cookie"]?.split(separator: ";").first)
        return Browser(
            poll: try #require(answer.json["poll"] as? String),
            payload: payload,
            number: try #require(answer.json["number"] as? Int),
            cookie: ["Cookie": String(cookie)]
        )
    }

    private static func confirm(_ browser: Browser, _ club: WebClub, by member: Member) async throws {
        try await club.keep(member)
        _ = try await club.signIn.answer(
            payload: browser.payload,
            isConfirmed: true,
            by: member,
            cause: Cause(rawValue: "confirm \(browser.payload)")
        )
    }

    @Test func `a browser waits until its owner has confirmed in the bot, and is then signed in`() async throws {
        try await WebClub.run { club in
            let browser = try await Self.begin(club)
            #expect((10...99).contains(browser.number))
            #expect(!browser.poll.contains(browser.payload))
            let link = try await club.signIn.link(payload: browser.payload)
            #expect(link.device == "Firefox, Linux")
            #expect(link.number == browser.number)

            let waiting = try await club.post("/api/auth/link/redeem", ["poll": browser.poll], headers: browser.cookie)
            #expect(waiting.status == 202)
            #expect(waiting.json["status"] as? String == "waiting")

            try await Self.confirm(browser, club, by: Fixtures.member())
            let done = try await club.post("/api/auth/link/redeem", ["poll": browser.poll], headers: browser.cookie)
            #expect(done.status == 200)
            let token = try #require(done.json["token"] as? String)
            #expect((done.json["member"] as? [String: Any])?["user_id"] as? String == "member-1")
            #expect(done.json["expires_at"] as? String == "2026-07-01T12:00:00Z")
            let me = try await club.http.send("GET", "/api/auth/me", headers: ["Cookie": "fomo=\(token)"])
            #expect((me.json["session"] as? [String: Any])?["way"] as? String == "link")
        }
    }

    @Test func `a session is handed out once`() async throws {
        try await WebClub.run { club in
            let browser = try await Self.begin(club)
            try await Self.confirm(browser, club, by: Fixtures.member())
            let first = try await club.post("/api/auth/link/redeem", ["poll": browser.poll], headers: browser.cookie)
            #expect(first.status == 200)
            let second = try await club.post("/api/auth/link/redeem", ["poll": browser.poll], headers: browser.cookie)
            #expect(second.status == 410)
            #expect(second.errorCode == "link_expired")
        }
    }

    @Test func `another browser that has copied the secret gets nothing, and spoils nothing`() async throws {
        try await WebClub.run { club in
            let owner = try await Self.begin(club)
            let thief = try await Self.begin(club)
            try await Self.confirm(owner, club, by: Fixtures.member())
            for cookie in [thief.cookie, [:], ["Cookie": "fomo-browser="], ["Cookie": "fomo-browser=x"]] {
                let answer = try await club.post("/api/auth/link/redeem", ["poll": owner.poll], headers: cookie)
                #expect(answer.status == 410)
            }
            let secret = try #require(owner.poll.split(separator: ".").first)
            for poll in ["", ".", String(secret), "\(secret).", "\(secret).AAAA", thief.poll + "x", owner.payload] {
                let answer = try await club.post("/api/auth/link/redeem", ["poll": poll], headers: owner.cookie)
                #expect(answer.status == 410, "\(poll)")
            }
            let answer = try await club.post("/api/auth/link/redeem", ["poll": owner.poll], headers: owner.cookie)
            #expect(answer.status == 200)
        }
    }

    @Test func `a link that was refused or is too old is of no use`() async throws {
        try await WebClub.run { club in
            let refused = try await Self.begin(club)
            try await club.keep(Fixtures.member())
            _ = try await club.signIn.answer(
                payload: refused.payload,
                isConfirmed: false,
                by: Fixtures.member(),
                cause: Fixtures.cause(1)
            )
            let answer = try await club.post("/api/auth/link/redeem", ["poll": refused.poll], headers: refused.cookie)
            #expect(answer.status == 410)
            let old = try await Self.begin(club)
            club.clock.advance(by: SignInLink.lifetime)
            let late = try await club.post("/api/auth/link/redeem", ["poll": old.poll], headers: old.cookie)
            #expect(late.status == 410)
        }
    }

    @Test func `without scripts the forms lead to the same session and on to where one wanted to go`() async throws {
        try await WebClub.run { club in
            let page = try await club.form("/login", "next=%2Fpodcast%2Fabc")
            #expect(page.status == 200)
            let cookie = try #require(page["set-cookie"]?.split(separator: ";").first)
            func field(_ name: String) throws -> String {
                let pattern = try Regex<(Substring, Substring)>("name=\"\(name)\" value=\"([^\"]*)\"")
                return String(try #require(page.text.firstMatch(of: pattern)).1)
            }
            let names = ["poll", "payload", "number", "expires_at", "next"]
            let form = try names.map { "\($0)=\(FormFields.encoded(try field($0)))" }.joined(separator: "&")
            let early = try await club.form("/login/redeem", form, headers: ["Cookie": String(cookie)])
            #expect(early.status == 200)
            #expect(early.text.contains("role=\"alert\""))
            try await club.keep(Fixtures.member())
            _ = try await club.signIn.answer(
                payload: try field("payload"),
                isConfirmed: true,
                by: Fixtures.member(),
                cause: Fixtures.cause(1)
            )
            let done = try await club.form("/login/redeem", form, headers: ["Cookie": String(cookie)])
            #expect(done.status == 303)
            #expect(done["location"] == "/podcast/abc")
            #expect(done["set-cookie"]?.hasPrefix("fomo=ey") == true)
        }
    }

    @Test(arguments: ["//evil.example", "https://evil.example", "/\\evil.example", "", "/login"])
    func `whoever signs in is not sent to another site`(next: String) async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            let answer = try await club.http.send("GET", "/login?next=\(FormFields.encoded(next))", headers: headers)
            #expect(answer.status == 303)
            #expect(answer["location"] == "/library")
        }
    }

    @Test func `beginning over and over is stopped for a while, for this address only`() async throws {
        try await WebClub.run(trustedProxies: ["127.0.0.1"]) { club in
            let address = ["X-Forwarded-For": "1.2.3.4"]
            for _ in 0..<20 {
                #expect(try await club.post("/api/auth/link", [:], headers: address).status == 200)
            }
            let stopped = try await club.post("/api/auth/link", [:], headers: address)
            #expect(stopped.status == 429)
            #expect(stopped.errorCode == "too_many_requests")
            #expect(stopped["retry-after"] == "15")
            #expect(try await club.post("/api/auth/link", [:], headers: ["X-Forwarded-For": "1.2.3.5"]).status == 200)
            club.clock.advance(by: .seconds(15))
            #expect(try await club.post("/api/auth/link", [:], headers: address).status == 200)
        }
    }

    @Test func `guessing secrets is stopped`() async throws {
        try await WebClub.run { club in
            var statuses: Set<Int> = []
            for number in 0..<130 {
                statuses.insert(try await club.post("/api/auth/link/redeem", ["poll": "guess \(number)"]).status)
            }
            #expect(statuses == [410, 429])
        }
    }
}
