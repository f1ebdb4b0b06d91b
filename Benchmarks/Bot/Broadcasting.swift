import Domain
import Foundation
import Glibc
import NIOCore
import SQLiteStore

/// An announcement to many in bad times: 429 on every 50th message, a part of the people has blocked the bot, and the
/// program is killed on the way, while members go on asking the bot something.
struct Broadcasting: Sendable {
    /// What a run has shown.
    struct Result: Sendable {
        /// From the tap that sends it to the last message.
        var time: Duration
        var letter: BroadcastLetter
    }

    static let owner: Int64 = 42
    private static let text = "bench-announcement"
    /// A member asks so often.
    private static let askingPause: Duration = .seconds(1)
    /// What is sent twice comes soon after the rest.
    private static let aftermath: Duration = .seconds(5)

    let contender: Contender
    let recipients: Int

    /// - Throws: `CancellationError` where it does not come to an end in three times the time that it takes at the
    ///   pace that is allowed.
    func run() async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "outbox-bench-\(UUID().uuidString)")
        let data = folder.appending(path: "data")
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await found(in: data)

        let post = BroadcastPost(text: Self.text, people: BroadcastLetter.people(recipients))
        let telegram = try await StandIn(UpdateQueue(count: 0), hold: .milliseconds(20)) { post.answer($0, $1) }
        var bot = try contender.start(at: telegram.address, folder: folder)
        defer { Self.kill(bot) }
        telegram.push("message", Self.message(from: Self.owner, "/announce \(Self.text)"))
        let sendButton = try await waiting(.seconds(60)) { post.sendButton }
        telegram.push("callback_query", Self.tap(sendButton))
        let began = ContinuousClock.now

        let asking = Task {
            var number = 0
            while !Task.isCancelled {
                // Every one of them has not blocked the bot.
                let person = BroadcastLetter.person(1 + number % 17)
                post.asked(person)
                telegram.push("message", Self.message(from: person, "/latest"))
                number += 1
                try await Task.sleep(for: Self.askingPause)
            }
        }
        defer { asking.cancel() }
        let limit = Duration.seconds(30 + recipients * 3 / 25)
        _ = try await waiting(limit) { post.letter.reached.count >= recipients / 2 ? true : nil }
        Self.kill(bot)
        post.killed()
        bot = try contender.start(at: telegram.address, folder: folder)
        _ = try await waiting(limit) { post.letter.isComplete ? true : nil }
        let time = (post.letter.lastAt ?? .now) - began
        try await Task.sleep(for: Self.aftermath)
        asking.cancel()
        Self.kill(bot)
        try await telegram.stop()
        return Result(time: time, letter: post.letter)
    }

    /// The club whose members the recipients are.
    private func found(in folder: URL) async throws {
        let clock = SystemClubClock()
        let store = try SQLiteClubStore.open(
            path: folder.appending(path: "fomo.sqlite").path,
            signal: OutboxSignal(),
            clock: clock
        )
        let directory = MemberDirectory(store: store, clock: clock, ids: .system)
        for person in BroadcastLetter.people(recipients) {
            let member = Person(
                telegramID: TelegramUserID(rawValue: person),
                name: "Person",
                username: nil,
                language: .en
            )
            _ = try await directory.admit(member, cause: Cause(rawValue: "bench-\(person)"))
        }
        await store.close()
    }

    private func waiting<Value>(_ limit: Duration, _ look: () -> Value?) async throws -> Value {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            if let value = look() { return value }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw CancellationError()
    }

    private static func user(_ id: Int64) -> String {
        #"{"id":\#(id),"is_bot":false,"first_name":"Person","language_code":"en"}"#
    }

    private static func message(from person: Int64, _ text: String) -> String {
        #"{"message_id":1,"from":\#(user(person)),"chat":{"id":\#(person),"type":"private"},"date":1780000000,"#
            + #""text":"\#(text)"}"#
    }

    private static func tap(_ data: String) -> String {
        #"{"id":"1","from":\#(user(owner)),"chat_instance":"1","data":"\#(data)","message":{"message_id":7,"#
            + #""date":1780000000,"chat":{"id":\#(owner),"type":"private"}}}"#
    }

    private static func kill(_ bot: Process) {
        guard bot.isRunning else { return }
        Glibc.kill(bot.processIdentifier, SIGKILL)
        bot.waitUntilExit()
    }
}
