import Domain
import Foundation
import Glibc
import HTTPClient
import SQLiteStore
import Sandbox
import TestSupport
import Testing

/// An announcement to a club of some size in bad times: 429 on every 50th message, members who have blocked the bot, and
/// the program killed on the way. `Scripts/bench outbox` does the same with 5,000.
@Suite(.timeLimit(.minutes(5)), .serialized)
struct BroadcastDrillTests {
    private static let members = 150
    private static let blocked = 8
    private static let text = "Сегодня в девять вечера эфир для всех"
    private static let mostInFlight = 64

    let folder = TemporaryFolder()
    let owner = SandboxClub.posterID

    private func person(_ number: Int) -> Int64 { 700_000 + Int64(number) }

    /// People who have written to the bot once, of whom some have blocked it since. The bot is not told of that.
    private func settle(_ telegram: Telegram) async throws {
        for number in 0..<Self.members {
            let id = person(number)
            try await telegram.change("/sandbox/people", ["id": id, "first_name": "Member \(number)"])
            try await telegram.start("", as: id)
            if number < Self.blocked {
                try await telegram.change("/sandbox/chats/\(SandboxClub.botID)/block", ["as": id])
            }
        }
        let path = "/bot\(SandboxClub.botToken)/getUpdates"
        let newest = try await telegram.change(path, ["offset": -1])
        let last = try #require(((newest["result"] as? [[String: Any]])?.last)?["update_id"] as? Int)
        try await telegram.change(path, ["offset": last + 1, "timeout": 0])
    }

    /// The club whose members these people are.
    private func found() async throws {
        try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
        let clock = SystemClubClock()
        let store = try SQLiteClubStore.open(
            path: folder.url.appending(path: "fomo.sqlite").path,
            signal: OutboxSignal(),
            clock: clock
        )
        let directory = MemberDirectory(store: store, clock: clock, ids: .system)
        for number in 0..<Self.members {
            let person = Fixtures.person(person(number), name: "Member \(number)")
            _ = try await directory.admit(person, cause: Fixtures.cause(number))
        }
        await store.close()
    }

    /// A call that sends the announcement.
    private struct Sending {
        var chat: Int64
        var at: Double
        var wasTaken: Bool
    }

    private func sendings(_ telegram: Telegram) async throws -> [Sending] {
        let calls = try await telegram.call(.get, "/sandbox/calls?method=sendMessage")["calls"] as? [[String: Any]]
        return (calls ?? []).compactMap { call in
            guard let parameters = call["parameters"] as? [String: String], parameters["text"] == Self.text,
                let chat = parameters["chat_id"].flatMap(Int64.init), let at = call["at"] as? Double,
                chat != owner
            else { return nil }
            let isOK = (call["answer"] as? [String: Any])?["ok"] as? Bool
            return Sending(chat: chat, at: at, wasTaken: isOK == true)
        }
    }

    private func wait(
        _ telegram: Telegram,
        until isReached: ([Sending]) -> Bool
    ) async throws {
        let patience = ContinuousClock.now + .seconds(90)
        while try await !isReached(sendings(telegram)) {
            try #require(ContinuousClock.now < patience, "the announcement is stuck")
            try await telegram.waitForCalls(10)
        }
    }

    /// Asks the bot something, as one of the members.
    /// - Returns: How long the answer took.
    private func ask(_ telegram: Telegram, _ number: Int) async throws -> Duration {
        let (id, began) = (person(Self.members - 1 - number), ContinuousClock.now)
        try await telegram.say("/search слово\(number)", as: id)
        _ = try await telegram.message(to: id) { $0.text.contains("слово\(number)") }
        return ContinuousClock.now - began
    }

    @Test func `all get it, doubled is only what was on its way, the pace is kept and no answer late`() async throws {
        let telegram = try await Telegram()
        try await settle(telegram)
        try await found()
        try await telegram.disturb([
            "kind": "too_many_requests", "retry_after": 1, "method": "sendMessage", "count": "all", "every": 50,
        ])
        let settings = try ProgramSettings.of(folder.url, telegram)
        var program = try Program(settings)
        try await telegram.waitForPoll()
        try await telegram.say("/announce \(Self.text)", as: owner)
        let question = try await telegram.message(to: owner) { $0.buttons["📣 Отправить"] != nil }
        try await telegram.tap("📣 Отправить", under: question, as: owner)
        try await wait(telegram) { $0.count > 25 }
        var answerTimes = [try await ask(telegram, 0)]
        try await wait(telegram) { $0.count > Self.members / 2 }
        program.send(SIGKILL)
        #expect(await program.end() == -SIGKILL)

        program = try Program(settings)
        try await telegram.waitForPoll()
        answerTimes.append(try await ask(telegram, 1))
        let reachable = Set((Self.blocked..<Self.members).map { person($0) })
        try await wait(telegram) { Set($0.filter(\.wasTaken).map(\.chat)) == reachable }
        let done = try await telegram.message(to: owner) { $0.text.contains("Объявление разослано") }
        program.send(SIGTERM)
        #expect(await program.end() == 0)

        let sendings = try await sendings(telegram)
        let taken = Dictionary(grouping: sendings.filter(\.wasTaken), by: \.chat)
        #expect(Set(taken.keys) == reachable)
        #expect(taken.values.reduce(0) { $0 + $1.count - 1 } <= Self.mostInFlight)
        let times = sendings.map(\.at).sorted()
        let most = times.map { first in times.count { $0 >= first && $0 < first + 4 } }.max() ?? 0
        // 25 leave in a second; where the machine stands still for a moment, what was on its way arrives together.
        #expect(most <= 120)
        #expect(answerTimes.allSatisfy { $0 < .seconds(5) }, "\(answerTimes)")
        #expect(done.text.contains("100%"), "\(done.text)")
        #expect(done.text.contains("бот закрыт: \(Self.blocked)"), "\(done.text)")
        await telegram.stop()
    }
}
