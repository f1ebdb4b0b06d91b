import Domain
import Foundation
import Logging

/// Handles one stored update: reads what it asks for, asks Domain's services, and returns the answers for the outbox.
///
/// It may be called again for the same update after a crash: the update's number is the cause of every change and the
/// dedupe key of every answer, so that nothing happens twice.
struct UpdateHandler: Sendable {
    /// What a bot is there for.
    enum Duty: Sendable {
        /// Talks with people, and takes recordings as well.
        case everything
        /// Takes recordings only; a person who writes to it is pointed to the club's bot.
        case recordingsOnly
    }

    let bot: BotName
    let duty: Duty
    /// Of people who do not say theirs.
    let language: ClubLanguage
    let parser: IntentParser
    let conversation: Conversation
    let library: PodcastLibrary
    let directory: MemberDirectory
    let outbox: any OutboxStore
    let phrases: Phrasebook
    /// Told after a recording was stored, so that its file is fetched at once.
    let recordingArrived: Wakeup
    /// Told after a part of an album was stored, so that the album is completed in time.
    let albumArrived: Wakeup
    let clock: any ClubClock
    let logger: Logger

    func handle(_ entry: InboxEntry) async throws -> [OutboxDraft] {
        let update = try TelegramAPI.decoder().decode(TelegramUpdate.self, from: entry.payload)
        let cause = Cause(rawValue: entry.name)
        let intent = await parser(for: update).intent(of: update)
        switch intent {
        case .recording(let post):
            _ = try await library.receive(post, cause: cause)
            recordingArrived.notify()
            if post.album != nil { albumArrived.notify() }
            return []
        case .message(let person, let request):
            let chat = person.telegramID.privateChat
            guard duty == .everything else {
                let text = phrases.html(BotPhrase.recorderOnly, person.language)
                return try drafts([.show(Screen(text: text))], in: chat, for: entry)
            }
            return try drafts(try await conversation.answer(request, of: person, cause: cause), in: chat, for: entry)
        case .groupCommand(let person, let request):
            guard duty == .everything else { return [] }
            let replies = try await conversation.answerPrivately(request, of: person, cause: cause)
            return try drafts(replies, in: person.telegramID.privateChat, for: entry)
        case .groupThanks(let person, let request):
            guard duty == .everything else { return [] }
            let replies = try await conversation.answerPrivately(request, of: person, cause: cause)
            return try drafts(replies, in: person.telegramID.privateChat, for: entry)
        case .order, .promptAnswer, .adminsChat:
            return try await deskAnswer(intent, cause: cause, for: entry)
        case .anonymousAdmin(let chat):
            guard duty == .everything else { return [] }
            let text = phrases.html(BotPhrase.writeAsYourself, await language.current())
            return try drafts([.show(Screen(text: text))], in: chat, for: entry)
        case .groupMoved(let old, let new):
            try await follow(from: old, to: new)
            return []
        case .clubChat(let event):
            guard duty == .everything, let answer = try await clubChatDesk.answer(event, cause: cause) else {
                return []
            }
            return try drafts(answer.replies, in: answer.chat, for: entry, expiresAt: answer.expiresAt)
        case .tap(let person, let tap):
            let chat = tap.message?.chat ?? person.telegramID.privateChat
            return try drafts(try await conversation.answer(tap, of: person, cause: cause), in: chat, for: entry)
        case .inlineQuery(let person, let question):
            guard duty == .everything else { return [] }
            let answer = try await conversation.answer(question, of: person, cause: cause)
            return try drafts([.results(answer)], in: person.telegramID.privateChat, for: entry)
        case .reachability(let id, let isReachable):
            // The recording bot writes to nobody on its own account.
            if duty == .everything { try await directory.mark(id, isReachable: isReachable, cause: cause) }
            return []
        case .unreadable(let part):
            throw UnreadableUpdate(part: part)
        case .nothing(let reason):
            logger.debug("An update concerns nobody", metadata: ["update": "\(entry.updateID)", "reason": "\(reason)"])
            return []
        }
    }

