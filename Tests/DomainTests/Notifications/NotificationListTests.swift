import Foundation
import TestSupport
import Testing

@testable import Domain

/// What the club tells a person stands in their list as well.
struct NotificationListTests {
    let clock = ManualClock()
    let store: MemoryClubStore
    let directory: MemberDirectory
    let list: NotificationList

    init() {
        store = MemoryClubStore(clock: clock)
        directory = MemberDirectory(store: store, clock: clock, ids: Fixtures.ids())
        list = NotificationList(store: store, clock: clock)
    }

    private func add(_ member: Member) async throws {
        _ = try await store.members.change(.id(member.id), cause: Fixtures.cause(0)) { _ in Change(member) }
    }

    private func notices(of member: Member) async throws -> [Notice] {
        try await list.lines(of: member, after: nil, limit: 99).items.map(\.notification.notice)
    }

    @Test func `who is let in finds it in the list, and the admins who asked`() async throws {
        let owner = Fixtures.member(1, role: .owner)
        try await add(owner)
        let asked = try await directory.askToJoin(Fixtures.person(5, name: "Eve"), cause: Fixtures.cause(1))
        let member = try await directory.decide(asked.id, isApproved: true, by: owner, cause: Fixtures.cause(2))
        #expect(try await notices(of: member) == [.joinApproved])
        let lines = try await list.lines(of: owner, after: nil, limit: 9).items
        #expect(lines.map(\.notification.notice) == [.joinRequested(asked.id)])
        #expect(lines.map(\.person) == ["Eve"])
        #expect(lines.map(\.kind) == ["join_requested"])
    }

    @Test func `an admin who has blocked the bot still finds it in the list`() async throws {
        var owner = Fixtures.member(1, role: .owner)
        owner.isReachable = false
        try await add(owner)
        _ = try await directory.askToJoin(Fixtures.person(5), cause: Fixtures.cause(1))
        #expect(try await list.unread(of: owner) == 1)
        #expect(store.storedDrafts.isEmpty)
    }

    @Test func `what somebody does not want to be told stands in no list`() async throws {
        var owner = Fixtures.member(1, role: .owner)
        owner.settings.set(.joining, isWanted: false)
        try await add(owner)
        _ = try await directory.askToJoin(Fixtures.person(5), cause: Fixtures.cause(1))
        #expect(try await list.unread(of: owner) == 0)
    }

    @Test func `a new menu is no news`() async throws {
        let owner = Fixtures.member(1, role: .owner)
        try await add(owner)
        let member = Fixtures.member(2)
        try await add(member)
        _ = try await directory.decide(.makeHost, about: member.id, by: owner, cause: Fixtures.cause(1))
        #expect(store.storedDrafts.contains { $0.body == .notice(.menuChanged) })
        #expect(try await notices(of: member) == [.roleChanged(.host)])
    }

    @Test func `reading one or all is a member's own`() async throws {
        let (owner, member) = (Fixtures.member(1, role: .owner), Fixtures.member(2))
        try await add(owner)
        try await add(member)
        _ = try await directory.decide(.makeHost, about: member.id, by: owner, cause: Fixtures.cause(1))
        let id = try #require(try await list.lines(of: member, after: nil, limit: 1).items.first).notification.id
        await #expect(throws: ChangeFailure.refused(.notFound)) { try await list.read(id, by: owner) }
        try await list.readAll(by: owner)
        #expect(try await list.unread(of: member) == 1)
        try await list.read(id, by: member)
        #expect(try await list.unread(of: member) == 0)
    }

    @Test func `different keys make different entries, and the same key the same`() {
        let ids = (0..<10_000).map { NotificationID(dedupeKey: "new-episode:abc:\($0)") }
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.rawValue.wholeMatch(of: /[0-9a-z]{26}/) != nil })
        #expect(NotificationID(dedupeKey: "a") == NotificationID(dedupeKey: "a"))
    }
}
