import Foundation
import TestSupport
import Testing

@testable import Domain

/// A member who listens, and what the club keeps of it.
private struct ListeningClub {
    let clock = ManualClock()
    let store: MemoryClubStore
    let listening: Listening
    let member = Fixtures.member(1).id

    init() {
        store = MemoryClubStore(clock: clock)
        listening = Listening(store: store, clock: clock)
    }

    @discardableResult
    func take(_ beat: Heartbeat, of podcast: Podcast, by person: Int64 = 1) async throws -> Listening.Answer {
        try await listening.take(beat, of: podcast, by: Fixtures.member(person).id)
    }

    /// Plays an episode from its beginning, as a player of that number does.
    @discardableResult
    func play(
        _ podcast: Podcast,
        from: Double = 0,
        to: Double,
        by person: Int64 = 1,
        player: Int = 1
    ) async throws -> Listening.Answer {
        var number = 1
        var answer = try await take(
            Fixtures.beat(number, to: from, .started, play: player, of: podcast),
            of: podcast,
            by: person
        )
        for place in stride(from: from, to: to, by: 15) {
            let next = min(place + 15, to)
            clock.advance(by: .milliseconds(Int64((next - place) * 1_000)))
            number += 1
            let state: Heartbeat.State = next == to ? .paused : .playing
            answer = try await take(
                Fixtures.beat(number, from: place, to: next, state, play: player, of: podcast),
                of: podcast,
                by: person
            )
        }
        return answer
    }

    func xp(_ person: Int64 = 1) async throws -> Int {
        let member = Fixtures.member(person).id
        return try await store.ledger.sums(of: [member])[member]?.xp ?? 0
    }

    var figures: EpisodeFigures? {
        get async throws { try await store.episodeFigures.find(.id(PodcastID(rawValue: "podcast-0001"))) }
    }
}

struct ListeningTests {
    private let club = ListeningClub()
    private let podcast = Fixtures.episode(1, lasting: 200)

    @Test func `two minutes of an episode are 2 XP, the position is kept, and it is counted`() async throws {
        let answer = try await club.play(podcast, to: 120)
        #expect(answer.credited == .seconds(15))
        #expect(answer.listen.position?.offset == .seconds(120))
        #expect(answer.listen.completedAt == nil)
        #expect(try await club.xp() == 2)
        let figures = try #require(try await club.figures)
        #expect(figures.listeners == 1)
        #expect(figures.completions == 0)
        #expect(figures.retention == Array(repeating: 1, count: 60) + Array(repeating: 0, count: 40))
    }

    @Test func `who hears an episode to the end has 10 XP more, once`() async throws {
        try await club.play(podcast, to: 200)
        #expect(try await club.xp() == 3 + 10)
        try await club.play(podcast, to: 200, player: 2)
        #expect(try await club.xp() == 6 + 10)
        let figures = try #require(try await club.figures)
        #expect(figures.listeners == 1)
        #expect(figures.completions == 1)
        #expect(figures.retention == Array(repeating: 1, count: 100))
    }

    @Test func `an episode that is heard on two days is heard to the end on the second`() async throws {
        try await club.play(podcast, to: 100)
        club.clock.advance(by: .seconds(86_400))
        let answer = try await club.play(podcast, from: 100, to: 200, player: 2)
        #expect(answer.listen.completedAt != nil)
        let days = try await club.store.listeningDays.days(of: club.member, limit: 9)
        #expect(days.map { $0.episodes.first?.completedAt != nil } == [true, false])
        #expect(try await club.xp() == 1 + 1 + 10)
    }

    @Test func `a day is that of the club's zone`() async throws {
        _ = try await club.store.settings.change(.club, cause: Fixtures.cause(1)) { _ in
            Change(ClubSettings(timeZone: "Pacific/Kiritimati"))
        }
        try await club.play(podcast, to: 15)
        let days = try await club.store.listeningDays.days(of: club.member, limit: 9)
        #expect(days.map(\.day.rawValue) == ["2026-06-02"])
    }

    @Test func `the same beat once more answers the same and credits nothing`() async throws {
        try await club.play(podcast, to: 60)
        let last = Fixtures.beat(5, from: 45, to: 60, .paused, of: podcast)
        let answer = try await club.take(last, of: podcast)
        #expect(answer.credited == .zero)
        #expect(answer.listen.position?.offset == .seconds(60))
        #expect(try await club.xp() == 1)
    }

