import Foundation
import Testing

@testable import Sandbox

@Suite struct TagTests {
    private static let group = ChatKey.room(-1_001_000_000_501)

    private func stage(_ rights: Set<Membership.Right> = [.manageTags]) throws -> ClubStage {
        var stage = try ClubStage()
        let bot = Membership(status: .administrator, rights: rights)
        try stage.world.addRoom(
            Self.group.wireID,
            .supergroup,
            title: "Talk",
            memberships: [ClubStage.poster: .creator, ClubStage.member: .member, ClubStage.bot: bot]
        )
        return stage
    }

    private func values(_ user: Int64, _ tag: String) -> [String: String] {
        ["chat_id": "\(Self.group.wireID)", "user_id": "\(user)", "tag": tag]
    }

    @Test func `a regular member bears a tag until an empty one takes it`() throws {
        var stage = try stage()
        #expect(stage.result(.setChatMemberTag, values(ClubStage.member, "Спикер")) == true)
        let member = ["chat_id": "\(Self.group.wireID)", "user_id": "\(ClubStage.member)"]
        #expect(stage.result(.getChatMember, member)?["tag"]?.string == "Спикер")
        #expect(stage.result(.setChatMemberTag, values(ClubStage.member, "")) == true)
        #expect(stage.result(.getChatMember, member)?["tag"] == nil)
    }

    @Test func `without the right, for administrators, with emoji or too long it is refused`() throws {
        var without = try stage([.manageChat])
        #expect(without.result(.setChatMemberTag, values(ClubStage.member, "A")) == nil)
        var stage = try stage()
        #expect(stage.result(.setChatMemberTag, values(ClubStage.poster, "A")) == nil)
        #expect(stage.result(.setChatMemberTag, values(ClubStage.member, "🔥")) == nil)
        let long = String(repeating: "a", count: 17)
        #expect(stage.result(.setChatMemberTag, values(ClubStage.member, long)) == nil)
    }
}
