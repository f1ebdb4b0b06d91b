import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Work that another process stores, of which nobody here is told: it is seen within a second.
@Suite(.timeLimit(.minutes(1)))
struct OtherProcessTests {
    let stage: FetchingStage
    private var club: BotClubFixture { stage.talk.club }

    init() async throws {
        stage = try await FetchingStage()
    }

    @Test func `a message that another process stored is sent within a second`() async throws {
        let telegram = ScriptedBotAPI()
        telegram.script("sendMessage", .result(#"{"message_id":1}"#))
        let sender = OutboxSender(
            bot: .recorder,
            api: try telegram.api(),
            outbox: club.store.outbox,
            composer: NoticeComposer(
                conversation: club.conversation,
                directory: club.directory,
                library: club.library,
                phrases: club.phrases,
                language: ClubLanguage(store: club.store, setting: .ru)
            ),
            directory: club.directory,
            clock: club.clock,
            // Nobody wakes it: the store tells its own process only.
            wakeup: Wakeup(),
            outage: club.outage,
            logger: club.logger
        )
        let running = Task { await sender.run() }
        await club.clock.waitForSleepers(1)
        // It is not at its beginning any more.
        club.clock.advance(by: .seconds(2))
        await club.clock.waitForSleepers(1)
        let body = try OutgoingCall.sendMessage(SendMessage(chatId: 7, text: "hello", parseMode: "HTML")).body
        let drafts = [BotName.recorder, .club].map { bot in
            OutboxDraft(dedupeKey: "\(bot)", bot: bot, chat: ChatID(rawValue: 7), lane: .alerts, body: body)
        }
        try await club.store.outbox.append(drafts, now: club.clock.now)

        club.clock.advance(by: .seconds(1))
        await telegram.waitForCalls(1)

        #expect(try await club.store.outbox.counts(bot: .club).queued == 1)
        running.cancel()
        await running.value
    }

    @Test func `a recording that another process stored is fetched within a second`() async throws {
        let fetched = Wakeup()
        stage.scriptLocation()
        stage.telegram.downloads.script(.file("sound", meanwhile: { fetched.notify() }))
        let fetcher = RecordingFetcher(
            bot: stage.talk.bot,
            leavingTo: nil,
            files: FileSource(api: try stage.telegram.api(), access: .cloud),
            library: club.library,
            media: stage.shelf,
            clock: club.clock,
            wakeup: Wakeup(),
            outage: club.outage,
            logger: club.logger
        )
        let running = Task { await fetcher.run() }
        await club.clock.waitForSleepers(1)
        try await stage.post()

        club.clock.advance(by: .seconds(1))
        await fetched.wait(atMost: .seconds(1_000), clock: club.clock)

        #expect(stage.asked == ["file-1-for-club"])
        running.cancel()
        await running.value
    }

    @Test func `two bots that fetch the same file do not write into each other's`() async throws {
        stage.scriptLocation()
        stage.telegram.downloads.script(.file("sound"))
        try await stage.post()
        try await stage.fetching { try await stage.expect(stage.stored("sound")) }

        let file = try #require(try await stage.talk.podcast(1).recordings.first?.fileUniqueID)
        let written = stage.telegram.downloads.calls.map(\.file)
        #expect(written == [try stage.shelf.incoming("\(file) \(stage.talk.bot)")])
    }
}
