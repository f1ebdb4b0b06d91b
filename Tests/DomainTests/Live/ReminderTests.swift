import Domain
import Foundation
import TestSupport
import Testing

/// Reminders a day and a quarter of an hour before, moves and cancellations.
struct ReminderTests {
    private static let day: Duration = .seconds(24 * 3_600)

    @Test func `who asked is reminded a day and a quarter of an hour before, each once`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan(in: 48 * 3_600)
        try await club.remind(club.members[0], of: show)
        _ = try await club.shows.rsvp(show.id, isComing: true, by: club.members[1], cause: Fixtures.cause(3))
        try await club.pass(.seconds(24 * 3_600 - 1))
        #expect(try await club.news().filter { $0.contains("reminder") } == [])
        try await club.pass(.seconds(1))
        #expect(try await club.news().filter { $0.contains("reminder") } == ["3 reminder"])
        try await club.pass(.seconds(24 * 3_600 - 15 * 60 - 1))
        #expect(try await club.news().filter { $0.contains("reminder") } == [])
        try await club.pass(.seconds(1))
        #expect(try await club.news().filter { $0.contains("reminder") } == ["3 reminder"])
        try await club.pass(.seconds(15 * 60))
        #expect(try await club.news().filter { $0.contains("reminder") } == [])
    }

    @Test func `a show that is planned for soon has no reminder of the day before`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan(in: 3_600)
        try await club.remind(club.members[0], of: show)
        try await club.pass(.seconds(44 * 60))
        #expect(try await club.news().filter { $0.contains("reminder") } == [])
        try await club.pass(.seconds(60))
        #expect(try await club.news().filter { $0.contains("reminder") } == ["3 reminder"])
    }

    @Test func `a reminder whose moment the program slept over is sent late, while it is of use`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan(in: 48 * 3_600)
        try await club.remind(club.members[0], of: show)
        club.clock.advance(by: .seconds(30 * 3_600))
        try await club.settle()
        #expect(try await club.news().filter { $0.contains("reminder") } == ["3 reminder"])
        club.clock.advance(by: .seconds(18 * 3_600))
        try await club.settle()
        #expect(try await club.news().filter { $0.contains("reminder") } == [])
    }

    @Test func `after a move what is not sent is due by the new time, and who counts on it is told`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan(in: 48 * 3_600)
        try await club.remind(club.members[0], of: show)
        _ = try await club.shows.rsvp(show.id, isComing: true, by: club.members[1], cause: Fixtures.cause(3))
        _ = try await club.news()
        let later = club.after(72 * 3_600)
        _ = try await club.shows.move(show.id, to: later, by: club.host, cause: Fixtures.cause(4))
        try await club.settle()
        #expect(try await club.news().sorted() == ["3 moved", "4 moved", "channel post"])
        try await club.pass(Self.day)
        #expect(try await club.news() == [])
        try await club.pass(Self.day)
        #expect(try await club.news() == ["3 reminder"])
    }

    @Test func `a reminder is sent again for a much later time, not for a little later one`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan(in: 25 * 3_600)
        try await club.remind(club.members[0], of: show)
        try await club.pass(.seconds(3_600))
        _ = try await club.news()
        let aLittle = club.after(24 * 3_600 + 1_800)
        _ = try await club.shows.move(show.id, to: aLittle, by: club.host, cause: Fixtures.cause(4))
        try await club.pass(.seconds(3_600))
        #expect(try await club.news() == ["channel post", "3 moved"])
        let muchLater = club.after(5 * 24 * 3_600)
        _ = try await club.shows.move(show.id, to: muchLater, by: club.host, cause: Fixtures.cause(5))
        try await club.settle()
        #expect(try await club.news() == ["channel post", "3 moved"])
        try await club.pass(.seconds(4 * 24 * 3_600))
        #expect(try await club.news() == ["3 reminder"])
    }

    @Test func `moved to and fro, a show reminds once for the same time`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan(in: 25 * 3_600)
        try await club.remind(club.members[0], of: show)
        try await club.pass(.seconds(3_600))
        let reminded = try await club.news()
        #expect(reminded.filter { $0.contains("reminder") }.count == 1)
        for (number, hours) in [(4, 60.0), (5, 24.0)] {
            let start = club.after(hours * 3_600)
            _ = try await club.shows.move(show.id, to: start, by: club.host, cause: Fixtures.cause(number))
        }
        try await club.pass(.seconds(23.7 * 3_600))
        #expect(try await club.news().filter { $0.contains("reminder") } == [])
        try await club.pass(.seconds(0.1 * 3_600))
        #expect(try await club.news().filter { $0.contains("reminder") } == ["3 reminder"])
    }

    @Test func `who counts on a show is told that it is cancelled, and reminded of nothing`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan(in: 3_600)
        try await club.remind(club.members[0], of: show)
        _ = try await club.news()
        _ = try await club.shows.cancel(show.id, by: club.host, cause: Fixtures.cause(4))
        try await club.pass(.seconds(8 * 3_600))
        #expect(try await club.news() == ["channel post", "3 cancelled"])
        #expect(try await club.show(show.id).dueAt == nil)
    }

    @Test func `a show that nobody begins is cancelled after some hours, and its host told`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan(in: 3_600)
        try await club.remind(club.members[0], of: show)
        try await club.pass(.seconds(7 * 3_600 - 1))
        #expect(try await club.show(show.id).status == .scheduled)
        _ = try await club.news()
        try await club.pass(.seconds(1))
        #expect(try await club.show(show.id).status == .cancelled)
        #expect(try await club.news().sorted() == ["2 missed", "3 cancelled", "channel post"])
    }

    @Test(arguments: 2...4) func `a crash loses no reminder and doubles none`(writes: Int) async throws {
        let club = try await ShowClub()
        let show = try await club.plan(in: 25 * 3_600)
        for member in club.members { try await club.remind(member, of: show) }
        _ = try await club.news()
        club.clock.advance(by: .seconds(3_600))
        try await club.settleCrashing(afterWrites: writes)
        #expect(try await club.news().filter { $0.contains("reminder") } == ["5 reminder", "4 reminder", "3 reminder"])
    }
}
