import Foundation
import Logging
import Testing

@testable import Sandbox

/// `getUpdates` that waits, with a clock that is moved by hand.
@Suite final class PollingTests {
    private static let conflict =
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"

    private let clock = ManualClock()
    private let telegram: SandboxTelegram
    private let folder: URL

    init() throws {
        var configuration = SandboxConfiguration()
        configuration.seed = 3
        configuration.surprisesPollers = false
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("polling-\(UUID().uuidString)")
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

    private func poll(_ values: [String: String] = ["timeout": "30"]) -> Task<Answer?, Never> {
        Task { [telegram] in
            let reply = await telegram.call(
                token: SandboxClub.botToken,
                method: "GETUPDATES",
                arguments: Arguments(values)
            )
            guard case .answer(let answer) = reply else { return nil }
            return answer
        }
    }

    private func say(_ text: String) async throws {
        _ = try await telegram.act { world, now throws(ActRefused) in
            try world.write(Draft(content: .text(text)), by: ClubStage.member, in: ClubStage.memberChat, now: now).id
        }
    }

    private func texts(_ answer: Answer?) -> [String]? {
        guard case .success(let result, _) = answer else { return nil }
        return JSON(parsing: result.text)?.elements?.compactMap { $0.at("message.text")?.string }
    }

    private func description(_ answer: Answer?) -> String? {
        guard case .failure(let failure) = answer else { return nil }
        return failure.description
    }

    @Test func `a held poll is woken by an update`() async throws {
        let held = poll()
        await clock.sleepers(atLeast: 1)
        try await say("hello")
        #expect(texts(await held.value) == ["hello"])
    }

    @Test func `a held poll ends empty when its time is over`() async {
        let held = poll()
        await clock.sleepers(atLeast: 1)
        clock.advance(by: 30)
        #expect(texts(await held.value) == [])
    }

    @Test func `a second poll ends the first and is held itself`() async throws {
        let first = poll()
        await clock.sleepers(atLeast: 1)
        let second = poll()
        #expect(description(await first.value) == Self.conflict)
        try await say("hello")
        #expect(texts(await second.value) == ["hello"])
    }

    @Test func `a conflict soon after another is told three seconds later`() async {
        let first = poll()
        await clock.sleepers(atLeast: 1)
        let second = poll()
        #expect(description(await first.value) == Self.conflict)
        let third = poll()
        // The third waits for updates, the second for its late answer.
        await clock.sleepers(atLeast: 2)
        clock.advance(by: 3)
        #expect(description(await second.value) == Self.conflict)
        third.cancel()
        #expect(texts(await third.value) == [])
    }

    @Test func `a webhook ends the poll that is held`() async {
        let held = poll()
        await clock.sleepers(atLeast: 1)
        let webhook = Arguments(["url": "https://example.org/hook"])
        _ = await telegram.call(token: SandboxClub.botToken, method: "setWebhook", arguments: webhook)
        #expect(description(await held.value) == "Conflict: terminated by setWebhook request")
    }

    @Test func `who polls beside a webhook is told so, the second time three seconds later`() async {
        let webhook = Arguments(["url": "https://example.org/hook"])
        _ = await telegram.call(token: SandboxClub.botToken, method: "setWebhook", arguments: webhook)
        #expect(description(await poll().value)?.hasPrefix("Conflict: can't use getUpdates method") == true)
        let second = poll()
        await clock.sleepers(atLeast: 1)
        clock.advance(by: 3)
        #expect(description(await second.value)?.hasPrefix("Conflict: can't use getUpdates method") == true)
    }

    @Test func `a caller who goes away frees the place`() async throws {
        let held = poll()
        await clock.sleepers(atLeast: 1)
        held.cancel()
        #expect(texts(await held.value) == [])
        #expect(await telegram.polls.isEmpty)
        #expect(await telegram.currentPoll.isEmpty)
    }

    @Test func `at the end every poll is answered`() async {
        let held = poll()
        await clock.sleepers(atLeast: 1)
        await telegram.shutDown()
        #expect(texts(await held.value) == [])
    }

    @Test func `a delay comes before the effect`() async {
        _ = await telegram.addFault(.delay(.seconds(5), applied: false), method: "getme", bot: nil, remaining: 1)
        let call = Task { [telegram] in
            await telegram.call(token: SandboxClub.botToken, method: "getMe", arguments: Arguments())
        }
        await clock.sleepers(atLeast: 1)
        #expect(await telegram.log.last == 0)
        clock.advance(by: 5)
        _ = await call.value
        #expect(await telegram.log.last == 1)
    }

    @Test func `time that is moved on lets updates expire`() async throws {
        try await say("old")
        await telegram.advance(by: .seconds(86_400))
        let answer = poll(["timeout": "0"])
        #expect(texts(await answer.value) == [])
    }
}
