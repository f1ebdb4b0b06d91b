import Domain
import Foundation
import Testing

struct QuietHoursTests {
    private func moment(_ text: String, _ zone: TimeZone) throws -> Date {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = zone
        formatter.dateFormat = "yyyy-MM-dd HH:mm"
        return try #require(formatter.date(from: text))
    }

    private func zone(_ name: String) throws -> TimeZone {
        try #require(TimeZone(identifier: name))
    }

    /// The quiet hours, a moment, and when it gets loud again; nil where it is loud.
    @Test(arguments: [
        ("23:00-8:00", "2026-05-10 22:59", nil),
        ("23:00-8:00", "2026-05-10 23:00", "2026-05-11 08:00"),
        ("23:00-8:00", "2026-05-11 00:00", "2026-05-11 08:00"),
        ("23:00-8:00", "2026-05-11 07:59", "2026-05-11 08:00"),
        ("23:00-8:00", "2026-05-11 08:00", nil),
        ("13:30-14:15", "2026-05-11 14:14", "2026-05-11 14:15"),
        ("13:30-14:15", "2026-05-11 13:29", nil),
        ("0:00-9:00", "2026-12-31 23:59", nil),
        ("22:00-7:00", "2026-12-31 23:59", "2027-01-01 07:00"),
    ])
    func `quiet hours end at their end, over midnight as well`(text: String, at: String, end: String?) throws {
        let hours = try #require(QuietHours(text))
        let moscow = try zone("Europe/Moscow")
        let expected = try end.map { try moment($0, moscow) }
        #expect(try hours.end(for: moment(at, moscow), in: moscow) == expected)
    }

    @Test func `the same moment is quiet in one zone and not in another`() throws {
        let hours = try #require(QuietHours("23-8"))
        let (moscow, omsk) = (try zone("Europe/Moscow"), try zone("Asia/Omsk"))
        let evening = try moment("2026-05-10 21:00", moscow)
        #expect(hours.end(for: evening, in: moscow) == nil)
        #expect(try hours.end(for: evening, in: omsk) == moment("2026-05-11 08:00", omsk))
    }

    /// In Berlin the clocks went from 2:00 to 3:00 on 29 March 2026, and from 3:00 back to 2:00 on 25 October.
    @Test func `summer time makes a night shorter, winter time longer, and the end is by the clock`() throws {
        let berlin = try zone("Europe/Berlin")
        let hours = try #require(QuietHours("23:00-8:00"))
        let spring = try moment("2026-03-28 23:30", berlin)
        #expect(hours.end(for: spring, in: berlin) == spring.addingTimeInterval(7.5 * 3_600))
        let autumn = try moment("2026-10-24 23:30", berlin)
        #expect(hours.end(for: autumn, in: berlin) == autumn.addingTimeInterval(9.5 * 3_600))
    }

    @Test func `an end in the hour that summer time leaves out comes with that hour's end`() throws {
        let berlin = try zone("Europe/Berlin")
        let hours = try #require(QuietHours("23:00-2:30"))
        let night = try moment("2026-03-29 01:30", berlin)
        #expect(try hours.end(for: night, in: berlin) == moment("2026-03-29 03:00", berlin))
    }

    @Test(arguments: [
        ("23:00-8:00", "23:00–8:00"), ("23-8", "23:00–8:00"), ("9.30 – 10.05", "9:30–10:05"), ("0—7", "0:00–7:00"),
    ])
    func `hours are read as people write them`(text: String, shown: String) throws {
        #expect(try #require(QuietHours(text)).description == shown)
    }

    @Test(arguments: ["", "8", "8-8", "24-8", "8:60-9", "8:0-9", "-1-5", "8-9-10", "a-b", "23:00-8:00 x", "٢٣-٨"])
    func `what is no span of a day is none`(text: String) {
        #expect(QuietHours(text) == nil)
    }
}
