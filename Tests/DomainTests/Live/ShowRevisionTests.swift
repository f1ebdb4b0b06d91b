import Foundation
import TestSupport
import Testing

@testable import Domain

@Suite struct ShowRevisionTests {
    private let clock = ManualClock()
    private let store: MemoryClubStore
    private let shows: LiveSessions
    private let host = Fixtures.member(1, role: .host)
    private let id = LiveSessionID(rawValue: "show-1")

    init() async throws {
        store = MemoryClubStore(clock: clock)
        let directory = MemberDirectory(store: store, clock: clock, ids: Fixtures.ids())
        shows = LiveSessions(store: store, directory: directory, clock: clock, ids: Fixtures.ids())
        for member in [host, Fixtures.member(2), Fixtures.member(3)] {
            _ = try await store.members.change(.id(member.id), cause: Cause(rawValue: "\(member.id)")) { _ in
                Change(member)
            }
        }
        _ = try await store.liveSessions.change(.id(id), cause: Cause(rawValue: "show")) { _ in
            Change(Fixtures.show())
        }
    }

    private func revise(_ revision: ShowRevision, cause: Int = 1) async throws -> LiveSession {
        try await shows.revise(id, revision, by: host, cause: Fixtures.cause(cause))
    }

    private func audited() async throws -> [String] {
        try await store.audit.list(after: nil, limit: 100).items.map(\.action.rawValue).sorted()
    }

    @Test func `what has become different is written down, each thing on a line of its own`() async throws {
        let later = Fixtures.start.addingTimeInterval(7_200)
        let coHosts = [Fixtures.member(2).id, Fixtures.member(3).id, Fixtures.member(2).id, host.id]
        let revision = ShowRevision(edit: ShowEdit(title: "Other"), startsAt: later, coHosts: coHosts)
        let show = try await revise(revision)
        #expect(show.title == "Other")
        #expect(show.startsAt == later)
        #expect(show.coHosts == [Fixtures.member(2).id, Fixtures.member(3).id])
        #expect(try await audited() == ["co_host_added", "co_host_added", "show_edited", "show_moved"])
        _ = try await revise(ShowRevision(coHosts: [Fixtures.member(3).id]), cause: 2)
        #expect(try await audited().filter { $0 == "co_host_removed" }.count == 1)
    }

    @Test func `what changes nothing is not written down`() async throws {
        let before = Fixtures.show()
        _ = try await revise(ShowRevision(edit: ShowEdit(title: before.title), startsAt: before.startsAt, coHosts: []))
        #expect(try await audited().isEmpty)
    }

    @Test(arguments: [
        (ShowRevision(edit: ShowEdit(title: "Other"), startsAt: Fixtures.start - 3_600), "time_in_the_past"),
        (ShowRevision(edit: ShowEdit(title: " "), startsAt: Fixtures.start + 9_000), "title_missing"),
        (ShowRevision(edit: ShowEdit(title: "Other"), coHosts: [MemberID(rawValue: "nobody")]), "no_host"),
    ])
    func `where one thing is refused, nothing is done`(revision: ShowRevision, code: String) async throws {
        let before = try await shows.find(id)
        do {
            _ = try await revise(revision)
            Issue.record("it was not refused")
        } catch ChangeFailure.refused(let refusal) {
            #expect(refusal.code == code)
        }
        #expect(try await shows.find(id) == before)
        #expect(try await audited().isEmpty)
    }

    @Test func `a co-host who has left the club may stay one, but not become one`() async throws {
        _ = try await revise(ShowRevision(coHosts: [Fixtures.member(2).id]))
        for number in Int64(2)...3 {
            let gone = Fixtures.member(number, membership: .left)
            _ = try await store.members.change(.id(gone.id), cause: Cause(rawValue: "gone \(number)")) { _ in
                Change(gone)
            }
        }
        let other = ShowRevision(edit: ShowEdit(title: "Other"), coHosts: [Fixtures.member(2).id])
        let kept = try await revise(other, cause: 2)
        #expect(kept.coHosts == [Fixtures.member(2).id])
        await #expect(throws: ChangeFailure.refused(.noHost)) {
            try await revise(ShowRevision(coHosts: [Fixtures.member(3).id]), cause: 3)
        }
    }

    @Test func `there are ten co-hosts at most`() async throws {
        let people = (4...14).map { Fixtures.member(Int64($0)) }
        for member in people {
            _ = try await store.members.change(.id(member.id), cause: Cause(rawValue: "\(member.id)")) { _ in
                Change(member)
            }
        }
        _ = try await revise(ShowRevision(coHosts: people.prefix(10).map(\.id)))
        await #expect(throws: ChangeFailure.refused(.tooManyCoHosts)) {
            try await revise(ShowRevision(coHosts: people.map(\.id)), cause: 2)
        }
    }

    @Test func `only its host and admins revise a show`() async throws {
        for (member, isAllowed) in [
            (Fixtures.member(2, role: .host), false), (Fixtures.member(2, role: .admin), true),
            (Fixtures.member(1, role: .member), false), (Fixtures.member(2, role: .admin, membership: .left), false),
        ] {
            let cause = Cause(rawValue: "\(member.role) \(member.id) \(member.membership)")
            let revision = ShowRevision(edit: ShowEdit(title: "Other"))
            let revised = try? await shows.revise(id, revision, by: member, cause: cause)
            #expect((revised != nil) == isAllowed, "\(member.role) \(member.id)")
        }
    }
}
