import Domain
import Foundation
import TestSupport
import Testing

/// What admins decide about people, and what follows from it.
struct MemberDecisionTests {
    let clock = ManualClock()
    let store: MemoryClubStore
    let directory: MemberDirectory
    let signIn: SignIn
    let owner = Fixtures.member(1, role: .owner)
    let admin = Fixtures.member(2, role: .admin)

    init() async throws {
        store = MemoryClubStore(clock: clock)
        directory = MemberDirectory(store: store, clock: clock, ids: Fixtures.ids())
        signIn = SignIn(store: store, clock: clock, ids: Fixtures.ids(seed: 2), hasher: Fixtures.hasher)
        for member in [owner, admin] { try await keep(member) }
    }

    private func keep(_ member: Member) async throws {
        _ = try await store.members.change(.id(member.id), cause: Cause(rawValue: "keep \(UUID())")) { _ in
            Change(member)
        }
    }

    private func refusal(_ decision: MemberDecision, about person: Member, by admin: Member) -> Refusal? {
        do {
            try person.check(decision, by: admin)
            return nil
        } catch {
            return error
        }
    }

    private func decide(
        _ decision: MemberDecision,
        about person: Member,
        by admin: Member,
        _ number: Int = 1
    ) async throws -> Member {
        try await directory.decide(decision, about: person.id, by: admin, cause: Fixtures.cause(number))
    }

    @Test(arguments: [Role.member, .host])
    func `an admin decides about members and hosts, but makes no admins`(role: Role) {
        let person = Fixtures.member(9, role: role)
        #expect(refusal(.ban, about: person, by: admin) == nil)
        #expect(refusal(role == .host ? .makeMember : .makeHost, about: person, by: admin) == nil)
        #expect(refusal(.makeAdmin, about: person, by: admin) == .notAllowed)
        #expect(refusal(.makeAdmin, about: person, by: owner) == nil)
    }

    @Test(arguments: [MemberDecision.ban, .makeMember, .makeHost])
    func `only the owner decides about an admin`(decision: MemberDecision) {
        let other = Fixtures.member(9, role: .admin)
        #expect(refusal(decision, about: other, by: admin) == .notAllowed)
        #expect(refusal(decision, about: other, by: owner) == nil)
    }

    @Test(arguments: MemberDecision.allCases)
    func `nobody decides about themselves or the owner, and who is no admin about nobody`(decision: MemberDecision) {
        #expect(refusal(decision, about: admin, by: admin) == .aboutOneself)
        #expect(refusal(decision, about: owner, by: owner) == .aboutOneself)
        #expect(refusal(decision, about: owner, by: admin) == .aboutTheOwner)
        let host = Fixtures.member(9, role: .host)
        let banned = Fixtures.member(8, membership: .banned)
        #expect(refusal(decision, about: decision == .unban ? banned : Fixtures.member(7), by: host) == .notAllowed)
        let former = Fixtures.member(6, role: .admin, membership: .left)
        #expect(refusal(decision, about: Fixtures.member(7), by: former) == .notAllowed)
    }

    @Test func `what is so already is nothing to decide`() {
        #expect(refusal(.ban, about: Fixtures.member(9, membership: .banned), by: owner) == .nothingToDecide)
        #expect(refusal(.unban, about: Fixtures.member(9), by: owner) == .nothingToDecide)
        #expect(refusal(.makeMember, about: Fixtures.member(9), by: owner) == .nothingToDecide)
        #expect(refusal(.makeHost, about: Fixtures.member(9, membership: .left), by: owner) == .nothingToDecide)
    }

    @Test func `who is banned is out at once, has lost the role, is signed out and told`() async throws {
        let host = Fixtures.member(9, role: .host)
        try await keep(host)
        let (session, _) = try await signIn.open(for: .id(host.id), way: .link, device: "a", cause: Fixtures.cause(5))

        let banned = try await decide(.ban, about: host, by: admin)

        #expect(banned.membership == .banned)
        #expect(banned.role == .member)
        await #expect(throws: ChangeFailure.refused(.notSignedIn)) { _ = try await signIn.member(session: session.id) }
        let told = store.storedDrafts.filter { $0.chat == host.privateChat }
        #expect(told.map(\.body) == [.notice(.banned), .notice(.menuChanged)])
    }

    @Test func `a ban whose program was killed in between is finished by doing it again`() async throws {
        let person = Fixtures.member(9)
        try await keep(person)
        let (session, _) = try await signIn.open(for: .id(person.id), way: .link, device: "a", cause: Fixtures.cause(5))
        store.crash(afterWrites: 1)
        await #expect(throws: ChangeFailure.self) { _ = try await decide(.ban, about: person, by: admin) }
        await #expect(throws: ChangeFailure.refused(.banned)) { _ = try await signIn.member(session: session.id) }
        store.crash(afterWrites: nil)

        _ = try await decide(.ban, about: person, by: admin)

        #expect(try await store.authSessions.open(of: person.id, now: clock.now).isEmpty)
        #expect(try await store.audit.list(after: nil, limit: 9).items.count == 1)
    }

    @Test func `whose ban is lifted may ask at once, also after having been declined`() async throws {
        var person = Fixtures.member(9, membership: .banned)
        person.decision = JoinDecision(isApproved: false, by: admin.id, at: clock.now)
        try await keep(person)

        _ = try await decide(.unban, about: person, by: admin)
        let asked = try await directory.askToJoin(Fixtures.person(9), cause: Fixtures.cause(2))

        #expect(asked.membership == .pending)
    }

    @Test func `a new role is stored, told and written down with the old one`() async throws {
        let person = Fixtures.member(9)
        try await keep(person)

        let host = try await decide(.makeHost, about: person, by: admin)

        #expect(host.role == .host)
        #expect(store.storedDrafts.map(\.body) == [.notice(.roleChanged(.host)), .notice(.menuChanged)])
        let entry = try #require(try await store.audit.list(after: nil, limit: 9).items.first)
        #expect(entry.action == .roleChanged)
        #expect(entry.actor == admin.id)
        #expect(entry.details == ["from": "member", "to": "host"])
    }

    @Test func `people are found by the beginning of name and @name, by number and by id`() async throws {
        for number in Int64(10)...12 {
            let person = Fixtures.person(number, name: "Ёлка \(number)", username: "Yolka_\(number)")
            try await keep(
                Member(id: MemberID(rawValue: "m\(number)"), person: person, membership: .left, now: clock.now)
            )
        }
        let listed = try await directory.people(MemberQuery(words: ["елк"]), offset: 1, limit: 1, for: admin)
        #expect(listed.total == 3)
        #expect(listed.items.map(\.id.rawValue) == ["m11"])
        let words = MemberQuery(membership: .active, words: ["елк"])
        #expect(try await directory.people(words, offset: 0, limit: 9, for: admin).total == 0)
        #expect(try await directory.people(MemberQuery(), offset: 0, limit: 2, for: admin).total == 5)
        let references: [MemberReference] = [
            .username("yolka_12"), .telegram(TelegramUserID(rawValue: 12)), .id(MemberID(rawValue: "m12")),
        ]
        for reference in references {
            #expect(try await directory.people(reference, for: admin).map(\.id.rawValue) == ["m12"])
        }
        await #expect(throws: ChangeFailure.refused(.notFound)) {
            _ = try await directory.people(.username("nobody"), for: admin)
        }
        await #expect(throws: ChangeFailure.refused(.notAllowed)) {
            _ = try await directory.people(MemberQuery(), offset: 0, limit: 9, for: Fixtures.member(5, role: .host))
        }
    }
}
