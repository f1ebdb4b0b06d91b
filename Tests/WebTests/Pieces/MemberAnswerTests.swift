import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct MemberAnswerTests {
    private func object(_ member: Member, for reader: Member) throws -> [String: Any] {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        let data = try encoder.encode(MemberAnswer(member, for: reader))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test func `admins see who is not linked with Telegram yet`() throws {
        let answer = try object(Fixtures.claimable(), for: Fixtures.member(role: .admin))
        #expect(answer["telegram_id"] is NSNull)
        #expect(answer["user_id"] as? String == "claimable-1")
    }

    @Test func `others do not see whether there is a number`() throws {
        #expect(try object(Fixtures.claimable(), for: Fixtures.member())["telegram_id"] == nil)
        #expect(try object(Fixtures.member(2), for: Fixtures.member())["telegram_id"] == nil)
    }
}
