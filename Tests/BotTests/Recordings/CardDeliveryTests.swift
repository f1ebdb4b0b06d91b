import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Cards of the admins' chat on their way through the outbox: one message for each episode, whatever happens.
@Suite(.timeLimit(.minutes(1)))
struct CardDeliveryTests {
    static let group = ChatID(rawValue: -1_001_555)

    let talk: BotTalk
    let telegram = ScriptedBotAPI()

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
        let owner = try await talk.member(.owner)
        try await talk.club.library.adminsChat.set(
            Fixtures.place(Self.group),
            by: owner,
            cause: talk.club.cause("chat")
        )
    }

    /// Sends until nothing is left, with a sender that begins anew as after a start.
    private func deliver() async throws {
        let club = talk.club
        let sender = OutboxSender(
            bot: .club,
            api: try telegram.api(),
            outbox: club.store.outbox,
            composer: talk.composer,
            directory: club.directory,
            clock: club.clock,
            wakeup: club.signal.wakeup(for: .club),
            outage: club.outage,
            logger: club.logger
        )
        let running = Task { await sender.run() }
        while try await waiting() > 0, !Task.isCancelled {
            if club.clock.sleeperCount > 0 { club.clock.advance(by: .milliseconds(250)) }
            await Task.yield()
        }
        running.cancel()
        await running.value
    }

    private func waiting() async throws -> Int {
        let counts = try await talk.club.store.outbox.counts(bot: .club)
        return counts.queued + counts.sending
    }

    private func answer(_ method: String, _ messages: Int...) {
        for message in messages { telegram.script(method, .result(#"{"message_id":\#(message)}"#)) }
    }

    private func fetched(_ podcast: Podcast) async throws {
        let recording = try #require(podcast.recordings.first)
        _ = try await talk.club.library.note(
            .stored(MediaKey(rawValue: "aa"), bytes: 5),
            of: recording.id,
            file: try #require(recording.fileUniqueID),
            cause: talk.club.cause("fetched \(recording.id)")
        )
    }

    private var methods: [String] { telegram.calls.map(\.method) }

    @Test func `a card is sent once and then edited`() async throws {
        answer("sendMessage", 70)
        answer("editMessageText", 70, 70)
        let podcast = try await talk.post(1, "Pilot")
        try await deliver()
        try await fetched(podcast)
        try await deliver()
        _ = try await talk.says("/unpublish \(podcast.id)", .owner)
        try await deliver()

        #expect(methods == ["sendMessage", "editMessageText", "editMessageText"])
        #expect(telegram.calls.dropFirst().map { $0.parameter("message_id") } == ["70", "70"])
        #expect(try await talk.podcast(1).card == CardPlace(chat: Self.group, message: 70))
        let texts = telegram.calls.compactMap { $0.parameter("text") }
        #expect(texts[0].contains(try talk.words(.cardReceived)))
        #expect(texts[1].contains(try talk.words(.cardFetched)))
        #expect(texts[2].contains(try talk.words(.cardUnpublished)))
    }

    @Test func `a card that says the same already is left as it is, and stays the episode's`() async throws {
        answer("sendMessage", 70)
        let podcast = try await talk.post(1, "Pilot")
        try await deliver()
        telegram.script("editMessageText", .refusal(400, "Bad Request: message is not modified: specified new message"))
        try await fetched(podcast)
        try await deliver()

        #expect(methods == ["sendMessage", "editMessageText"])
        #expect(try await talk.podcast(1).card?.message == 70)
        #expect(try await talk.club.store.outbox.counts(bot: .club).failed == 0)
    }

    @Test(arguments: ["message to edit not found", "message can't be edited"])
    func `a card that somebody has deleted is sent anew, and edited from then on`(refusal: String) async throws {
        answer("sendMessage", 70, 71)
        telegram.script("editMessageText", .refusal(400, "Bad Request: \(refusal)"))
        answer("editMessageText", 71)
        let podcast = try await talk.post(1, "Pilot")
        try await deliver()
        try await fetched(podcast)
        try await deliver()
        _ = try await talk.says("/unpublish \(podcast.id)", .owner)
        try await deliver()

        #expect(methods == ["sendMessage", "editMessageText", "sendMessage", "editMessageText"])
        #expect(telegram.calls.last?.parameter("message_id") == "71")
        #expect(try await talk.podcast(1).card?.message == 71)
    }

    @Test func `a crash after a card was sent and kept makes no second one`() async throws {
        let podcast = try await talk.post(1, "Pilot")
        // The crash: the card is out and its place is kept, but that it was sent is not.
        _ = try await talk.club.store.outbox.claim(
            bot: .club,
            lanes: [.alerts],
            excluding: [],
            limit: 1,
            now: talk.club.clock.now
        )
        try await talk.club.library.remember(CardPlace(chat: Self.group, message: 70), of: podcast.id)
        telegram.script("editMessageText", .refusal(400, "Bad Request: message is not modified: the same"))
        try await deliver()

        #expect(methods == ["editMessageText"])
        #expect(try await talk.podcast(1).card?.message == 70)
    }

    @Test func `in a group that has become a supergroup the card is sent anew, and what waited for it follows`()
        async throws
    {
        answer("sendMessage", 70, 5)
        let parameters = #"{"migrate_to_chat_id":-1009}"#
        telegram.script(
            "editMessageText",
            .refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", parameters: parameters)
        )
        answer("editMessageText", 5)
        let podcast = try await talk.post(1, "Pilot")
        try await deliver()
        try await fetched(podcast)
        try await deliver()
        _ = try await talk.says("/unpublish \(podcast.id)", .owner)
        try await deliver()

        #expect(methods == ["sendMessage", "editMessageText", "sendMessage", "editMessageText"])
        #expect(telegram.calls.map { $0.parameter("chat_id") } == ["\(Self.group)", "\(Self.group)", "-1009", "-1009"])
        #expect(try await talk.club.library.adminsChat.current() == ChatID(rawValue: -1009))
        #expect(try await talk.podcast(1).card == CardPlace(chat: ChatID(rawValue: -1009), message: 5))
    }

    @Test func `where the bot was put out of the chat, the admins are told privately from then on`() async throws {
        telegram.script("sendMessage", .refusal(403, "Forbidden: bot was kicked from the supergroup chat"))
        answer("sendMessage", 9)
        try await talk.post(1, "Pilot")
        try await deliver()
        #expect(try await talk.club.library.adminsChat.current() == nil)
        try await talk.post(2, "Second")
        try await deliver()

        #expect(telegram.calls.map { $0.parameter("chat_id") } == ["\(Self.group)", "\(Visitor.owner.id)"])
    }
}
