import Domain
import Foundation
import TestSupport
import Testing

/// What admins give and take by hand.
struct HonourDeskTests {
    let clock = ManualClock()
    let store: MemoryClubStore
    let desk: HonourDesk
    let admin = Fixtures.member(9, role: .admin)
    let id = Fixtures.member(1).id

    init() async throws {
        store = MemoryClubStore(signal: OutboxSignal(), clock: clock)
        let book = ProgressBook(store: store, clock: clock)
        desk = HonourDesk(store: store, progress: book, clock: clock, ids: Fixtures.ids())
        for member in [Fixtures.member(1), admin] {
            _ = try await store.members.change(.id(member.id), cause: Fixtures.cause(0)) { _ in Change(member) }
        }
    }

    private func set(_ isHeld: Bool, _ number: Int, _ badge: Badge = .coreMember) async throws {
        try await desk.set(badge, isHeld: isHeld, of: id, by: admin, cause: Fixtures.cause(number))
    }

    @Test func `a badge is given, taken back and given again, and each is written down`() async throws {
        try await set(true, 1)
        await #expect(throws: ChangeFailure.refused(.nothingToDecide)) { try await set(true, 2) }
        try await set(false, 3)
        #expect(try await store.badges.awards(of: [id]) == [:])
        try await set(true, 4)
        #expect(try await store.badges.awards(of: [id])[id]?.map(\.badge) == [.coreMember])
        let actions = try await store.audit.list(after: nil, limit: 9).items.map(\.action)
        #expect(actions.sorted { $0.rawValue < $1.rawValue } == [.badgeGiven, .badgeGiven, .badgeTaken])
        await #expect(throws: ChangeFailure.refused(.badgeIsEarned)) { try await set(true, 5, .supporter) }
    }

    @Test func `XP is corrected once for a request, with its reason`() async throws {
        for _ in 1...2 {
            try await desk.correct(-20, reason: "за спам", of: id, by: admin, cause: Fixtures.cause(1))
        }
        try await desk.correct(50, reason: "за помощь", of: id, by: admin, cause: Fixtures.cause(2))
        #expect(try await store.ledger.sums(of: [id])[id]?.xp == 30)
        let groups = try await XPHistory(store: store).groups(of: id, from: .first, limit: 9).items
        #expect(Set(groups.map(\.reason)) == ["за спам", "за помощь"])
    }

    @Test func `only admins may, and not without a reason or a measure`() async throws {
        await #expect(throws: ChangeFailure.refused(.notAllowed)) {
            try await desk.correct(5, reason: "x", of: id, by: Fixtures.member(1), cause: Fixtures.cause(1))
        }
        await #expect(throws: ChangeFailure.refused(.reasonMissing)) {
            try await desk.correct(5, reason: " ", of: id, by: admin, cause: Fixtures.cause(2))
        }
        for xp in [0, 100_001] {
            await #expect(throws: ChangeFailure.refused(.xpOutOfRange)) {
                try await desk.correct(xp, reason: "x", of: id, by: admin, cause: Fixtures.cause(3))
            }
        }
    }
}
