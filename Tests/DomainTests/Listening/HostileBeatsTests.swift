import Foundation
import TestSupport
import Testing

@testable import Domain

/// What players say that do not tell the truth, or tell it twice.
struct HostileBeatsTests {
    @Test func `ten players at once are credited with the time of one`() throws {
        var played = PlayedDay()
        var refused = 0
        for second in 0..<60 {
            for play in 1...10 {
                do {
                    try played.beat(at: Double(second), from: 0, to: 60, play: play)
                } catch BeatRefusal.elsewhere {
                    refused += 1
                }
            }
        }
        #expect(played.seconds <= 60)
        #expect(refused == 9 * 60)
    }

    @Test func `ten players that take over all the time are credited with no more than the time`() throws {
        var played = PlayedDay()
        for second in 0..<60 {
            for play in 1...10 {
                let at = Double(second) + Double(play) / 20
                try played.beat(at: at, to: 0, .started, play: play)
                try played.beat(at: at + 0.05, from: 0, to: 60, play: play)
            }
        }
        #expect(played.seconds <= 60)
        #expect(played.seconds > 25)
    }

    @Test func `a player that takes over ends the other one, which may take over again`() throws {
        var played = PlayedDay()
        try played.play(to: 30)
        try played.beat(at: 35, to: 100, .started, play: 2)
        #expect(throws: BeatRefusal.elsewhere) { try played.beat(at: 45, from: 30, to: 45, play: 1) }
        try played.beat(at: 50, from: 100, to: 115, play: 2)
        #expect(played.seconds == 45)
        try played.beat(at: 60, to: 45, .started, play: 1)
        #expect(throws: BeatRefusal.elsewhere) { try played.beat(at: 65, from: 115, to: 130, play: 2) }
    }

    @Test func `another player goes on by itself when the first was silent for 45 seconds`() throws {
        var played = PlayedDay()
        try played.play(to: 15)
        #expect(throws: BeatRefusal.elsewhere) { try played.beat(at: 59, from: 0, to: 15, play: 2) }
        try played.beat(at: 60, from: 15, to: 30, play: 2)
        #expect(played.seconds == 15)
        try played.beat(at: 75, from: 30, to: 45, play: 2)
        #expect(played.seconds == 30)
    }

    @Test func `the same beat twice changes nothing, and an older one is refused`() throws {
        var played = PlayedDay()
        try played.play(to: 30)
        let day = played.day
        let last = Fixtures.beat(3, from: 15, to: 30, of: played.podcast)
        try played.take(last, at: 90)
        #expect(played.day == day)
        let older = Fixtures.beat(2, from: 0, to: 15, of: played.podcast)
        #expect(throws: BeatRefusal.outOfOrder) { try played.take(older, at: 90) }
        #expect(played.day == day)
    }

    @Test func `a thousand beats in a second are credited with a second`() throws {
        var played = PlayedDay()
        try played.beat(at: 0, to: 0, .started)
        for beat in 1...1_000 {
            try played.beat(at: Double(beat) / 1_000, from: 0, to: 500)
        }
        #expect(played.seconds <= 1)
        #expect(played.cells.count <= 4)
        #expect(played.day.segments.count == 1)
    }

    @Test func `the middles of all cells, one after the other, are not heard faster than time allows`() throws {
        var played = PlayedDay(Fixtures.episode(lasting: 6_000))
        try played.beat(at: 0, to: 0, .started)
        for cell in 0..<600 {
            let middle = Double(cell) * 10 + 5
            try played.beat(at: Double(cell) * 0.1 + 0.1, from: middle - 0.05, to: middle + 0.05)
        }
        #expect(played.seconds <= 60)
        #expect(played.cells.count <= 15)
        #expect(played.line(.episodeCompleted) == nil)
    }

    @Test(
        arguments: [
            (-1.0, 10.0, 1.0), (20, 10, 1), (0, 606, 1), (0, 1e9, 1), (0, 10, 100), (0, 10, 0), (0, 10, -1),
            (0, 10, .infinity), (0, 10, .nan), (600, 700, 1),
        ]
    )
    func `what no player can have played is refused`(from: Double, to: Double, speed: Double) throws {
        var played = PlayedDay()
        try played.play(to: 15)
        let day = played.day
        #expect(throws: BeatRefusal.outOfRange) { try played.beat(at: 30, from: from, to: to, speed: speed) }
        #expect(played.day == day)
    }

    @Test(arguments: [0, -5, 1_000_001, Int.max])
    func `beats are numbered from one to a million`(number: Int) throws {
        var played = PlayedDay()
        let beat = Fixtures.beat(number, to: 0, .started, of: played.podcast)
        #expect(throws: BeatRefusal.outOfRange) { try played.take(beat, at: 0) }
    }

    @Test func `a recording of another episode is refused`() throws {
        var played = PlayedDay()
        let beat = Fixtures.beat(1, to: 0, .started, of: Fixtures.episode(2, lasting: 60))
        #expect(throws: BeatRefusal.outOfRange) {
            try played.day.take(
                beat,
                of: played.podcast.id,
                sound: EpisodeSound(played.podcast),
                known: played.known,
                isCompleted: false,
                now: Fixtures.start
            )
        }
    }

    @Test func `a clock that is put back credits nothing until it is where it was`() throws {
        var played = PlayedDay()
        try played.play(to: 60)
        try played.beat(at: 10, from: 60, to: 75)
        try played.beat(at: 30, from: 75, to: 90)
        #expect(played.seconds == 60)
        try played.beat(at: 75, from: 90, to: 105)
        #expect(played.seconds == 75)
        try played.beat(at: 20, to: 0, .started)
        try played.beat(at: 40, from: 0, to: 20)
        #expect(played.seconds == 75)
    }

    @Test func `a clock that jumps ahead credits no more than was played`() throws {
        var played = PlayedDay()
        try played.play(to: 30)
        try played.beat(at: 4_000, from: 30, to: 45)
        try played.beat(at: 4_001, from: 45, to: 100)
        #expect(played.seconds <= 45 + 1 + 5)
    }

    @Test func `a day has so many segments and episodes, and what is more is not credited`() throws {
        var played = PlayedDay()
        let other = Fixtures.episode(2, lasting: 600)
        for number in 0..<600 {
            let podcast = number.isMultiple(of: 2) ? played.podcast : other
            try played.beat(at: Double(number), from: 0, to: 1, of: podcast)
        }
        #expect(played.day.segments.count == ListeningDay.mostSegments)
        let time = played.seconds
        for number in Int64(10)..<200 {
            let podcast = Fixtures.episode(number, lasting: 60)
            try played.beat(at: 600 + Double(number), from: 0, to: 1, of: podcast)
        }
        #expect(played.day.episodes.count == ListeningDay.mostEpisodes)
        #expect(played.seconds == time)
    }

    @Test func `what a day comes to never gets less while it grows`() throws {
        var played = PlayedDay(Fixtures.episode(lasting: 3_000))
        let other = Fixtures.episode(2, lasting: 3_000)
        var before: [String: XPTransaction] = [:]
        for round in 0..<200 {
            let podcast = round % 3 == 0 ? other : played.podcast
            try played.beat(at: Double(round) * 100, from: 0, to: 90, of: podcast)
            for line in played.day.lines {
                if let old = before[line.id] {
                    #expect(line.count >= old.count)
                    #expect(line.xp >= old.xp)
                    #expect(line.at == old.at)
                }
                before[line.id] = line
            }
        }
        #expect(before.values.reduce(0) { $0 + $1.xp } <= 180)
    }
}