    /// Knows the language of a person who does not say theirs.
    private func parser(for update: TelegramUpdate) async -> IntentParser {
        let sender =
            update.message?.from ?? update.callbackQuery?.from ?? update.inlineQuery?.from
            ?? update.chatJoinRequest?.from ?? update.chatMember?.newChatMember?.user
        guard let sender, sender.languageCode == nil else { return parser }
        var parser = parser
        parser.defaultLanguage = await language.current()
        return parser
    }

    /// What a person is told whose update was given up.
    func apology(for entry: InboxEntry) -> [OutboxDraft] {
        guard let update = try? TelegramAPI.decoder().decode(TelegramUpdate.self, from: entry.payload) else {
            return []
        }
        let person: Person
        switch parser.intent(of: update) {
        case .message(let writer, _): person = writer
        case .tap(let tapper, _): person = tapper
        case .adminsChat(let writer, _): person = writer
        case .clubChat(let event):
            guard let asker = event.asker else { return [] }
            person = asker
        case .promptAnswer(let answer): person = answer.person
        case .order(let order):
            guard let writer = order.person else { return [] }
            person = writer
        case .recording, .groupCommand, .groupThanks, .groupMoved, .inlineQuery, .reachability, .anonymousAdmin,
            .unreadable, .nothing:
            return []
        }
        let text = phrases.html(CommonPhrase.somethingWentWrong, person.language, ["id": "\(entry.updateID)"])
        let replies = [Reply.show(Screen(text: text))]
        return (try? drafts(replies, in: person.telegramID.privateChat, for: entry, kind: "apology")) ?? []
    }

    /// What is asked for about episodes. The channel's own commands are carried out by whichever bot sees them; people
    /// are answered by the club's.
    private func deskAnswer(_ intent: Intent, cause: Cause, for entry: InboxEntry) async throws -> [OutboxDraft] {
        let desk = conversation.desk
        switch intent {
        case .order(let order):
            guard duty == .everything || order.person == nil else { return [] }
            return try drafts(try await desk.answer(order, cause: cause), in: order.chat, for: entry)
        case .promptAnswer(let answer):
            guard duty == .everything else { return [] }
            return try drafts(try await desk.take(answer, cause: cause), in: answer.chat, for: entry)
        case .adminsChat(let person, let place):
            guard duty == .everything else { return [] }
            return try drafts(try await desk.settle(in: place, person, cause: cause), in: place.chat, for: entry)
        case .recording, .clubChat, .message, .groupCommand, .groupThanks, .groupMoved, .inlineQuery, .tap,
            .reachability, .anonymousAdmin, .unreadable, .nothing:
            return []
        }
    }

    /// What is kept of a group, and what waits to be sent there, is of its new id from now on. It may be said again.
    private func follow(from old: ChatID, to new: ChatID) async throws {
        try await library.adminsChat.moved(from: old, to: new)
        try await conversation.club.clubChats.moved(from: old, to: new)
        try await outbox.move(bot: bot, from: old, to: new)
    }

    private var clubChatDesk: ClubChatDesk {
        ClubChatDesk(
            clubChats: conversation.club.clubChats,
            levelTags: conversation.club.levelTags,
            directory: directory,
            library: library,
            phrases: phrases
        )
    }

    private func drafts(
        _ replies: [Reply],
        in chat: ChatID,
        for entry: InboxEntry,
        kind: String = "answer",
        expiresAt limit: Date? = nil
    ) throws -> [OutboxDraft] {
        try replies.flatMap(\.fitting).enumerated().map { index, reply in
            OutboxDraft(
                dedupeKey: "\(kind):\(entry.name):\(index)",
                bot: entry.bot,
                chat: chat,
                lane: .answers,
                body: try reply.call(in: chat).body,
                expiresAt: reply.lifetime.map(clock.after) ?? limit
            )
        }
    }
}

/// An update of a known kind that does not have that kind's shape. It is set aside for somebody to look at.
struct UnreadableUpdate: Error, CustomStringConvertible {
    /// What of it cannot be read.
    var part: String

    var description: String { "\(part) cannot be read" }
}
