import Foundation
import TestSupport
import Testing

@testable import Domain

/// What is done in shows comes into the ledger, while they run and after.
struct ScoreKeeperTests {
    /// A show that is live, with its log and attendance in the test's hands.
    private struct Stage {
        let club: ShowClub
        let news = AttendanceNews()
        let show: LiveSession
        private(set) var batches = 0

        init() async throws {
            club = try await ShowClub()
            let planned = try await club.plan(in: 60)
            show = try await club.start(planned)
            let crew = RoomCrew(host: club.host.id)
            try await log([
                .opened(epoch: "e"), .started(by: club.host.id, crew: crew, hands: .everyone),
                .promoted(member: club.host.id),
            ])
        }

        var anna: MemberID { club.members[0].id }
        var boris: MemberID { club.members[1].id }

        func keeper() -> ScoreKeeper { ScoreKeeper(store: club.store, news: news, clock: club.clock) }

        mutating func log(_ happened: [RoomNews]) async throws {
            batches += 1
            try await club.store.roomLog.append(
                Fixtures.batch(batches, seqBefore: 0, happened, in: show.id, at: club.clock.now)
            )
        }

        /// As the room stores it.
        func keep(_ id: String, of member: MemberID, to end: Date? = nil) async throws {
            let start = try #require(show.startedAt)
            let interval = Fixtures.interval(id, of: member, in: show.id, from: start, to: end)
            try await club.store.attendance.keep([interval])
            news.note([interval])
        }

        func sums(_ member: MemberID) async throws -> LedgerSums {
            try await club.store.ledger.sums(of: [member])[member] ?? LedgerSums()
        }

        func lines(_ member: MemberID) async throws -> [XPTransaction] {
            try await club.store.ledger.lines(of: member, from: .first, limit: 100).items
        }

        mutating func end() async throws {
            try await log([.ended(why: .host)])
            _ = try await club.end(show)
        }
    }

    @Test func `what members do has its lines after a round, and each once, also in a process that begins anew`()
        async throws
    {
        var stage = try await Stage()
        let keeper = stage.keeper()
        try await keeper.work()
        try await stage.keep("1", of: stage.anna)
        stage.club.clock.advance(by: .seconds(400))
        try await stage.log([.reacted(member: stage.anna, emoji: "👏"), .visited(member: stage.boris)])
        try await keeper.work()
        let anna = try await stage.sums(stage.anna)
        #expect(anna[.joined].xp == 10 && anna[.reaction].xp == 1)
        #expect(anna[.liveTime] == LedgerSums.Sum(count: 370_000, xp: 5))
        #expect(try await stage.sums(stage.boris)[.opened].count == 1)
        #expect(try await stage.sums(stage.club.host.id)[.promoted].xp == 50)

        let lines = try await stage.lines(stage.anna)
        try await keeper.work()
        try await stage.keeper().work()
        #expect(try await stage.lines(stage.anna) == lines)
    }

    @Test func `the time of those who are there is posted by fives of minutes, and exactly once they have gone`()
        async throws
    {
        var stage = try await Stage()
        let keeper = stage.keeper()
        try await keeper.work()
        try await stage.keep("1", of: stage.anna)
        var counts: [Int] = []
        for _ in 1...4 {
            stage.club.clock.advance(by: .seconds(120))
            try await stage.log([.lived])
            try await keeper.work()
            counts.append(try await stage.sums(stage.anna)[.liveTime].count)
        }
        #expect(counts == [90_000, 90_000, 330_000, 330_000])
        try await stage.keep("1", of: stage.anna, to: stage.club.after(-7))
        try await stage.end()
        try await keeper.work()
        #expect(try await stage.sums(stage.anna)[.liveTime].count == 473_000)
    }

    @Test func `a show that ended while nothing ran is scored once it has settled`() async throws {
        var stage = try await Stage()
        try await stage.keep("1", of: stage.anna)
        stage.club.clock.advance(by: .seconds(600))
        try await stage.end()
        try await stage.club.pass(.seconds(119))
        #expect(try await stage.sums(stage.anna).byRule.isEmpty)
        try await stage.club.pass(.seconds(1))
        // Nobody knows when they went, but until when the room was there.
        #expect(try await stage.sums(stage.anna)[.liveTime] == LedgerSums.Sum(count: 600_000, xp: 10))
    }

    @Test func `thanks count up to a day after the end, with a running keeper and without`() async throws {
        var stage = try await Stage()
        let keeper = stage.keeper()
        try await stage.end()
        try await keeper.work()
        let host = stage.club.host.id
        try await stage.club.pass(.seconds(3_600))
        try await stage.log([.supported(member: host, by: stage.anna)])
        try await keeper.work()
        #expect(try await stage.sums(host)[.supportReceived] == LedgerSums.Sum(count: 1, xp: 10))
        #expect(try await stage.sums(stage.anna)[.supportGiven].count == 1)

        stage.club.clock.advance(by: .seconds(80_000))
        try await stage.log([.supported(member: host, by: stage.boris)])
        try await stage.club.pass(.seconds(3_000))
        #expect(try await stage.sums(host)[.supportReceived] == LedgerSums.Sum(count: 2, xp: 20))
        #expect(try await stage.club.show(stage.show.id).scoresAt == nil)
    }

    @Test func `after too much news all attendance is read anew`() async throws {
        var stage = try await Stage()
        let keeper = stage.keeper()
        try await keeper.work()
        let start = try #require(stage.show.startedAt)
        let end = start.addingTimeInterval(300)
        let flood = (0...AttendanceNews.capacity).map { number in
            Fixtures.interval("x\(number)", of: stage.boris, in: stage.show.id, from: start, to: end)
        }
        stage.news.note(flood)
        try await stage.club.store.attendance.keep([
            Fixtures.interval("1", of: stage.anna, in: stage.show.id, from: start, to: end)
        ])
        stage.club.clock.advance(by: .seconds(300))
        try await stage.log([.lived])
        try await keeper.work()
        #expect(try await stage.sums(stage.anna)[.liveTime].xp == 5)
        #expect(try await stage.sums(stage.boris).byRule.isEmpty)
    }

    @Test func `who was forgotten has no lines from logs`() async throws {
        var stage = try await Stage()
        let privacy = Privacy(store: stage.club.store, directory: stage.club.directory, clock: stage.club.clock)
        try await privacy.forget(stage.club.members[0], cause: Fixtures.cause(50))
        try await stage.log([.reacted(member: stage.anna, emoji: "👏"), .reacted(member: stage.boris, emoji: "👏")])
        try await stage.keeper().work()
        #expect(try await stage.sums(stage.anna).byRule.isEmpty)
        #expect(try await stage.sums(stage.boris)[.reaction].count == 1)
        let all = try await ShowScores(store: stage.club.store, clock: stage.club.clock).lines(of: stage.show)
        #expect(all.contains { $0.member == stage.boris } && !all.contains { $0.member == stage.anna })
    }
}
