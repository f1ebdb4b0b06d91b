import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// How moments read.
struct ShowTimesTests {
    private func times(_ language: Language = .ru, zone: String = "Europe/Moscow") throws -> ShowTimes {
        ShowTimes(
            phrases: try BotClubFixture().phrases,
            language: language,
            zone: try #require(TimeZone(identifier: zone)),
            now: Fixtures.start
        )
    }

    /// The clock begins on Monday, 1 June 2026, at 15:00 in Moscow.
    static let moments: [(TimeInterval, String, String)] = [
        (0, "сегодня в 15:00", "вот-вот начнётся"), (59, "сегодня в 15:00", "вот-вот начнётся"),
        (15 * 60, "сегодня в 15:15", "через 15 мин"), (9 * 3_600 - 60, "сегодня в 23:59", "через 8 ч 59 мин"),
        (9 * 3_600, "завтра в 00:00", "через 9 ч"), (33 * 3_600 - 60, "завтра в 23:59", "через 32 ч 59 мин"),
        (33 * 3_600, "среда, 3 июня в 00:00", "через 33 ч"), (48 * 3_600, "среда, 3 июня в 15:00", "через 2 дня"),
        (220 * 86_400, "четверг, 7 января 2027 в 15:00", "через 220 дней"),
    ]

    @Test(arguments: moments)
    func `a day is told by the reader's midnight`(seconds: TimeInterval, moment: String, until: String) throws {
        let date = Fixtures.start.addingTimeInterval(seconds)
        let times = try times()
        #expect(times.moment(date) == moment)
        #expect(times.until(date) == until)
    }

    @Test func `the same moment is another day elsewhere`() throws {
        let date = Fixtures.start.addingTimeInterval(8 * 3_600)
        #expect(try times(.en, zone: "Europe/London").moment(date) == "today at 21:00")
        #expect(try times(.en, zone: "Asia/Vladivostok").moment(date) == "tomorrow at 06:00")
    }

    @Test(arguments: [
        ("Europe/Moscow", "МСК"), ("Asia/Kolkata", "UTC+5:30"), ("America/New_York", "UTC−4"), ("UTC", "UTC+0"),
    ])
    func `a zone has a short name`(zone: String, name: String) throws {
        #expect(try times(zone: zone).zoneName(at: Fixtures.start) == name)
    }

    @Test(arguments: [(0, "1 мин"), (3_540, "59 мин"), (3_600, "1 ч"), (5_400, "1 ч 30 мин")] as [(Int, String)])
    func `lengths are in hours and minutes`(seconds: Int, text: String) throws {
        #expect(try times().length(.seconds(seconds)) == text)
    }

    @Test func `a day has the evening hours of its zone that lie ahead`() throws {
        // On this day clocks in Berlin are put forward: 18:00 is 16:00 UTC.
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        let day = try #require(OfferedDay(year: 2026, month: 3, day: 29))
        let offers = day.offers(after: Fixtures.start.addingTimeInterval(-100 * 86_400), in: zone)
        #expect(offers.count == OfferedDay.hours.count)
        #expect(offers.first == Date(timeIntervalSince1970: 1_774_800_000))
        #expect(day.offers(after: try #require(offers.last), in: zone).isEmpty)
    }
}
