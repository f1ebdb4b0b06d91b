import Foundation
import TestSupport
import Testing

@testable import Domain

/// Who stands on the club's boards.
struct BoardsTests {
    let clock = ManualClock()
    let store: MemoryClubStore
    let boards: Boards

    init() async throws {
        store = MemoryClubStore(signal: OutboxSignal(), clock: clock)
        boards = Boards(store: store, clock: clock)
        for number in Int64(1)...4 {
            var member = Fixtures.member(number)
            member.settings.isHidden = number == 2
            if number == 3 { member.membership = .left }
            let kept = member
            _ = try await store.members.change(.id(kept.id), cause: Fixtures.cause(0)) { _ in Change(kept) }
        }
        let today = ClubDay(clock.now, in: ClubSettings().zone)
        let lines = (Int64(1)...4).map { number in
            let day = number == 4 ? today.adding(days: -14) : today
            return Fixtures.correction(Int(number), of: number, xp: 100 - Int(number), on: day, at: clock.now).line
        }
        try await store.ledger.post(lines)
    }

    private func places(_ span: BoardSpan, limit: Int = 9) async throws -> [Int] {
        try await boards.part(span, after: 0, limit: limit).rows.map(\.place)
    }

    @Test func `who is hidden or has left stands on no board, and the others keep their places`() async throws {
        #expect(try await places(.allTime) == [1, 4])
        #expect(try await places(.week) == [1])
        let first = try await boards.part(.allTime, after: 0, limit: 1)
        #expect(first.next == 1)
        let second = try await boards.part(.allTime, after: 1, limit: 1)
        #expect(second.rows.map(\.member.id) == [Fixtures.member(4).id])
        #expect(second.next == nil)
    }

    @Test func `one's own place is kept for half a minute`() async throws {
        let id = Fixtures.member(4).id
        #expect(try await boards.place(of: id, .allTime) == Boards.Place(place: 4, xp: 96))
        try await store.ledger.post([Fixtures.correction(9, of: 4, xp: 50).line])
        #expect(try await boards.place(of: id, .allTime)?.place == 4)
        clock.advance(by: .seconds(31))
        #expect(try await boards.place(of: id, .allTime) == Boards.Place(place: 1, xp: 146))
        #expect(try await boards.place(of: Fixtures.member(9).id, .allTime) == nil)
    }

    @Test func `a hidden member is found by admins and by themselves only`() async throws {
        let directory = MemberDirectory(store: store, clock: clock, ids: Fixtures.ids())
        let hidden = try #require(try await directory.find(.id(Fixtures.member(2).id)))
        let admin = Fixtures.member(9, role: .admin)
        #expect(try await directory.fellows("Person 2", for: Fixtures.member(1), limit: 9) == [])
        #expect(try await directory.fellows("Person 2", for: admin, limit: 9) == [hidden])
        #expect(try await directory.fellow(hidden.id, for: hidden) == hidden)
        await #expect(throws: ChangeFailure.refused(.notFound)) {
            try await directory.fellow(hidden.id, for: Fixtures.member(1))
        }
    }
}
