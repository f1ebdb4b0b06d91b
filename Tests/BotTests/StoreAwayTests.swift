import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// What the parts of a bot do while the store is away for minutes: they say so once, and go on when it is back.
@Suite(.timeLimit(.minutes(1)))
struct StoreAwayTests {
    let club: BotClubFixture
    let telegram = ScriptedBotAPI()
    let arrived = Wakeup()
    let work = Workbench()

    init() throws {
        club = try BotClubFixture()
    }

    private func takeStoreAway() {
        club.store.setOutage(.unavailable(source: "memory", code: 14))
    }

    /// Lets five minutes pass from the first vain attempt on.
    private func passMinutes() async {
        while club.outageLines.all.isEmpty, !Task.isCancelled { await Task.yield() }
        for _ in 1...60 {
            await club.clock.waitForSleepers(1)
            club.clock.advance(by: .seconds(5))
        }
    }

    /// Brings the store back, and lets time pass until that is said.
    private func bringStoreBack() async {
        club.store.setOutage(nil)
        while club.outageLines.all.count < 2, !Task.isCancelled {
            if club.clock.sleeperCount > 0 { club.clock.advance(by: .seconds(5)) }
            await Task.yield()
        }
    }

    private func expectOneOutage(sourceLocation: SourceLocation = #_sourceLocation) {
        let lines = club.outageLines.all
        #expect(lines.count == 2, sourceLocation: sourceLocation)
        #expect(lines.first?.contains("does not serve") == true, sourceLocation: sourceLocation)
        #expect(lines.last?.contains("serves again") == true, sourceLocation: sourceLocation)
    }

    @Test func `fetching updates goes on where it was`() async throws {
        telegram.script("getUpdates", .result(#"[{"update_id":7}]"#))
        let telegram = telegram
        let poller = Poller(
            bot: .club,
            connect: { TelegramConnection(api: try telegram.api(), close: {}) },
            store: club.store,
            lease: PollerLease(
                name: "poller-4242",
                holder: "me",
                place: "here",
                leases: club.store.leases,
                clock: club.clock
            ),
            clock: club.clock,
            status: BotStatus(bot: .club),
            arrived: arrived,
            warnings: club.warnings,
            outage: club.outage,
            logger: club.logger
        )
        takeStoreAway()
        let running = Task { await poller.run() }

        await passMinutes()
        #expect(telegram.polls.isEmpty)
        await bringStoreBack()
        await telegram.waitForCalls(2)

        #expect(telegram.polls.last?.parameter("offset") == "8")
        #expect(try await club.store.inbox.pendingCount(bot: .club) == 1)
        expectOneOutage()
        running.cancel()
        await running.value
    }

    @Test func `an update that was being handled is finished, and is no failure of its own`() async throws {
        let (work, clock) = (work, club.clock)
        let lanes = ChatLanes(
            bot: .club,
            inbox: club.store.inbox,
            clock: clock,
            arrived: arrived,
            warnings: club.warnings,
            outage: club.outage,
            logger: club.logger,
            handle: { entry in try await work.handle(entry, clock: clock) },
            apology: { entry in [Fixtures.draft("sorry-\(entry.updateID)", chat: 9, lane: .answers)] }
        )
        work.hold(1)
        _ = try await club.store.inbox.receive([Fixtures.update(1, lane: "chat-1")], nextOffset: 2, bot: .club)
        let running = Task { await lanes.run() }
        await work.waitUntilHeld(1)
        takeStoreAway()
        work.letGo(1)

        await work.waitFor(1)
        await passMinutes()
        await bringStoreBack()

        #expect(try await club.store.inbox.pendingCount(bot: .club) == 0)
        #expect(try await club.store.inbox.setAside(bot: .club, limit: 10).isEmpty)
        #expect(club.store.storedDrafts.isEmpty)
        expectOneOutage()
        await lanes.stop()
        running.cancel()
        await running.value
    }

    @Test func `what is to be sent is sent later`() async throws {
        telegram.script("sendMessage", .result(#"{"message_id":1}"#))
        let body = try OutgoingCall.sendMessage(SendMessage(chatId: 7, text: "hello", parseMode: "HTML")).body
        let draft = OutboxDraft(dedupeKey: "hello", chat: ChatID(rawValue: 7), lane: .answers, body: body)
        try await club.store.outbox.append([draft], now: club.clock.now)
        let sender = OutboxSender(
            bot: .club,
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
            wakeup: club.signal.wakeup(for: .club),
            outage: club.outage,
            logger: club.logger
        )
        takeStoreAway()
        let running = Task { await sender.run() }

        await passMinutes()
        #expect(telegram.calls.isEmpty)
        await bringStoreBack()
        await telegram.waitForCalls(1)

        #expect(telegram.calls.first?.parameter("text") == "hello")
        expectOneOutage()
        running.cancel()
        await running.value
    }

    @Test func `recordings are fetched later`() async throws {
        let stage = try await FetchingStage()
        stage.scriptLocation()
        stage.telegram.downloads.script(.file("sound"))
        let store = stage.talk.club.store
        try await stage.fetching {
            store.setOutage(.unavailable(source: "memory", code: 14))
            for _ in 1...60 { await stage.pass(.seconds(5)) }
            store.setOutage(nil)
            await stage.pass(.seconds(5))
            try await stage.post()
            await stage.pass(.seconds(5))
            try await stage.expect(stage.stored("sound"))
        }

        #expect(stage.talk.club.outageLines.all.count == 2)
    }
}