    @Test func `a beat that is refused moves no position`() async throws {
        try await club.play(podcast, to: 30)
        try await club.take(Fixtures.beat(1, to: 100, .started, play: 2, of: podcast), of: podcast)
        await #expect(throws: ChangeFailure.refused(.listening(.elsewhere))) {
            try await club.take(Fixtures.beat(9, from: 30, to: 45, of: podcast), of: podcast)
        }
        let listen = try await club.listening.listen(club.member, to: podcast.id)
        #expect(listen?.position?.offset == .seconds(100))
    }

    @Test(arguments: 0..<9)
    func `wherever the program stops, the beat that is sent once more does the rest`(writes: Int) async throws {
        try await club.play(podcast, to: 45)
        club.clock.advance(by: .seconds(15))
        let beat = Fixtures.beat(9, from: 45, to: 60, of: podcast)
        try await club.take(Fixtures.beat(8, to: 45, .started, of: podcast), of: podcast)
        club.clock.advance(by: .seconds(15))
        club.store.crash(afterWrites: writes)
        _ = try? await club.take(beat, of: podcast)
        club.store.crash(afterWrites: nil)
        for _ in 1...2 { try await club.take(beat, of: podcast) }
        try await club.take(Fixtures.beat(10, from: 60, to: 60, .paused, of: podcast), of: podcast)
        #expect(try await club.xp() == 1)
        let listen = try #require(try await club.listening.listen(club.member, to: podcast.id))
        #expect(listen.heard.count == 6)
        #expect(try await club.figures?.retention.reduce(0, +) == 30)
        #expect(try await club.figures?.listeners == 1)
    }

    @Test(arguments: 0..<6)
    func `what was left undone on one day is done with the first beat of the next`(writes: Int) async throws {
        try await club.take(Fixtures.beat(1, to: 0, .started, of: podcast), of: podcast)
        club.clock.advance(by: .seconds(60))
        club.store.crash(afterWrites: writes)
        _ = try? await club.take(Fixtures.beat(2, from: 0, to: 60, .paused, of: podcast), of: podcast)
        club.store.crash(afterWrites: nil)
        let day = try await club.store.listeningDays.days(of: club.member, limit: 1).first
        let isWritten = day?.segments.isEmpty == false
        club.clock.advance(by: .seconds(86_400))
        let other = Fixtures.episode(2, lasting: 60)
        try await club.take(Fixtures.beat(1, to: 0, .started, play: 2, of: other), of: other)
        try await club.listening.countWhatIsLeft()
        #expect(try await club.xp() == (isWritten ? 1 : 0))
        #expect(isWritten == (writes > 0))
        let listen = try await club.listening.listen(club.member, to: podcast.id)
        #expect(listen?.heard.count == (isWritten ? 6 : 0))
    }

    @Test func `everything that a member listened to on a day can be posted again without a change`() async throws {
        try await club.play(podcast, to: 200)
        let before = try await club.store.ledger.sums(of: [club.member])
        for day in try await club.store.listeningDays.days(after: nil, limit: 10) {
            #expect(try await club.store.ledger.post(day.lines).isEmpty)
        }
        #expect(try await club.store.ledger.sums(of: [club.member]) == before)
        try await club.store.ledger.clear()
        for day in try await club.store.listeningDays.days(after: nil, limit: 10) {
            try await club.store.ledger.post(day.lines)
        }
        #expect(try await club.store.ledger.sums(of: [club.member]) == before)
    }

    @Test func `one goes on with the episode that was listened to last and not to its end`() async throws {
        let (first, second) = (podcast, Fixtures.episode(2, lasting: 60))
        for podcast in [first, second] {
            _ = try await club.store.podcasts.change(.id(podcast.id), cause: Fixtures.cause(1)) { _ in Change(podcast) }
        }
        #expect(try await club.listening.unfinished(of: club.member) == nil)
        try await club.play(first, to: 45)
        try await club.play(second, to: 45, player: 2)
        let last = try #require(try await club.listening.unfinished(of: club.member))
        #expect(last.podcast.id == second.id)
        #expect(last.listen.position?.offset == .seconds(45))
        club.clock.advance(by: .seconds(15))
        try await club.take(Fixtures.beat(90, to: 45, .started, play: 2, of: second), of: second)
        club.clock.advance(by: .seconds(15))
        try await club.take(Fixtures.beat(91, from: 45, to: 60, .ended, play: 2, of: second), of: second)
        #expect(try await club.listening.unfinished(of: club.member)?.podcast.id == first.id)
    }

    @Test func `however many listen at once, each is counted once in each hundredth`() async throws {
        let club = club
        let podcast = podcast
        for person in Int64(1)...8 {
            try await club.take(Fixtures.beat(1, to: 0, .started, of: podcast), of: podcast, by: person)
        }
        club.clock.advance(by: .seconds(100))
        await withTaskGroup(of: Void.self) { group in
            for person in Int64(1)...8 {
                for number in 2...4 {
                    group.addTask {
                        let beat = Fixtures.beat(number, from: 0, to: 100, .playing, of: podcast)
                        _ = try? await club.take(beat, of: podcast, by: person)
                    }
                }
            }
        }
        try await club.listening.countWhatIsLeft()
        let figures = try #require(try await club.figures)
        #expect(figures.listeners == 8)
        #expect(figures.retention == Array(repeating: 8, count: 50) + Array(repeating: 0, count: 50))
    }
}
