import Domain
import Foundation
import Testing

/// Times as hosts write them. It is Monday, 1 June 2026, 15:00 in Berlin where nothing else is said.
struct ShowTimeTests {
    private static let berlin = TimeZone(identifier: "Europe/Berlin") ?? .gmt

    private static func read(_ text: String, now: Date? = nil) throws -> ShowTime {
        try ShowTime(reading: text, now: now ?? utc(2026, 6, 1, 13), zone: berlin)
    }

    @Test(
        arguments: [
            ("21:00", 6, 1, 19), ("14:00", 6, 2, 12), ("15:00", 6, 2, 13), ("9:00", 6, 2, 7),
            ("today 21:00", 6, 1, 19), ("сегодня в 21:00", 6, 1, 19), ("tomorrow 21:00", 6, 2, 19),
            ("завтра 21:00", 6, 2, 19), ("21:00 завтра", 6, 2, 19), ("послезавтра 21:00", 6, 3, 19),
            ("пт 20:00", 6, 5, 18), ("fri 20:00", 6, 5, 18), ("в пятницу в 20:00", 6, 5, 18),
            ("on Friday at 20:00", 6, 5, 18), ("Пятница, 20:00", 6, 5, 18), ("mon 21:00", 6, 1, 19),
            ("пн 14:00", 6, 8, 12), ("вс 20:00", 6, 7, 18), ("25.12 21:00", 12, 25, 20),
            ("25.12.2026 21:00", 12, 25, 20), ("2026-12-25 21:00", 12, 25, 20), ("1.6 21:00", 6, 1, 19),
        ]
    ) func `a time is read`(text: String, month: Int, day: Int, hour: Int) throws {
        let time = try Self.read(text)
        #expect(time.startsAt == (try utc(2026, month, day, hour)))
        #expect(time.words == "")
    }

    @Test func `a day that has passed this year is next year's`() throws {
        #expect(try Self.read("31.5 21:00").startsAt == (try utc(2027, 5, 31, 19)))
        #expect(try Self.read("1.6 14:00").startsAt == (try utc(2027, 6, 1, 12)))
    }

    @Test func `just before midnight, tomorrow begins soon`() throws {
        let now = try utc(2026, 6, 1, 21, 55)
        #expect(try Self.read("0:10", now: now).startsAt == (try utc(2026, 6, 1, 22, 10)))
        #expect(try Self.read("завтра 0:10", now: now).startsAt == (try utc(2026, 6, 1, 22, 10)))
        #expect(try Self.read("23:50", now: now).startsAt == (try utc(2026, 6, 2, 21, 50)))
    }

    @Test(
        arguments: [
            ("Звук и тишина завтра в 21:00", "Звук и тишина"), ("Talk on 21:00", "Talk"),
            ("Звук — 21:00", "Звук"), ("В эфире 25.12 21:00", "В эфире"), ("Итоги 2025 пт 20:30", "Итоги 2025"),
        ]
    ) func `what stands before the time is kept`(text: String, words: String) throws {
        #expect(try Self.read(text).words == words)
    }

    @Test(
        arguments: [
            "", "  ", "завтра", "Звук", "21", "25:00", "21:60", "21:00 Звук", "31.2 21:00", "2026-13-01 21:00", "пт",
            "21.00",
        ]
    ) func `nonsense is no time`(text: String) throws {
        #expect(throws: Refusal.unclearTime) { try Self.read(text) }
    }

    @Test(arguments: ["today 14:00", "31.5.2026 21:00", "2025-12-25 21:00"])
    func `what has passed is refused`(text: String) throws {
        #expect(throws: Refusal.timeInThePast) { try Self.read(text) }
    }

    @Test func `a time that clocks skip or repeat is refused as such`() throws {
        let spring = try utc(2026, 3, 28, 12)
        #expect(throws: Refusal.timeNotThere) { try Self.read("2:30", now: spring) }
        #expect(throws: Refusal.timeNotThere) { try Self.read("29.3 2:30", now: spring) }
        #expect(try Self.read("29.3 3:00", now: spring).startsAt == (try utc(2026, 3, 29, 1)))
        let autumn = try utc(2026, 10, 24, 12)
        #expect(throws: Refusal.timeTwice) { try Self.read("tomorrow 2:30", now: autumn) }
        #expect(try Self.read("tomorrow 3:00", now: autumn).startsAt == (try utc(2026, 10, 25, 2)))
    }
}
