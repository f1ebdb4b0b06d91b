import Domain
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Bot

/// A bot in a club in memory that is talked to by raw updates, as Telegram delivers them.
final class BotTalk: Sendable {
    /// The message under which buttons are tapped where nothing else is said.
    static let tapped: Int64 = 77

    let club: BotClubFixture
    let bot: BotName
    let handler: UpdateHandler
    let composer: NoticeComposer
    /// Told when a recording was stored.
    let recordingArrived = Wakeup()
    /// Told when a part of an album was stored.
    let albumArrived = Wakeup()
    private let lastUpdate = Mutex<Int64>(0)

    /// - `site`: The club's public address; nil where it has none.
    /// - `botAddress`: Where the bot is found; nil while its name is not known.
    init(
        _ club: BotClubFixture? = nil,
        bot: BotName = .club,
        duty: UpdateHandler.Duty = .everything,
        site: String? = "https://club.test",
        botAddress: String? = nil
    ) throws {
        let club = try club ?? BotClubFixture()
        let conversation = Conversation(
            bot: bot,
            directory: club.directory,
            library: club.library,
            signIn: club.signIn,
            club: club.services,
            phrases: club.phrases,
            addresses: ClubAddresses(site: site.flatMap(URL.init(string:))) { payload in
                botAddress.flatMap { URL(string: "\($0)?start=\(payload)") }
            }
        )
        self.club = club
        self.bot = bot
        handler = UpdateHandler(
            bot: bot,
            duty: duty,
            language: ClubLanguage(store: club.store, setting: .ru),
            parser: IntentParser(
                bot: bot,
                channel: Fixtures.channel,
                username: "Podcast_FOMO_bot",
                defaultLanguage: .ru
            ),
            conversation: conversation,
            library: club.library,
            directory: club.directory,
            outbox: club.store.outbox,
            phrases: club.phrases,
            recordingArrived: recordingArrived,
            albumArrived: albumArrived,
            clock: club.clock,
            logger: club.logger
        )
        composer = NoticeComposer(
            conversation: conversation,
            directory: club.directory,
            library: club.library,
            phrases: club.phrases,
            language: ClubLanguage(store: club.store, setting: .ru)
        )
    }

    // MARK: Updates

    /// An update with a new number.
    func update(_ kind: String, _ object: [String: Any]) throws -> InboxEntry {
        let number = lastUpdate.withLock { number in
            number += 1
            return number
        }
        let payload = try JSONSerialization.data(withJSONObject: ["update_id": number, kind: object])
        return InboxEntry(
            bot: bot,
            updateID: number,
            lane: UpdateAddress(payload: payload).lane,
            payload: payload,
            receivedAt: club.clock.now
        )
    }

    func message(from visitor: Visitor, _ content: [String: Any]) throws -> InboxEntry {
        let message: [String: Any] = [
            "message_id": 5, "date": 1, "from": visitor.user, "chat": ["id": visitor.id, "type": "private"],
        ]
        return try update("message", message.merging(content) { $1 })
    }

    /// `message`: under which the button is; nil where Telegram does not say.
    func tap(_ data: String?, by visitor: Visitor, message: Int64? = tapped) throws -> InboxEntry {
        var query: [String: Any] = ["id": "query", "from": visitor.user]
        query["data"] = data
        if let message {
            query["message"] = ["message_id": message, "date": 1, "chat": ["id": visitor.id, "type": "private"]]
        }
        return try update("callback_query", query)
    }

    /// A recording in the channel, a voice note where nothing else is said; it is named after its message and was
    /// posted that many minutes after `Fixtures.start`.
    func recording(
        _ message: Int64,
        caption: String,
        kind: String = "voice",
        file: [String: Any] = [:],
        post: [String: Any] = [:],
        update: String = "channel_post"
    ) throws -> InboxEntry {
        let sound: [String: Any] = [
            "file_id": "file-\(message)-for-\(bot)", "file_unique_id": "file-\(message)", "duration": 61,
            "file_size": 5,
        ]
        let content: [String: Any] = [
            "message_id": message, "date": Int64(Fixtures.start.timeIntervalSince1970) + message * 60,
            "chat": ["id": Fixtures.channel.rawValue, "type": "channel"], "caption": caption,
            kind: sound.merging(file) { $1 },
        ]
        return try self.update(update, content.merging(post) { $1 })
    }

    // MARK: Talking

    func handle(_ entry: InboxEntry) async throws -> Seen {
        try Seen(try await handler.handle(entry))
    }

    func says(_ text: String, _ visitor: Visitor) async throws -> Seen {
        try await handle(message(from: visitor, ["text": text]))
    }

    func taps(_ button: Button, _ visitor: Visitor) async throws -> Seen {
        try await handle(tap(button.data, by: visitor))
    }

    /// Taps the button with the label of this phrase.
    func taps(_ label: BotPhrase, of screen: Seen.Screen, _ visitor: Visitor) async throws -> Seen {
        let data = try screen.data(club.phrases.text(label, visitor.language))
        return try await handle(tap(data, by: visitor))
    }

    /// What the phrase says, as it is read.
    func words(
        _ phrase: BotPhrase,
        _ language: Language = .ru,
        _ arguments: [String: String] = [:],
        count: Int? = nil
    ) throws -> String {
        try TelegramText(club.phrases.html(phrase, language, arguments, count: count).source).plain
    }

    func label(_ phrase: BotPhrase, _ language: Language = .ru) -> String {
        club.phrases.text(phrase, language)
    }

    /// What the club has told people on its own account since the last call, put into words, in order.
    func told() async throws -> [Seen.Screen] {
        var screens: [Seen.Screen] = []
        for draft in try await club.takeOutbox() {
            guard case .notice(let notice) = draft.body else { continue }
            if let reply = try await composer.reply(notice, in: draft.chat) {
                screens += Seen([reply.call(in: draft.chat)]).screens
            }
        }
        return screens
    }
}
