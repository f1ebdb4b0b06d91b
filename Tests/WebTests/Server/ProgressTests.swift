import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

/// A member's player, as a program plays it.
private struct Player {
    let club: WebClub
    let headers: [String: String]
    var token = ""
    var number = 0

    struct Progress: Decodable {
        struct Position: Decodable, Equatable {
            var recording: String
            var seconds: Double
        }

        var position: Position?
        var heard: Double?
        var completed: Bool
        var credited_seconds: Double?
        var token: String
        var beat_seconds: Int
    }

    static let path = "/api/podcasts/podcast-0001/progress"

    init(_ club: WebClub, _ headers: [String: String]) async throws {
        (self.club, self.headers) = (club, headers)
        token = try await progress().token
    }

    func progress() async throws -> Progress {
        let answer = try await club.http.send("GET", Self.path, headers: headers)
        #expect(answer.status == 200)
        return try JSONDecoder().decode(Progress.self, from: answer.body)
    }

    mutating func say(
        _ state: String,
        from: Double? = nil,
        to: Double,
        path: String = path,
        token: String? = nil
    ) async throws -> RawHTTP.Answer {
        number += 1
        let sent: [String: Any] = [
            "token": token ?? self.token, "number": number, "recording": "recording-1", "from": from ?? to, "to": to,
            "speed": 1, "state": state,
        ]
        return try await club.post(path, sent, headers: headers)
    }

    /// A beat that is taken.
    mutating func beat(_ state: String, from: Double? = nil, to: Double) async throws -> Progress {
        let answer = try await say(state, from: from, to: to)
        #expect(answer.status == 200)
        let progress = try JSONDecoder().decode(Progress.self, from: answer.body)
        token = progress.token
        return progress
    }
}

@Suite struct ProgressTests {
    private func code(_ answer: RawHTTP.Answer) throws -> String? {
        let object = try JSONSerialization.jsonObject(with: answer.body) as? [String: Any]
        return (object?["error"] as? [String: Any])?["code"] as? String
    }

    @Test func `what a player plays is credited, and every device goes on from there`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            try await club.keep(Fixtures.podcast())
            var player = try await Player(club, headers)
            #expect(try await player.progress().position == nil)
            _ = try await player.beat("started", to: 0)
            for second in stride(from: 15.0, through: 45, by: 15) {
                club.clock.advance(by: .seconds(15))
                let progress = try await player.beat("playing", from: second - 15, to: second)
                #expect(progress.credited_seconds == 15)
                #expect(progress.beat_seconds == 15)
            }
            club.clock.advance(by: .seconds(11))
            let last = try await player.beat("paused", from: 45, to: 56)
            #expect(last.completed)
            let other = try await Player(club, headers)
            let progress = try await other.progress()
            #expect(progress.position == Player.Progress.Position(recording: "recording-1", seconds: 56))
            #expect(progress.completed)
            let sums = try await club.store.ledger.sums(of: [Fixtures.member().id])
            #expect(sums[Fixtures.member().id]?.xp == 10)
        }
    }

    @Test func `the newer player takes over, and the older one is told`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            try await club.keep(Fixtures.podcast())
            var (older, newer) = (try await Player(club, headers), try await Player(club, headers))
            _ = try await older.beat("started", to: 0)
            club.clock.advance(by: .seconds(5))
            _ = try await newer.beat("started", to: 30)
            club.clock.advance(by: .seconds(10))
            let answer = try await older.say("playing", from: 0, to: 15)
            #expect(answer.status == 409)
            #expect(try code(answer) == "listening_elsewhere")
            _ = try await newer.beat("playing", from: 30, to: 40)
        }
    }

    @Test func `a token is good for one member, one episode and a quarter of an hour`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1))
            let others = try await club.signedIn(Fixtures.member(2))
            for number in Int64(1)...2 { try await club.keep(Fixtures.podcast(number)) }
            var mine = try await Player(club, headers)
            var theirs = try await Player(club, others)
            for stolen in [mine.token, mine.token + "x", "", "a.b.c", String(repeating: "1", count: 10_000)] {
                let answer = try await theirs.say("started", to: 0, token: stolen)
                #expect(answer.status == 410)
                #expect(try code(answer) == "play_ended")
            }
            let elsewhere = try await mine.say("started", to: 0, path: "/api/podcasts/podcast-0002/progress")
            #expect(elsewhere.status == 410)
            club.clock.advance(by: .seconds(15 * 60 - 1))
            #expect(try await mine.say("started", to: 0).status == 200)
            club.clock.advance(by: .seconds(1))
            #expect(try await mine.say("playing", to: 0).status == 410)
            #expect(try await club.store.listeningDays.days(of: Fixtures.member(2).id, limit: 9).isEmpty)
        }
    }

    @Test func `a thousand beats at once are too many`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            try await club.keep(Fixtures.podcast())
            var player = try await Player(club, headers)
            var statuses: [Int: Int] = [:]
            for _ in 0..<40 { statuses[try await player.say("started", to: 0).status, default: 0] += 1 }
            #expect(statuses == [200: 30, 429: 10])
        }
    }

    @Test(arguments: [
        ("playing", -1.0, 1.0, 400), ("playing", 0, 1e300, 400), ("playing", 0, 66, 400), ("resting", 0, 1, 400),
    ])
    func `what no player says is refused`(state: String, from: Double, to: Double, status: Int) async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            try await club.keep(Fixtures.podcast())
            var player = try await Player(club, headers)
            #expect(try await player.say(state, from: from, to: to).status == status)
        }
    }

    @Test func `whoever is no member, and an episode that is not there, is refused`() async throws {
        try await WebClub.run { club in
            #expect(try await club.http.send("GET", Player.path).status == 401)
            let headers = try await club.signedIn(Fixtures.member())
            #expect(try await club.http.send("GET", Player.path, headers: headers).status == 404)
        }
    }

    @Test func `the library shows how much of an episode was heard`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            try await club.keep(Fixtures.podcast())
            var player = try await Player(club, headers)
            _ = try await player.beat("started", to: 0)
            club.clock.advance(by: .seconds(30))
            _ = try await player.beat("paused", from: 0, to: 30)
            let answer = try await club.http.send("GET", "/library", headers: headers)
            let page = String(decoding: answer.body, as: UTF8.self)
            #expect(page.contains(#"value="50""#))
        }
    }
}
