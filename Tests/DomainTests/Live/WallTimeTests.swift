import Domain
import Foundation
import Testing

/// Clocks on walls, and the moments at which they show a time.
struct WallTimeTests {
    private static func zone(_ name: String) throws -> TimeZone { try #require(TimeZone(identifier: name)) }

    private static func wall(_ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int) throws -> WallTime {
        let time = try #require(TimeOfDay(hour: hour, minute: minute))
        return try #require(WallTime(year: year, month: month, day: day, time: time))
    }

    @Test(
        arguments: [
            ("Europe/Moscow", 18), ("Europe/Berlin", 19), ("Asia/Kolkata", 15), ("Pacific/Kiritimati", 7),
            ("America/New_York", 1),
        ]
    ) func `a time is another moment in each zone`(name: String, hour: Int) throws {
        let moment = try Self.wall(2026, 7, 1, 21, 0).moments(in: Self.zone(name))
        let day = name == "America/New_York" ? 2 : 1
        #expect(moment == [try utc(2026, 7, day, hour, name == "Asia/Kolkata" ? 30 : 0)])
    }

    @Test func `a time that clocks are put forward over is at no moment, and is meant an hour later`() throws {
        let zone = try Self.zone("Europe/Berlin")
        let skipped = try Self.wall(2026, 3, 29, 2, 30)
        #expect(skipped.moments(in: zone) == [])
        #expect(skipped.moment(in: zone) == (try utc(2026, 3, 29, 1, 30)))
        #expect(WallTime(skipped.moment(in: zone), in: zone) == (try Self.wall(2026, 3, 29, 3, 30)))
    }

    @Test func `a time that is lived twice is at two moments, and the first is meant`() throws {
        let zone = try Self.zone("Europe/Berlin")
        let twice = try Self.wall(2026, 10, 25, 2, 30)
        #expect(twice.moments(in: zone) == [try utc(2026, 10, 25, 0, 30), try utc(2026, 10, 25, 1, 30)])
        #expect(twice.moment(in: zone) == (try utc(2026, 10, 25, 0, 30)))
    }

    @Test func `a week later the clocks show the same, whatever became of them`() throws {
        let zone = try Self.zone("Europe/Berlin")
        let before = try Self.wall(2026, 10, 19, 21, 0)
        #expect(before.moment(in: zone) == (try utc(2026, 10, 19, 19)))
        #expect(before.adding(days: 7).moment(in: zone) == (try utc(2026, 10, 26, 20)))
    }

    @Test func `days are added over the ends of months and years`() throws {
        #expect(try Self.wall(2026, 12, 28, 23, 59).adding(days: 7) == (try Self.wall(2027, 1, 4, 23, 59)))
        #expect(try Self.wall(2028, 2, 28, 0, 0).adding(days: 1) == (try Self.wall(2028, 2, 29, 0, 0)))
    }

    @Test(arguments: [(1, 1), (6, 6), (7, 7), (8, 1)]) func `Monday is the first day`(day: Int, weekday: Int) throws {
        // 1 June 2026 was a Monday.
        #expect(try Self.wall(2026, 6, day, 12, 0).weekday == weekday)
    }

    @Test(arguments: [(2026, 2, 29), (2026, 13, 1), (2026, 4, 31), (2026, 0, 1), (12, 1, 1)])
    func `the calendar has no such day`(year: Int, month: Int, day: Int) throws {
        let noon = try #require(TimeOfDay(hour: 12))
        #expect(WallTime(year: year, month: month, day: day, time: noon) == nil)
    }
}
