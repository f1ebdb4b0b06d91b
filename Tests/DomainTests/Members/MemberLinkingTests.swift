import Domain
import Foundation
import TestSupport
import Testing

struct MemberLinkingTests {
    let store: MemoryClubStore
    let clock = ManualClock()
    let directory: MemberDirectory

    init() {
        store = MemoryClubStore(clock: clock)
        directory = MemberDirectory(store: store, clock: clock, ids: Fixtures.ids())
    }

    private func keep(_ member: Member) async throws {
        _ = try await store.members.change(.id(member.id), cause: Fixtures.cause(0)) { _ in Change(member) }
    }

    private func link(
        _ id: MemberID,
        to person: Person = Fixtures.person(7),
        by admin: Member? = nil,
        _ number: Int = 1
    ) async throws(ChangeFailure) -> Member {
        try await directory.link(id, to: person, by: admin, cause: Fixtures.cause(number))
    }

    private func told() async throws -> [ChatID] {
        let rows = try await store.outbox.claim(
            bot: .club,
            lanes: Set(OutboxLane.allCases),
            excluding: [],
            limit: 100,
            now: clock.now
        )
        return rows.map(\.draft.chat)
    }

    @Test func `a person who is linked is an active member under the old id, and is told`() async throws {
        try await keep(Fixtures.claimable(role: .host))

        let linked = try await link(Fixtures.claimable().id, to: Fixtures.person(7, name: "Vera", username: "vera"))

        #expect(linked.id == Fixtures.claimable().id)
        #expect(linked.isActive)
        #expect(linked.role == .host)
        #expect(linked.name == "Vera")
        #expect(linked.username == "vera")
        #expect(linked.joinedAt == clock.now)
        #expect(try await directory.find(.telegram(Fixtures.person(7).telegramID)) == linked)
        #expect(try await told() == [Fixtures.person(7).telegramID.privateChat])
    }

    @Test func `where only the number is known, the old name stays`() async throws {
        try await keep(Fixtures.claimable())

        let linked = try await link(Fixtures.claimable().id, to: Fixtures.person(7, name: ""))

        #expect(linked.name == "Claimable 1")
    }

    @Test func `who has asked to be let into a chat meanwhile is let in there as well`() async throws {
        try await keep(Fixtures.claimable())
        var waiting = Fixtures.member(7, membership: .pending)
        waiting.clubChatRequest = Fixtures.channel
        try await keep(waiting)

        let linked = try await link(Fixtures.claimable().id, to: Fixtures.person(7))

        #expect(try await told().contains(Fixtures.channel))
        #expect(linked.clubChatRequest == nil)
        #expect(try await directory.find(.id(waiting.id))?.clubChatRequest == nil)
    }

    @Test func `who asked to join anew goes on as the old member`() async throws {
        try await keep(Fixtures.member(1, role: .owner))
        try await keep(Fixtures.claimable())
        let owner = Fixtures.member(1, role: .owner)
        let vera = Fixtures.person(7, name: "Vera", language: .en)
        let asked = try await directory.askToJoin(vera, cause: Fixtures.cause(1))

        let linked = try await link(Fixtures.claimable().id, to: Fixtures.person(7, name: ""), by: owner, 2)

        #expect(linked.name == "Vera")
        #expect(linked.language == .en)
        let released = try #require(try await directory.find(.id(asked.id)))
        #expect(released.telegramID == nil)
        #expect(released.membership == .left)
        #expect(released.continuesAs == linked.id)
        #expect(released.decision?.by == owner.id)
        #expect(!released.isClaimable)
        #expect(try await directory.recognise(vera, cause: Fixtures.cause(3))?.id == linked.id)
    }

    @Test func `linking twice changes nothing`() async throws {
        try await keep(Fixtures.claimable())
        let once = try await link(Fixtures.claimable().id)

        #expect(try await link(Fixtures.claimable().id, 2) == once)
        #expect(try await told().count == 1)
    }

    /// `again`: the cause of the second try; the first one's is 1.
    @Test(arguments: 0...2, 1...2)
    func `a crash before any step is healed by linking again`(step: Int, again: Int) async throws {
        try await keep(Fixtures.claimable())
        try await keep(Fixtures.member(7, role: .host, language: .en))
        let person = Fixtures.person(7, name: "")
        store.crash(afterWrites: step)
        await #expect(throws: ChangeFailure.store(.unavailable(source: "memory", code: 0))) {
            try await link(Fixtures.claimable().id, to: person)
        }
        store.crash(afterWrites: nil)

        let linked = try await link(Fixtures.claimable().id, to: person, again)

        #expect(linked.isActive)
        #expect(linked.name == "Person 7")
        #expect(linked.language == .en)
        #expect(linked.role == .host)
        #expect(try await directory.find(.id(Fixtures.member(7).id))?.continuesAs == linked.id)
        #expect(try await told().count == 1)
    }

    @Test func `a member who has another account is not given a second one`() async throws {
        try await keep(Fixtures.member(1))

        await #expect(throws: ChangeFailure.refused(.alreadyLinked)) { try await link(Fixtures.member(1).id) }
    }

    @Test func `who goes on as another member cannot be linked once more`() async throws {
        try await keep(Fixtures.claimable())
        try await keep(Fixtures.member(7))
        _ = try await link(Fixtures.claimable().id)

        await #expect(throws: ChangeFailure.refused(.alreadyLinked)) {
            try await link(Fixtures.member(7).id, to: Fixtures.person(8), 2)
        }
    }

    @Test(arguments: [Role.admin, .owner])
    func `an admin's account is not given away`(role: Role) async throws {
        try await keep(Fixtures.claimable())
        try await keep(Fixtures.member(7, role: role))

        await #expect(throws: ChangeFailure.refused(.accountOfAdmin)) { try await link(Fixtures.claimable().id) }
        #expect(try await directory.find(.id(Fixtures.member(7).id)) == Fixtures.member(7, role: role))
        #expect(try await directory.find(.id(Fixtures.claimable().id)) == Fixtures.claimable())
    }

    @Test func `who is banned does not come back under an old name`() async throws {
        try await keep(Fixtures.claimable())
        try await keep(Fixtures.member(7, membership: .banned))

        await #expect(throws: ChangeFailure.refused(.banned)) { try await link(Fixtures.claimable().id) }
    }

    @Test func `only admins link, and only members who exist`() async throws {
        try await keep(Fixtures.claimable())
        await #expect(throws: ChangeFailure.refused(.notAllowed)) {
            try await link(Fixtures.claimable().id, by: Fixtures.member(3))
        }
        await #expect(throws: ChangeFailure.refused(.notFound)) { try await link(MemberID(rawValue: "nobody")) }
    }

    @Test func `an admin without a Telegram account is written to by nobody`() async throws {
        var admin = Fixtures.claimable(role: .admin)
        admin.membership = .active
        try await keep(admin)

        _ = try await directory.askToJoin(Fixtures.person(5), cause: Fixtures.cause(1))

        #expect(try await told().isEmpty)
        #expect(try await directory.admins().isEmpty)
    }
}
