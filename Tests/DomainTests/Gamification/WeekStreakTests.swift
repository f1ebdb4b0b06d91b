import Domain
import Testing

struct WeekStreakTests {
    /// Weeks by a day in them.
    private static func weeks(_ days: [String]) throws -> [ClubWeek] {
        try days.map { try #require(ClubDay(rawValue: $0)).week }
    }

    private static func streak(_ days: [String], now: String) throws -> WeekStreak {
        WeekStreak(try weeks(days), now: try #require(ClubDay(rawValue: now)).week)
    }

    @Test func `who has done nothing has no streak`() throws {
        let streak = try Self.streak([], now: "2026-11-23")
        #expect((streak.weeks, streak.frozen, streak.isActiveNow) == (0, 0, false))
    }

    @Test func `the running week breaks nothing and counts once something is done in it`() throws {
        let before = try Self.streak(["2026-11-16", "2026-11-09"], now: "2026-11-25")
        #expect((before.weeks, before.isActiveNow) == (2, false))
        let after = try Self.streak(["2026-11-24", "2026-11-16", "2026-11-09"], now: "2026-11-25")
        #expect((after.weeks, after.isActiveNow) == (3, true))
    }

    @Test func `one missing week of a month is forgiven and does not count`() throws {
        // The week of 9 November is missing.
        let streak = try Self.streak(["2026-11-16", "2026-11-02", "2026-10-26"], now: "2026-11-23")
        #expect((streak.weeks, streak.frozen) == (3, 1))
    }

    @Test func `the second missing week of a month breaks it`() throws {
        // The weeks of 9 and 2 November are missing.
        let streak = try Self.streak(["2026-11-16", "2026-10-26"], now: "2026-11-23")
        #expect((streak.weeks, streak.frozen) == (1, 0))
    }

    @Test func `each month forgives one week, and a week belongs to the month of its Monday`() throws {
        // Missing: 26 October (to 1 November), and 2 November.
        let streak = try Self.streak(["2026-11-16", "2026-11-09", "2026-10-19"], now: "2026-11-23")
        #expect((streak.weeks, streak.frozen) == (3, 2))
    }

    @Test func `a streak survives last week's absence`() throws {
        let streak = try Self.streak(["2026-11-09", "2026-11-02"], now: "2026-11-23")
        #expect((streak.weeks, streak.frozen, streak.isActiveNow) == (2, 1, false))
    }

    @Test func `after two missing weeks of a month nothing is left`() throws {
        let streak = try Self.streak(["2026-11-02"], now: "2026-11-23")
        #expect((streak.weeks, streak.frozen) == (0, 0))
    }
}
