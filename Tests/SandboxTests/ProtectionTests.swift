import Foundation
import Logging
import Testing

@testable import Sandbox

/// What the server does so as not to be overrun, with a clock that is moved by hand.
@Suite final class ProtectionTests {
    private let clock = ManualClock()
    private let telegram: SandboxTelegram
    private let folder: URL

    init() throws {
        var configuration = SandboxConfiguration()
        configuration.seed = 3
        configuration.limitsFlood = false
        configuration.reactionDelay = .seconds(60)
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("protection-\(UUID().uuidString)")
        telegram = SandboxTelegram(
            founding: try SandboxServer.foundingWorld(configuration),
            kept: nil,
            folder: nil,
            shelf: try FileShelf(folder: folder),
            clock: clock,
            logger: Logger(label: "test")
        )
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    private func call(_ method: String, _ arguments: Arguments) -> Task<Answer?, Never> {
        Task { [telegram] in
            let reply = await telegram.call(token: SandboxClub.botToken, method: method, arguments: arguments)
            guard case .answer(let answer) = reply else { return nil }
            return answer
        }
    }

    private static let text = Arguments(["chat_id": "\(ClubStage.member)", "text": "x"])

    @Test(arguments: [true, false])
    func `too many unsent messages of one chat are refused after three seconds`(_ isOn: Bool) async {
        await telegram.switchProtection(isOn)
        _ = await telegram.addFault(.delay(.seconds(100), applied: false), method: nil, bot: nil, remaining: nil)
        let waiting = (0..<311).map { _ in call("sendMessage", Self.text) }
        await clock.sleepers(atLeast: 311)
        let next = call("sendMessage", Self.text)
        let elsewhere = call("sendMessage", Arguments(["chat_id": "\(ClubStage.poster)", "text": "x"]))
        await clock.sleepers(atLeast: 313)
        await telegram.clearFaults()
        clock.advance(by: 3)
        if isOn { #expect(await next.value?.envelope["parameters"] == .fields(["retry_after": 60])) }
        clock.advance(by: 100)
        #expect(await elsewhere.value?.status == 200)
        #expect(await next.value?.status == (isOn ? 429 : 200))
        for call in waiting { #expect(await call.value?.status == 200) }
        #expect(await call("sendMessage", Self.text).value?.status == 200)
    }

    @Test func `uploads of the same size are spaced by the larger the more`() async throws {
        func upload(_ key: Int64, _ size: Int) -> Task<Answer?, Never> {
            let file = ["document": Upload(key: key, size: size)]
            return call("sendDocument", Arguments(["chat_id": "\(ClubStage.member)"], uploads: file))
        }
        #expect(await upload(1, 3_000_000).value?.status == 200)
        let second = upload(2, 3_000_000)
        await clock.sleepers(atLeast: 1)
        #expect(await upload(3, 4_000_000).value?.status == 200)
        #expect(await upload(4, 99_000).value?.status == 200)
        #expect(await upload(5, 99_000).value?.status == 200)
        clock.advance(by: 0.29)
        let third = upload(6, 3_000_000)
        await clock.sleepers(atLeast: 2)
        clock.advance(by: 0.02)
        #expect(await second.value?.status == 200)
        clock.advance(by: 0.3)
        #expect(await third.value?.status == 200)
    }

    @Test func `reactions to a post are told once for all of a minute`() async throws {
        _ = await call("getUpdates", Arguments(["allowed_updates": #"["message_reaction_count"]"#])).value
        let post = try await telegram.act { world, now throws(ActRefused) in
            try world.write(Draft(content: .text("x")), by: ClubStage.poster, in: ClubStage.channel, now: now).id
        }
        for (person, emoji) in [(ClubStage.poster, "🔥"), (ClubStage.member, "🔥"), (ClubStage.member, "👍")] {
            _ = try await telegram.act { world, now throws(ActRefused) in
                try world.react(with: emoji, to: post, by: person, in: ClubStage.channel, now: now).id
            }
        }
        let poll = call("getUpdates", Arguments(["timeout": "50", "offset": "-100"]))
        // The poll's end and the reactions' time.
        await clock.sleepers(atLeast: 2)
        clock.advance(by: 49)
        #expect(await telegram.polls.count == 1)
        await telegram.advance(by: .seconds(11))
        let answer = try #require(await poll.value?.envelope)
        let counts = try #require(JSON(parsing: answer.text)?.at("result")?.elements)
        #expect(counts.count == 1)
        #expect(counts[0].at("message_reaction_count.reactions.0.total_count") == 1)
        #expect(counts[0].at("message_reaction_count.reactions")?.elements?.count == 2)
    }
}

extension SandboxTelegram {
    fileprivate func switchProtection(_ isOn: Bool) {
        world.settings.protectsItself = isOn
    }
}
