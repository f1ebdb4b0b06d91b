import Foundation
import TestSupport
import Testing

@testable import Domain

/// When the figures of a show are counted, and when they stay.
struct ShowFigureBookTests {
    private let clock = ManualClock()
    private let store: MemoryClubStore

    init() {
        store = MemoryClubStore(clock: clock)
    }

    private var book: ShowFigureBook { ShowFigureBook(store: store, clock: clock) }

    private func keep(_ show: LiveSession) async throws {
        let cause = Cause(rawValue: "\(clock.now)")
        _ = try await store.liveSessions.change(.id(show.id), cause: cause) { _ in Change(show) }
    }

    /// A show that is live from now on.
    private func begun() async throws -> LiveSession {
        var show = Fixtures.show(1, status: .live)
        show.startedAt = clock.now
        try await keep(show)
        return show
    }

    private func join(_ name: String, _ show: LiveSession) async throws {
        let interval = AttendanceInterval(
            id: AttendanceID(rawValue: "\(show.id):\(name)"),
            session: show.id,
            member: MemberID(rawValue: name),
            part: .seat(.phone),
            from: clock.now
        )
        try await store.attendance.keep([interval])
    }

    private func figures() async throws -> ShowFigures? {
        try await store.showFigures.find(.id(Fixtures.show(1).id))
    }

    @Test func `while a show runs its figures are renewed every few minutes`() async throws {
        let show = try await begun()
        clock.advance(by: .seconds(60))
        try await join("ann", show)
        clock.advance(by: .seconds(60))
        try await book.keep()
        #expect(try await figures()?.funnel.joined == 1)
        try await join("bob", show)
        clock.advance(by: .seconds(60))
        try await book.keep()
        #expect(try await figures()?.funnel.joined == 1)
        clock.advance(by: ShowFigureBook.pace)
        try await book.keep()
        #expect(try await figures()?.funnel.joined == 2)
        #expect(try await figures()?.isFinal == false)
    }

    @Test func `some time after the end they are counted for good`() async throws {
        var show = try await begun()
        try await join("ann", show)
        clock.advance(by: .seconds(600))
        (show.status, show.endedAt) = (.ended, clock.now)
        try await keep(show)
        try await book.keep()
        #expect(try await figures()?.isFinal == false)
        clock.advance(by: ShowFigureBook.settling)
        try await book.keep()
        let final = try #require(try await figures())
        #expect(final.isFinal)
        #expect(final.until == show.endedAt)
        try await store.attendance.forget(MemberID(rawValue: "ann"))
        clock.advance(by: ShowFigureBook.settling)
        try await book.keep()
        #expect(try await figures() == final)
        #expect(try await book.figures(of: show) == final)
    }

    @Test func `a show of long ago is counted when somebody asks`() async throws {
        var show = try await begun()
        try await join("ann", show)
        clock.advance(by: .seconds(600))
        (show.status, show.endedAt) = (.ended, clock.now)
        try await keep(show)
        clock.advance(by: .seconds(100 * 86_400))
        try await book.keep()
        #expect(try await figures() == nil)
        let counted = try #require(try await book.figures(of: show))
        #expect(counted.isFinal)
        #expect(counted.funnel.joined == 1)
        #expect(counted.funnel.told == nil)
        #expect(try await figures() == counted)
    }

    @Test func `those who were sent the start are told`() async throws {
        let show = try await begun()
        for number in Int64(1)...3 {
            var draft = Fixtures.draft("start \(number)", chat: number)
            draft.batch = .start(of: show.id)
            try await store.outbox.append([draft], now: clock.now)
        }
        _ = try await store.sendAll(now: clock.now)
        #expect(try await book.figures(of: show)?.funnel.told == 3)
    }

    @Test func `a show that has not begun has none`() async throws {
        #expect(try await book.figures(of: Fixtures.show(1)) == nil)
    }
}
