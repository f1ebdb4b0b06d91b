import Domain
import Foundation
import TestSupport
import Testing

/// Shows that come again every week.
struct WeeklyShowTests {
    /// Plans a weekly show of the host at a moment, and lets it take place.
    private func takePlace(_ club: ShowClub, at start: Date) async throws -> LiveSession {
        let plan = ShowPlan(title: "Weekly", startsAt: start, repeatsWeekly: true)
        let show = try await club.shows.schedule(plan, by: club.host, cause: Fixtures.cause(1))
        return try await takePlace(show, in: club)
    }

    private func takePlace(_ show: LiveSession, in club: ShowClub) async throws -> LiveSession {
        try await club.pass(.seconds(show.startsAt.timeIntervalSince(club.clock.now)))
        _ = try await club.shows.start(show.id, by: club.host, cause: Cause(rawValue: "start \(show.id)"))
        try await club.pass(.seconds(3_600))
        _ = try await club.shows.end(show.id, by: club.host, cause: Cause(rawValue: "end \(show.id)"))
        try await club.settle()
        return try await club.show(show.id)
    }

    private func next(_ show: LiveSession, in club: ShowClub) async throws -> LiveSession {
        try await club.show(try #require(try await club.show(show.id).weekly?.next))
    }

    @Test(
        arguments: [
            // In winter 21:00 is 20:00 UTC in Berlin, in summer 19:00.
            (3, 23, 20, 3, 30, 19), (10, 19, 19, 10, 26, 20), (6, 1, 19, 6, 8, 19),
        ]
    ) func `the next one is at the same time by the clocks, whatever is done to them`(
        month: Int,
        day: Int,
        hour: Int,
        nextMonth: Int,
        nextDay: Int,
        nextHour: Int
    ) async throws {
        let club = try await ShowClub(now: try utc(2026, month, day, 12))
        let first = try await takePlace(club, at: try utc(2026, month, day, hour))
        let second = try await next(first, in: club)
        #expect(second.startsAt == (try utc(2026, nextMonth, nextDay, nextHour)))
        #expect(second.weekly?.previous == first.id)
        #expect(second.title == first.title)
        #expect(second.host == first.host)
        #expect(second.comingCount == 0)
    }

    @Test func `a time that is skipped once does not shift those that follow`() async throws {
        // Sundays at 2:30 in Berlin; on 29 March 2026 there is none.
        let club = try await ShowClub(now: try utc(2026, 3, 21, 12))
        let first = try await takePlace(club, at: try utc(2026, 3, 22, 1, 30))
        let skipped = try await next(first, in: club)
        #expect(skipped.startsAt == (try utc(2026, 3, 29, 1, 30)))
        let third = try await next(try await takePlace(skipped, in: club), in: club)
        #expect(third.startsAt == (try utc(2026, 4, 5, 0, 30)))
    }

    @Test func `one that is moved alone leaves the others at their time`() async throws {
        let club = try await ShowClub(now: try utc(2026, 6, 1, 12))
        let plan = ShowPlan(title: "Weekly", startsAt: try utc(2026, 6, 1, 19), repeatsWeekly: true)
        let show = try await club.shows.schedule(plan, by: club.host, cause: Fixtures.cause(1))
        let moved = try await club.shows.move(
            show.id,
            to: try utc(2026, 6, 2, 18),
            by: club.host,
            cause: Fixtures.cause(2)
        )
        let second = try await next(try await takePlace(moved, in: club), in: club)
        #expect(second.startsAt == (try utc(2026, 6, 8, 19)))
        let shifted = try await club.shows.move(
            second.id,
            to: try utc(2026, 6, 9, 17),
            .series,
            by: club.host,
            cause: Fixtures.cause(3)
        )
        #expect(try await next(try await takePlace(shifted, in: club), in: club).startsAt == (try utc(2026, 6, 16, 17)))
    }

    @Test func `one that is cancelled is followed by the next, a series is not`() async throws {
        let club = try await ShowClub(now: try utc(2026, 6, 1, 12))
        let show = try await club.plan(repeatsWeekly: true)
        _ = try await club.shows.cancel(show.id, by: club.host, cause: Fixtures.cause(2))
        try await club.settle()
        let second = try await next(show, in: club)
        #expect(second.startsAt == (try utc(2026, 6, 8, 13)))
        _ = try await club.shows.cancel(second.id, .series, by: club.host, cause: Fixtures.cause(3))
        try await club.pass(.seconds(14 * 86_400))
        #expect(try await club.shows.count(.upcoming) == 0)
        #expect(try await club.shows.count(.cancelled) == 2)
    }

    @Test(arguments: 2...7) func `whatever crashes, there is one next show`(writes: Int) async throws {
        let club = try await ShowClub()
        let show = try await club.start(try await club.plan(repeatsWeekly: true))
        _ = try await club.end(show)
        try await club.settleCrashing(afterWrites: writes)
        let ahead = try await club.shows.list(.upcoming, from: .first, limit: 9).items
        #expect(ahead.map(\.id) == [try #require(try await club.show(show.id).weekly?.next)])
    }

    @Test func `a show that comes again is announced two days before`() async throws {
        let club = try await ShowClub(now: try utc(2026, 6, 1, 12))
        _ = try await takePlace(club, at: try utc(2026, 6, 1, 13))
        _ = try await club.news()
        try await club.pass(.seconds(try utc(2026, 6, 6, 12, 59).timeIntervalSince(club.clock.now)))
        #expect(try await club.news().filter { $0 == "channel post" } == [])
        try await club.pass(.seconds(60))
        #expect(try await club.news().filter { $0 == "channel post" } == ["channel post"])
    }
}
