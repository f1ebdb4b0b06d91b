import Domain
import Foundation
import TestSupport
import Testing

/// Shows as calendars take them.
struct ShowCalendarTests {
    private func lines(_ show: LiveSession, address: URL? = nil) -> [String] {
        ShowCalendar(show, address: address).text.components(separatedBy: "\r\n")
    }

    @Test func `a show is one event, in UTC, with its UID`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan("A, b; c\\d", in: 3_600)
        let address = try #require(URL(string: "https://example.org/lives?a=1"))
        #expect(
            lines(show, address: address) == [
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//FOMO Podcasts//Shows//EN", "METHOD:PUBLISH",
                "BEGIN:VEVENT", "UID:\(show.id)@fomo-podcasts", "SEQUENCE:0", "DTSTAMP:20260601T120000Z",
                "DTSTART:20260601T130000Z", "DTEND:20260601T140000Z", "SUMMARY:A\\, b\\; c\\\\d",
                "URL:https://example.org/lives?a=1", "STATUS:CONFIRMED", "END:VEVENT", "END:VCALENDAR", "",
            ]
        )
    }

    @Test func `after a move and a cancellation calendars take the newest`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan()
        club.clock.advance(by: .seconds(5))
        let later = club.after(9_000)
        let moved = try await club.shows.move(show.id, to: later, by: club.host, cause: Fixtures.cause(2))
        #expect(lines(moved).contains("SEQUENCE:1"))
        #expect(lines(moved).contains("DTSTART:20260601T143005Z"))
        #expect(lines(moved).contains("UID:\(show.id)@fomo-podcasts"))
        let cancelled = try await club.shows.cancel(show.id, by: club.host, cause: Fixtures.cause(3))
        #expect(lines(cancelled).contains("SEQUENCE:2"))
        #expect(lines(cancelled).contains("STATUS:CANCELLED"))
    }

    @Test func `long lines are folded at 75 octets, and unfolding gives the words again`() async throws {
        let club = try await ShowClub()
        let summary = String(repeating: "Тишина 🎧 и звук, ", count: 40) + "\nконец"
        let plan = ShowPlan(title: "Talk", startsAt: club.after(60), summary: summary)
        let show = try await club.shows.schedule(plan, by: club.host, cause: Fixtures.cause(1))
        let text = ShowCalendar(show, address: nil).text
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 75 })
        let unfolded = text.replacing("\r\n ", with: "").components(separatedBy: "\r\n")
        let escaped = show.summary.replacing(",", with: "\\,").replacing("\n", with: "\\n")
        #expect(unfolded.contains("DESCRIPTION:\(escaped)"))
    }
}
