import Domain
import Foundation
import TestSupport
import Testing

/// That a show has begun: one alert for each person.
struct AlertTests {
    @Test func `every member who wants it hears of a start once, the host not`() async throws {
        let club = try await ShowClub()
        var deaf = club.members[0]
        deaf.settings.set(.liveShows, isWanted: false)
        var blocking = club.members[1]
        blocking.isReachable = false
        for member in [deaf, blocking] {
            _ = try await club.store.members.change(.id(member.id), cause: Fixtures.cause(5)) { _ in Change(member) }
        }
        let show = try await club.start(try await club.plan())
        _ = try await club.news()
        try await club.settle()
        #expect(try await club.news().sorted() == ["1 started", "5 started"])
        try await club.pass(.seconds(3_600))
        #expect(try await club.news() == [])
        #expect(try await club.show(show.id).dueAt == show.startedAt?.addingTimeInterval(12 * 3_600))
    }

    @Test func `who asked to be reminded hears of the start, whatever they want to hear of other shows`() async throws {
        let club = try await ShowClub()
        var deaf = club.members[0]
        deaf.settings.set(.liveShows, isWanted: false)
        let silent = deaf
        _ = try await club.store.members.change(.id(deaf.id), cause: Fixtures.cause(5)) { _ in Change(silent) }
        let show = try await club.plan()
        try await club.remind(deaf, of: show)
        _ = try await club.start(show)
        _ = try await club.news()
        try await club.settle()
        #expect(try await club.news().filter { $0.hasPrefix("3 ") } == ["3 reminder"])
    }

    @Test(arguments: 2...5) func `a crash loses no alert and doubles none`(writes: Int) async throws {
        let club = try await ShowClub()
        for number in Int64(10)..<460 {
            var member = Fixtures.member(number)
            member.joinedAt = nil
            try await club.add(member)
        }
        _ = try await club.start(try await club.plan())
        try await club.settleCrashing(afterWrites: writes)
        let told = try await club.news().filter { $0.hasSuffix(" started") }
        #expect(told.count == 454)
        #expect(Set(told).count == 454)
    }

    @Test func `nobody is told of a show that ended meanwhile, or half an hour after its start`() async throws {
        let club = try await ShowClub()
        let short = try await club.start(try await club.plan(cause: 1), cause: 10)
        _ = try await club.end(short, cause: 11)
        try await club.settle()
        #expect(try await club.news().filter { $0.hasSuffix(" started") } == [])
        _ = try await club.start(try await club.plan(cause: 2), cause: 12)
        club.clock.advance(by: .seconds(31 * 60))
        try await club.settle()
        #expect(try await club.news().filter { $0.hasSuffix(" started") } == [])
    }

    @Test func `alerts go by their lane and are worth sending for half an hour`() async throws {
        let club = try await ShowClub()
        _ = try await club.start(try await club.plan())
        try await club.settle()
        let alerts = club.store.storedDrafts.filter { $0.dedupeKey.hasPrefix("show-started") }
        #expect(alerts.map(\.lane) == [.alerts, .alerts, .alerts, .alerts])
        #expect(Set(alerts.compactMap(\.expiresAt)) == [club.after(1_800)])
    }
}
