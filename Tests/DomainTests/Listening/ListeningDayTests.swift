import Foundation
import TestSupport
import Testing

@testable import Domain

/// What a player says, second by second, and what a day makes of it.
struct PlayedDay {
    let podcast: Podcast
    var day: ListeningDay
    /// What was heard on days before.
    var known = HeardEpisode()
    var isCompleted = false
    private var number = 0

    init(_ podcast: Podcast = Fixtures.episode(lasting: 600)) {
        self.podcast = podcast
        day = ListeningDay(member: Fixtures.member(1).id, day: ClubDay(Fixtures.start, in: .gmt))
    }

    /// A beat that comes so many seconds after the beginning; the beats are numbered as they come.
    mutating func beat(
        at seconds: Double,
        from: Double? = nil,
        to: Double,
        speed: Double = 1,
        _ state: Heartbeat.State = .playing,
        play: Int = 1,
        of other: Podcast? = nil
    ) throws {
        number += 1
        let beat = Fixtures.beat(
            number,
            from: from,
            to: to,
            speed: speed,
            state,
            play: play,
            of: other ?? podcast
        )
        try take(beat, of: other, at: seconds)
    }

    mutating func take(_ beat: Heartbeat, of other: Podcast? = nil, at seconds: Double) throws {
        let podcast = other ?? podcast
        try day.take(
            beat,
            of: podcast.id,
            sound: EpisodeSound(podcast),
            known: known,
            isCompleted: isCompleted,
            now: Timestamp.rounded(Fixtures.start.addingTimeInterval(seconds))
        )
    }

    /// Plays a stretch with a beat every 15 seconds, beginning with a press of play.
    mutating func play(
        from: Double = 0,
        to: Double,
        at seconds: Double = 0,
        of other: Podcast? = nil
    ) throws {
        try beat(at: seconds, to: from, .started, of: other)
        for place in stride(from: from, to: to, by: 15) {
            let next = min(place + 15, to)
            try beat(at: seconds + next - from, from: place, to: next, of: other)
        }
    }

    /// Real time that is credited, in seconds.
    var seconds: Double { day.segments.reduce(0) { $0 + Double($1.milliseconds) } / 1_000 }

    /// Which cells of the first recording were heard.
    var cells: [Int] {
        let heard = day.episode(podcast.id)?.heard[podcast.recordings[0].id] ?? HeardCells()
        return (0..<HeardCells.most).filter(heard.contains)
    }

    func line(_ rule: XPRule, of other: Podcast? = nil) -> XPTransaction? {
        let id = (other ?? podcast).id
        return day.lines.first {
            $0.rule == rule && ($0.source == .episode(id) || $0.source == .listening(id, on: day.day))
        }
    }
}

struct ListeningDayTests {
    @Test func `a minute that is listened to in beats of 15 seconds is a minute and six cells`() throws {
        var played = PlayedDay()
        try played.play(to: 60)
        #expect(played.seconds == 60)
        #expect(played.cells == [0, 1, 2, 3, 4, 5])
        let line = try #require(played.line(.episodeTime))
        #expect(line.count == 60_000)
        #expect(line.xp == 1)
        #expect(line.at == Fixtures.start.addingTimeInterval(15))
    }

    @Test func `59 seconds are no minute, and the next one second makes it one`() throws {
        var played = PlayedDay()
        try played.play(to: 59)
        #expect(played.line(.episodeTime)?.xp == 0)
        try played.beat(at: 60, from: 59, to: 60)
        #expect(played.line(.episodeTime)?.xp == 1)
    }

    @Test func `a pause counts for nothing, and going on after it does`() throws {
        var played = PlayedDay()
        try played.play(to: 30)
        try played.beat(at: 40, from: 30, to: 40, .paused)
        try played.beat(at: 640, to: 40, .started)
        try played.beat(at: 655, from: 40, to: 55)
        #expect(played.seconds == 55)
    }

    @Test func `what was not said to begin after a pause is credited from its second beat on`() throws {
        var played = PlayedDay()
        try played.beat(at: 0, to: 0, .paused)
        try played.beat(at: 300, from: 0, to: 300)
        #expect(played.seconds == 0)
        try played.beat(at: 315, from: 300, to: 315)
        #expect(played.seconds == 15)
    }

    @Test func `seeking brings neither time nor what lies between`() throws {
        var played = PlayedDay()
        try played.play(to: 15)
        try played.beat(at: 30, from: 486, to: 501)
        #expect(played.seconds == 30)
        #expect(played.cells == [0, 49])
    }

