import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

/// Signing in to a club into which one comes by being in its channel.
@Suite struct ClubChatSignInTests {
    private static let person: Int64 = 77

    private static var data: [String: Any] {
        let user = #"{"id":77,"first_name":"Vera","language_code":"en"}"#
        return ["init_data": MiniAppSignInDataTests.signed(["user": user, "auth_date": "1780315200"])]
    }

    private func open(_ club: WebClub) async throws {
        try await club.clubChats.learn(channel: ChatPlace(chat: Fixtures.channel, title: "Records", handle: nil))
        let office = ClubOffice(store: club.store, clock: club.clock, ids: Fixtures.ids(seed: 5))
        let owner = Fixtures.member(1, role: .owner)
        _ = try await office.setJoining(.channel, isOpen: true, by: owner, cause: Fixtures.cause(1))
    }

    private func signIn(_ club: WebClub) async throws -> RawHTTP.Answer {
        try await club.post("/api/auth/telegram/webapp", Self.data)
    }

    @Test func `a stranger who is in the channel opens the app and is in`() async throws {
        try await WebClub.run { club in
            try await open(club)
            #expect(try await signIn(club).errorCode == "not_a_member")
            club.probe.say(.present, of: Self.person, in: Fixtures.channel)
            #expect(try await signIn(club).status == 200)
        }
    }

    @Test func `a stranger about whom Telegram cannot be asked is told that it is being looked at`() async throws {
        try await WebClub.run { club in
            try await open(club)
            club.probe.disturb(.unavailable(.seconds(9)))
            let answer = try await signIn(club)
            #expect(answer.status == 409)
            #expect(answer.errorCode == "being_checked")
        }
    }

    @Test func `a member who has left the channel unseen is not signed in, and loses the session they had`()
        async throws
    {
        try await WebClub.run { club in
            try await open(club)
            club.probe.say(.present, of: Self.person, in: Fixtures.channel)
            let token = try #require(try await signIn(club).json["token"] as? String)
            club.probe.say(.absent, of: Self.person, in: Fixtures.channel)
            #expect(try await signIn(club).errorCode == "not_a_member")
            let me = try await club.http.send("GET", "/api/auth/me", headers: ["Authorization": "Bearer \(token)"])
            #expect(me.status == 401)
        }
    }

    @Test func `who confirmed a link and has left the channel unseen gets no session by it`() async throws {
        try await WebClub.run { club in
            try await open(club)
            club.probe.say(.present, of: Self.person, in: Fixtures.channel)
            _ = try await signIn(club)
            let key = Member.Key.telegram(TelegramUserID(rawValue: Self.person))
            let member = try #require(try await club.store.members.find(key))
            let start = try await club.post("/api/auth/link", [:])
            let url = try #require(start.json["url"] as? String)
            let payload = try #require(url.split(separator: "-").last)
            let cause = Fixtures.cause(7)
            _ = try await club.signIn.answer(payload: String(payload), isConfirmed: true, by: member, cause: cause)
            club.probe.say(.absent, of: Self.person, in: Fixtures.channel)
            let cookie = try #require(start["set-cookie"]?.split(separator: ";").first)
            let redeemed = try await club.post(
                "/api/auth/link/redeem",
                ["poll": try #require(start.json["poll"] as? String)],
                headers: ["Cookie": String(cookie)]
            )
            #expect(redeemed.errorCode == "not_a_member")
            #expect(try await club.store.authSessions.open(of: member.id, now: club.clock.now).isEmpty)
        }
    }

    @Test func `a member is signed in also while Telegram cannot be asked`() async throws {
        try await WebClub.run { club in
            try await open(club)
            club.probe.say(.present, of: Self.person, in: Fixtures.channel)
            _ = try await signIn(club)
            club.probe.disturb(.unavailable(.seconds(9)))
            #expect(try await signIn(club).status == 200)
        }
    }
}
