import Domain
import Foundation
import TestSupport
import Testing

/// Who did what, as it is written down by what people do, and read by admins.
struct AuditLogTests {
    let clock = ManualClock()
    let store: MemoryClubStore
    let directory: MemberDirectory
    let log: AuditLog

    init() {
        store = MemoryClubStore(clock: clock)
        directory = MemberDirectory(
            store: store,
            clock: clock,
            ids: Fixtures.ids(),
            claimCode: ClaimCode("s3cret")
        )
        log = AuditLog(store: store)
    }

    private func entries() async throws -> [AuditEntry] {
        try await store.audit.list(after: nil, limit: 99).items
    }

    private func owner() async throws -> Member {
        try await directory.claim(code: "s3cret", by: Fixtures.person(1), cause: Fixtures.cause(1))
    }

    @Test(arguments: [true, false])
    func `an admin's answer to a request is written down once`(isApproved: Bool) async throws {
        let owner = try await owner()
        let person = try await directory.askToJoin(Fixtures.person(7), cause: Fixtures.cause(2))
        for _ in 1...2 {
            _ = try await directory.decide(person.id, isApproved: isApproved, by: owner, cause: Fixtures.cause(3))
        }

        let written = try await entries().filter { $0.action != .clubClaimed }

        let entry = try #require(written.first)
        #expect(written.count == 1)
        #expect(entry.action == (isApproved ? .joinApproved : .joinDeclined))
        #expect(entry.actor == owner.id)
        #expect(entry.subject == .member(person.id))
        #expect(entry.at == clock.now)
    }

    @Test func `claiming the club is written down, claiming it once more is not`() async throws {
        let owner = try await owner()
        _ = try await directory.claim(code: "", by: Fixtures.person(1), cause: Fixtures.cause(2))

        #expect(try await entries().map(\.action) == [.clubClaimed])
        #expect(try await entries().map(\.actor) == [owner.id])
    }

    @Test func `who was linked from the machine has no one who did it`() async throws {
        _ = try await owner()
        let person = Fixtures.claimable(1)
        _ = try await store.members.change(.id(person.id), cause: Fixtures.cause(2)) { _ in Change(person) }
        _ = try await directory.link(person.id, to: Fixtures.person(8), by: nil, cause: Fixtures.cause(3))

        let entry = try #require(try await entries().first { $0.action == .memberLinked })
        #expect(entry.actor == nil)
        #expect(entry.subject == .member(person.id))
    }

    @Test func `admins read it with the names of today`() async throws {
        let owner = try await owner()
        let person = try await directory.askToJoin(Fixtures.person(7), cause: Fixtures.cause(2))
        clock.advance(by: .seconds(1))
        _ = try await directory.decide(person.id, isApproved: true, by: owner, cause: Fixtures.cause(3))
        _ = try await directory.recognise(Fixtures.person(7, name: "Renamed"), cause: Fixtures.cause(4))

        let page = try await log.lines(for: owner, after: nil, limit: 1)

        #expect(page.items.map(\.subject?.name) == ["Renamed"])
        #expect(page.items.map(\.actor?.name) == [owner.name])
        let rest = try await log.lines(for: owner, after: page.next, limit: 9)
        #expect(rest.items.map(\.entry.action) == [.clubClaimed])
        #expect(rest.items.map(\.subject?.id) == [nil])
    }

    @Test(arguments: [Role.member, .host])
    func `who is no admin does not read it`(role: Role) async throws {
        await #expect(throws: ChangeFailure.refused(.notAllowed)) {
            _ = try await log.lines(for: Fixtures.member(3, role: role), after: nil, limit: 9)
        }
    }
}
