import Foundation
import TestSupport
import Testing

@testable import Domain

/// What hosts see of episodes, and of members' levels.
struct EpisodeReportTests {
    private let clock = ManualClock()
    private let store: MemoryClubStore
    private let host = Fixtures.member(1, role: .host)

    init() {
        store = MemoryClubStore(clock: clock)
    }

    private var today: ClubDay { ClubDay(clock.now, in: .gmt) }

    private func report(_ subject: FigureSubject, _ range: FigureRange = .week) async throws -> FigureReport {
        try await Analytics(store: store, clock: clock).report(on: subject, over: range, for: host)
    }

    private func keep(_ podcast: Podcast) async throws {
        _ = try await store.podcasts.change(.id(podcast.id), cause: Cause(rawValue: "\(podcast.id)")) { _ in
            Change(podcast)
        }
    }

    /// Two members have heard the first half of an episode of 1,000 s, one of them all of it.
    private func heardEpisode() async throws -> Podcast {
        var podcast = Fixtures.episode(1, lasting: 600, 400)
        podcast.chapters = [
            Chapter(start: .seconds(0), title: "One"), Chapter(start: .seconds(500), title: "Two"),
            Chapter(start: .seconds(505), title: "Three"), Chapter(start: .seconds(2_000), title: "Beyond"),
        ]
        try await keep(podcast)
        let id = podcast.id
        _ = try await store.episodeFigures.change(.id(id), cause: Fixtures.cause(1)) { _ in
            var figures = EpisodeFigures(id: id)
            (figures.listeners, figures.completions) = (2, 1)
            figures.retention = (0..<100).map { $0 < 50 ? 2 : 1 }
            return Change(figures)
        }
        try await store.ledger.post([
            Fixtures.line(2, .episodeTime, .listening(podcast.id, on: today), count: 500_000, xp: 8, on: today),
            Fixtures.line(3, .episodeTime, .listening(podcast.id, on: today), count: 1_000_000, xp: 16, on: today),
            Fixtures.line(3, .episodeCompleted, .episode(podcast.id), on: today),
        ])
        let downloads = Downloads(store: store, clock: clock)
        for name in ["a", "b", "c"] {
            let audience = DownloadAudience(rawValue: name)
            let cause = Cause(rawValue: name)
            try await downloads.sent(10, of: 10, lasting: .seconds(1_000), podcast.id, to: audience, cause: cause)
        }
        return podcast
    }

    @Test func `retention is the share of listeners at each hundredth, with its chapters`() async throws {
        let podcast = try await heardEpisode()
        let table = try #require(try await report(.episode(podcast.id)).tables.first)
        #expect(table.rows.count == 100)
        #expect(table.rows[0].cells == [.length(.zero), .count(2), .share(1), .text("One")])
        #expect(table.rows[49].cells == [.length(.seconds(490)), .count(2), .share(1), .unknown])
        #expect(table.rows[50].cells == [.length(.seconds(500)), .count(1), .share(0.5), .text("Two · Three")])
    }

    @Test func `an episode has its downloads, and what members really heard`() async throws {
        let podcast = try await heardEpisode()
        let report = try await report(.episode(podcast.id))
        let facts = Dictionary(uniqueKeysWithValues: report.facts.map { ($0.name, $0.cell) })
        #expect(facts[.downloads] == .count(3))
        #expect(facts[.listeners] == .count(2))
        #expect(facts[.listened] == .length(.seconds(1_500)))
        #expect(facts[.completed] == .count(1))
        #expect(facts[.length] == .length(.seconds(1_000)))
        #expect(report.tables[1].rows.count == 7)
        #expect(report.tables[1].rows.last?.cells == [.day(today), .count(3)])
    }

    @Test func `nobody's listening is no curve`() async throws {
        try await keep(Fixtures.episode(1, lasting: 60))
        #expect(try await report(.episode(Fixtures.podcast(1).id)).tables.first?.rows == [])
    }

    @Test func `the list has the episodes of the days, the newest first, with all that became of them`() async throws {
        let podcast = try await heardEpisode()
        try await keep(Fixtures.podcast(2, publishedAt: clock.now.addingTimeInterval(-3_600)))
        try await keep(Fixtures.podcast(3, publishedAt: clock.now.addingTimeInterval(-8 * 86_400)))
        let week = try await report(.episodes)
        let table = try #require(week.tables.first)
        #expect(table.rows.map(\.id) == [podcast.id.rawValue, Fixtures.podcast(2).id.rawValue])
        let heard: [FigureCell] = [.count(3), .count(2), .length(.seconds(1_500)), .count(1)]
        #expect(table.rows[0].cells.suffix(4) == heard[...])
        #expect(week.facts.map(\.cell) == [.count(3), .length(.seconds(1_500)), .count(1)])
        #expect(week.next == nil)
        #expect(try await report(.episodes, .month).tables.first?.rows.count == 3)
    }

    @Test(arguments: [Podcast.Status.unpublished, .draft])
    func `what is not in the library has no figures`(_ status: Podcast.Status) async throws {
        let podcast = Fixtures.podcast(1, status: status)
        try await keep(podcast)
        await #expect(throws: ChangeFailure.refused(.notFound)) { try await report(.episode(podcast.id)) }
    }

    @Test func `active members are counted by level, those without points on the first`() async throws {
        for number in 1...4 as ClosedRange<Int64> {
            let member = Fixtures.member(number, membership: number == 4 ? .left : .active)
            _ = try await store.members.change(.id(member.id), cause: Fixtures.cause(Int(number))) { _ in
                Change(member)
            }
        }
        try await store.ledger.post([
            Fixtures.line(2, .imported, .correction(XPCorrectionID(rawValue: "a")), xp: 499),
            Fixtures.line(3, .imported, .correction(XPCorrectionID(rawValue: "b")), xp: 1_500),
            Fixtures.line(4, .imported, .correction(XPCorrectionID(rawValue: "c")), xp: 9_000),
        ])
        let levels = try #require(try await report(.members).tables.last)
        #expect(levels.name == .levels)
        #expect(levels.cells(.members) == [.count(2), .count(0), .count(1), .count(0), .count(0)])
        #expect(levels.cells(.level).first == .word(.level(1)))
    }
}
