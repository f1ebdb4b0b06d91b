import Domain
import Foundation
import TestSupport
import Testing

/// Invites: who may make them, whom they let in, and when they end.
struct InvitationsTests {
    let clock = ManualClock()
    let store: MemoryClubStore
    let invitations: Invitations
    let office: ClubOffice
    let admin = Fixtures.member(2, role: .admin)

    init() async throws {
        store = MemoryClubStore(clock: clock)
        let ids = Fixtures.ids()
        invitations = Invitations(
            store: store,
            directory: MemberDirectory(store: store, clock: clock, ids: ids),
            clock: clock,
            ids: ids,
            hasher: Fixtures.hasher
        )
        office = ClubOffice(store: store, clock: clock, ids: ids)
        try await keep(admin)
    }

    private func keep(_ member: Member) async throws {
        _ = try await store.members.change(.id(member.id), cause: Cause(rawValue: "keep \(UUID())")) { _ in
            Change(member)
        }
    }

    private func make(quota: Int = 2, days: Int = 7) async throws -> Invitations.Made {
        try await invitations.make(quota: quota, days: days, by: admin, cause: Cause(rawValue: "make \(UUID())"))
    }

    private func redeem(_ made: Invitations.Made, _ number: Int64, _ cause: Int? = nil) async throws -> Member {
        try await invitations.redeem(
            payload: made.payload,
            by: Fixtures.person(number),
            cause: Fixtures.cause(cause ?? Int(number))
        )
    }

    private func left(_ made: Invitations.Made) async throws -> Int? {
        try await store.invites.find(.id(made.invite.id))?.left
    }

    @Test func `a stranger with a link is in at once, and whoever made it is told`() async throws {
        let made = try await make()
        let member = try await redeem(made, 9)

        #expect(member.isActive)
        #expect(member.joinedAt == clock.now)
        #expect(try await left(made) == 1)
        let told = store.storedDrafts
        #expect(told.map(\.chat) == [admin.privateChat])
        #expect(told.map(\.body) == [.notice(.joinedByInvite(member.id))])
    }

    @Test func `the link's payload is nowhere in the store`() async throws {
        let made = try await make()
        let stored = try #require(try await store.invites.find(.id(made.invite.id)))
        #expect(made.payload.count == 26)
        #expect(stored.secret == Fixtures.hasher.digest(of: made.payload))
        #expect(stored.id.rawValue != made.payload)
    }

    @Test func `when the places are taken the link ends`() async throws {
        let made = try await make(quota: 1)
        _ = try await redeem(made, 9)
        await #expect(throws: ChangeFailure.refused(.inviteEnded)) { _ = try await redeem(made, 10) }
        #expect(try await store.members.find(.telegram(TelegramUserID(rawValue: 10)))?.isActive != true)
    }

    @Test func `a crash at any step takes one place only, and doing it again lets the person in`() async throws {
        for writes in 0...2 {
            let made = try await make(quota: 1)
            let number = Int64(20 + writes)
            store.crash(afterWrites: writes)
            await #expect(throws: ChangeFailure.self) { _ = try await redeem(made, number) }
            store.crash(afterWrites: nil)
            #expect(try await redeem(made, number).isActive)
            #expect(try await left(made) == 0)
        }
    }

    @Test func `a member who opens a link takes no place`() async throws {
        let made = try await make()
        try await keep(Fixtures.member(9))
        #expect(try await redeem(made, 9).id == Fixtures.member(9).id)
        #expect(try await left(made) == 2)
    }

    @Test func `who is banned is not let in, and takes no place`() async throws {
        let made = try await make()
        try await keep(Fixtures.member(9, membership: .banned))
        await #expect(throws: ChangeFailure.refused(.banned)) { _ = try await redeem(made, 9) }
        #expect(try await left(made) == 2)
    }

    @Test func `who waits for an answer or had left comes in as the one they were`() async throws {
        let made = try await make()
        for (number, membership) in [(Int64(9), Membership.pending), (10, .left)] {
            try await keep(Fixtures.member(number, membership: membership))
            let member = try await redeem(made, number)
            #expect(member.id == Fixtures.member(number).id)
            #expect(member.isActive)
        }
    }

    @Test func `an unknown, an old and a revoked link let nobody in, and leave no trace of the person`() async throws {
        let revoked = try await make()
        try await invitations.revoke(revoked.invite.id, by: admin, cause: Fixtures.cause(1))
        let old = try await make(days: 1)
        clock.advance(by: .seconds(24 * 3600))
        for payload in [revoked.payload, old.payload, "nonsense"] {
            await #expect(throws: ChangeFailure.refused(.inviteEnded)) {
                let person = Fixtures.person(9)
                _ = try await invitations.redeem(payload: payload, by: person, cause: Fixtures.cause(9))
            }
        }
        #expect(try await store.members.find(.telegram(TelegramUserID(rawValue: 9))) == nil)
        await #expect(throws: ChangeFailure.refused(.nothingToDecide)) {
            try await invitations.revoke(old.invite.id, by: admin, cause: Fixtures.cause(2))
        }
    }

    @Test func `a club that takes nobody by links refuses them until it does again`() async throws {
        let made = try await make()
        let closed = try await office.setJoining(.invite, isOpen: false, by: admin, cause: Fixtures.cause(1))
        #expect(closed.joining == [.request])
        await #expect(throws: ChangeFailure.refused(.joiningClosed)) { _ = try await redeem(made, 9) }
        _ = try await office.setJoining(.invite, isOpen: true, by: admin, cause: Fixtures.cause(2))
        #expect(try await redeem(made, 9, 99).isActive)
    }

    @Test(arguments: [(0, 7), (501, 7), (1, 0), (1, 91), (-1, 7)])
    func `so many people or days are refused`(quota: Int, days: Int) async throws {
        await #expect(throws: ChangeFailure.refused(.inviteOutOfRange)) {
            _ = try await make(quota: quota, days: days)
        }
    }

    @Test(arguments: [Role.member, .host])
    func `who is no admin neither makes nor sees nor takes back invites`(role: Role) async throws {
        let made = try await make()
        let person = Fixtures.member(5, role: role)
        let refused = ChangeFailure.refused(.notAllowed)
        await #expect(throws: refused) {
            _ = try await invitations.make(quota: 1, days: 1, by: person, cause: Fixtures.cause(1))
        }
        await #expect(throws: refused) { _ = try await invitations.running(for: person) }
        await #expect(throws: refused) {
            try await invitations.revoke(made.invite.id, by: person, cause: Fixtures.cause(1))
        }
    }

    @Test func `what was done with an invite is written down`() async throws {
        let made = try await make()
        let member = try await redeem(made, 9)
        try await invitations.revoke(made.invite.id, by: admin, cause: Fixtures.cause(1))
        let entries = try await store.audit.list(after: nil, limit: 9).items
        #expect(Set(entries.map(\.action)) == [.inviteMade, .inviteUsed, .inviteRevoked])
        #expect(entries.allSatisfy { $0.subject == .invite(made.invite.id) })
        #expect(entries.first { $0.action == .inviteUsed }?.actor == member.id)
    }

    @Test func `no more invites run at once than there may`() async throws {
        for _ in 1...Invitations.limit { _ = try await make() }
        await #expect(throws: ChangeFailure.refused(.tooManyInvites)) { _ = try await make() }
    }
}