    @Test func `hearing a place twice is time twice and what was heard once`() throws {
        var played = PlayedDay()
        try played.play(to: 60)
        try played.play(to: 60, at: 100)
        #expect(played.seconds == 120)
        #expect(played.cells.count == 6)
    }

    @Test func `at double speed a minute of an episode is half a minute of time`() throws {
        var played = PlayedDay()
        try played.beat(at: 0, to: 0, .started)
        for second in stride(from: 15.0, through: 30, by: 15) {
            try played.beat(at: second, from: 2 * second - 30, to: 2 * second, speed: 2)
        }
        #expect(played.seconds == 30)
        #expect(played.cells == [0, 1, 2, 3, 4, 5])
    }

    @Test func `90 percent are the whole, and it is written down when`() throws {
        var played = PlayedDay(Fixtures.episode(lasting: 100))
        try played.play(to: 85)
        #expect(played.cells.count == 8)
        #expect(played.line(.episodeCompleted) == nil)
        try played.beat(at: 86, from: 85, to: 86)
        let line = try #require(played.line(.episodeCompleted))
        #expect(line.xp == 10)
        #expect(line.count == 1)
        #expect(line.at == Fixtures.start.addingTimeInterval(86))
    }

    @Test func `what was heard on earlier days counts for the whole, and a whole one is told once`() throws {
        let podcast = Fixtures.episode(lasting: 100)
        var before = HeardCells()
        for cell in 0..<8 { before.insert(cell) }
        var played = PlayedDay(podcast)
        played.known.add(before, of: podcast.recordings[0].id)
        try played.play(from: 80, to: 90)
        #expect(played.line(.episodeCompleted) != nil)
        var again = PlayedDay(podcast)
        (again.known, again.isCompleted) = (played.known, true)
        try again.play(from: 80, to: 90)
        #expect(again.line(.episodeCompleted) == nil)
    }

    @Test func `an album is whole when 90 percent of all its recordings were heard`() throws {
        let album = Fixtures.episode(lasting: 100, 20)
        var played = PlayedDay(album)
        try played.play(to: 100)
        #expect(played.line(.episodeCompleted) == nil)
        for (number, state) in [(50, Heartbeat.State.started), (51, .ended)] {
            let beat = Heartbeat(
                play: Fixtures.play(),
                number: number,
                recording: album.recordings[1].id,
                from: .zero,
                to: state == .ended ? .seconds(10) : .zero,
                speed: 1,
                state: state
            )
            try played.take(beat, at: state == .ended ? 110 : 100)
        }
        #expect(played.line(.episodeCompleted) != nil)
    }

    @Test func `an episode whose length is not known is never whole, and its time counts`() throws {
        var played = PlayedDay(Fixtures.episode(lasting: nil))
        try played.play(to: 600)
        #expect(played.seconds == 600)
        #expect(played.line(.episodeCompleted) == nil)
    }

    @Test func `a day brings 180 XP, in the order in which it was listened to`() throws {
        let long = Fixtures.episode(1, lasting: 20_000)
        let other = Fixtures.episode(2, lasting: 20_000)
        var played = PlayedDay(long)
        try played.play(to: 170 * 60)
        try played.play(to: 20 * 60, at: 20_000, of: other)
        try played.play(to: 60, at: 30_000)
        #expect(played.line(.episodeTime)?.xp == 170)
        #expect(played.line(.episodeTime)?.count == 171 * 60_000)
        #expect(played.line(.episodeTime, of: other)?.xp == 10)
        #expect(played.line(.episodeTime, of: other)?.count == 20 * 60_000)
    }

    @Test func `a phone that was silent in a pocket is credited with ten minutes at most`() throws {
        var played = PlayedDay(Fixtures.episode(lasting: 4_000))
        try played.beat(at: 0, to: 0, .started)
        try played.beat(at: 1_800, from: 0, to: 1_800)
        #expect(played.seconds == 600)
    }

    @Test func `beats that come unevenly lose nothing`() throws {
        var played = PlayedDay()
        try played.beat(at: 0, to: 0, .started)
        try played.beat(at: 17, from: 0, to: 15)
        try played.beat(at: 30.5, from: 15, to: 30)
        #expect(played.seconds == 30)
        #expect(played.cells == [0, 1, 2])
    }
}
