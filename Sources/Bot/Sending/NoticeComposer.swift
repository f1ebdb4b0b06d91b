import Domain
import Foundation

/// Puts what the club tells into the words of the one who is told.
struct NoticeComposer: Sendable {
    let conversation: Conversation
    let directory: MemberDirectory
    let library: PodcastLibrary
    let phrases: Phrasebook
    let language: ClubLanguage
    /// The pictures that go with news of progress; nil where none are painted.
    var cards: CardShelf?

    /// What is sent to a chat, as things stand at this moment: a message, or an edit of the one that is there.
    /// - Returns: nil where what it is about does not exist any more.
    func reply(_ notice: Notice, in chat: ChatID) async throws(ChangeFailure) -> Reply? {
        if notice == .menuChanged {
            let member = try await directory.find(.telegram(TelegramUserID(rawValue: chat.rawValue)))
            return .menu(CommandMenu(phrases: phrases).own(of: member))
        }
        if case .broadcastProgress(let id) = notice { return try await progress(of: id, in: chat) }
        if case .room(let id, let told) = notice { return try await reply(told, of: id, in: chat) }
        if case .levelTag(let id) = notice { return try await tag(of: id, in: chat) }
        if let reply = try await progress(notice, in: chat) { return reply }
        if case .export(let id) = notice { return try await export(of: id) }
        if case .clubChatRequestAnswered(let user, let isApproved) = notice {
            return .clubChatRequest(user, isApproved: isApproved)
        }
        guard let screen = try await screen(notice, in: chat) else { return nil }
        if case .show(let id, .endedPost) = notice, let post = try await conversation.club.shows.find(id)?.post,
            post.chat == chat
        {
            return .reply(to: MessagePlace(chat: chat, message: post.message), screen)
        }
        guard let card = try await place(of: notice), card.chat == chat else { return .show(screen) }
        return .change(MessagePlace(chat: chat, message: card.message), screen)
    }

    /// The message that a notice changes; nil where it is a new one.
    private func place(of notice: Notice) async throws(ChangeFailure) -> CardPlace? {
        if case .episodeCard(let id) = notice { return try await library.find(.id(id))?.card }
        if case .show(let id, .post) = notice { return try await conversation.club.shows.find(id)?.post }
        return nil
    }

    /// Remembers the message that a notice has become, where it is one that changes later.
    func sent(_ notice: Notice, in chat: ChatID, as message: Int64) async throws(ChangeFailure) {
        if case .broadcastProgress(let id) = notice { return try await remember(message, of: id, in: chat) }
        if case .room(let id, .card(let kind)) = notice { return try await sent(kind, of: id, in: chat, as: message) }
        let place = CardPlace(chat: chat, message: message)
        if case .episodeCard(let id) = notice { try await library.remember(place, of: id) }
        if case .show(let id, .post) = notice { try await conversation.club.shows.remember(place, of: id) }
    }

    /// A group has become another one.
    func moved(from old: ChatID, to new: ChatID) async throws(ChangeFailure) {
        try await library.adminsChat.moved(from: old, to: new)
        try await conversation.club.clubChats.moved(from: old, to: new)
    }

    /// Nothing can be sent to a group any more. Where it was the admins' chat, they are told privately from now on.
    func lost(_ chat: ChatID, now: Date) async throws(ChangeFailure) {
        let cause = Cause(rawValue: "lost:\(chat):\(Timestamp.milliseconds(now))")
        try await library.adminsChat.lost(chat, cause: cause)
    }

    /// The message for a chat, as things stand at this moment.
    /// - Returns: nil where what it is about does not exist any more.
    func screen(_ notice: Notice, in chat: ChatID) async throws(ChangeFailure) -> Screen? {
        let recipient = try await directory.find(.telegram(TelegramUserID(rawValue: chat.rawValue)))
        let language = await language(of: recipient)
        switch notice {
        case .joinRequested(let id):
            guard let person = try await directory.find(.id(id)) else { return nil }
            return try await conversation.requestCard(of: person, language)
        case .joinApproved:
            guard let recipient else { return nil }
            return try await conversation.greeting(conversation.people.welcome(recipient), of: recipient)
        case .joinDeclined:
            return conversation.people.declined(language)
        case .joinedByInvite(let id):
            guard let person = try await directory.find(.id(id)) else { return nil }
            return PersonScreens(phrases: phrases).joined(person, language)
        case .banned, .unbanned, .roleChanged:
            return PersonScreens(phrases: phrases).told(notice, language, try await conversation.club.office.settings())
        case .inNoClubChat:
            let settings = try await conversation.club.office.settings()
            return conversation.clubChatScreens.door(to: recipient?.name ?? "", settings, isSought: true, language)
        case .leftClubChat(let clubChat):
            return conversation.clubChatScreens.left(clubChat, language)
        case .putOutOfClubChat(let id, let clubChat):
            guard let person = try await directory.find(.id(id)) else { return nil }
            return conversation.clubChatScreens.putOut(person, of: clubChat, language)
        case .clubChatOutOfSight(let clubChat):
            return conversation.clubChatScreens.outOfSight(clubChat, language)
        case .clubChatRequestAnswered:
            return nil
        case .episodePublished(let id):
            return try await card(id, .episodePublished, language)
        case .episodePostedAgain(let id):
            return try await card(id, .episodePostedAgain, language)
        case .recordingNotFetched(let id, let recordingID), .ownRecordingMissed(let id, let recordingID):
            guard let podcast = try await library.find(.id(id)),
                case .messengerOnly(let reason) = podcast.recordings.first(where: { $0.id == recordingID })?.media
            else { return nil }
            return try await card(id, Self.phrase(reason), language)
        case .episodeCard(let id):
            guard let podcast = try await library.find(.id(id)) else { return nil }
            let card = EpisodeCard(phrases: phrases, episodes: conversation.episodes)
            return card.screen(podcast, language, zone: try await library.zone())
        case .episodeChanged(let id, let change):
            guard let podcast = try await library.find(.id(id)) else { return nil }
            return Screen(text: words(change, podcast, language))
        case .newEpisode(let id):
            guard let podcast = try await library.find(.id(id)), podcast.status == .published else { return nil }
            return try await card(id, .newEpisode, language)
        case .show(let id, let news):
            return try await screen(news, of: id, recipient, language)
        case .announcement(let id):
            return try await announcement(id, to: recipient)
        case .thanked(let id):
            return try await thanked(id, language)
        case .tagsNotAllowed:
            return Screen(text: phrases.html(TagPhrase.notAllowed, language))
        case .menuChanged, .export, .broadcastProgress, .room, .levelTag, .levelReached, .badgeEarned:
            return nil
        case .updateSetAside(_, let updateID):
            return Screen(text: phrases.html(BotPhrase.updateSetAside, language, ["id": String(updateID)]))
        case .secondPoller:
            return Screen(text: phrases.html(BotPhrase.secondPoller, language))
        }
    }

    /// To a person for whom Telegram takes no recording. `title`: empty where it is not known.
    func recordingRefused(_ title: String, in chat: ChatID) async throws(ChangeFailure) -> Screen {
        let recipient = try await directory.find(.telegram(TelegramUserID(rawValue: chat.rawValue)))
        let language = await language(of: recipient)
        var rows: [[Screen.Control]] = []
        if let site = conversation.episodes.addresses.site {
            rows = [[.link(phrases.text(BotPhrase.buttonOpenWeb, language), site.appending(path: "library"))]]
        }
        let text =
            title.isEmpty
            ? phrases.html(BotPhrase.videoNoteRefused, language)
            : phrases.html(BotPhrase.recordingRefused, language, ["title": title])
        return Screen(text: text, rows: rows)
    }

    /// In which a chat is written to: the recipient's, in a group the club's.
    func language(of recipient: Member?) async -> Language {
        if let recipient { return recipient.language }
        return await language.current()
    }

    private func card(
        _ id: PodcastID,
        _ heading: BotPhrase,
        _ language: Language
    ) async throws(ChangeFailure) -> Screen? {
        guard let podcast = try await library.find(.id(id)) else { return nil }
        return conversation.episodes.card(
            podcast,
            language,
            zone: try await library.zone(),
            heading: phrases.html(heading, language)
        )
    }

    private func words(_ change: EpisodeChange, _ podcast: Podcast, _ language: Language) -> HTML {
        let arguments = ["title": podcast.title]
        return switch change {
        case .published: phrases.html(BotPhrase.episodeIsPublished, language, arguments)
        case .unpublished: phrases.html(BotPhrase.episodeIsUnpublished, language, arguments)
        case .parted(let count): phrases.html(BotPhrase.episodeParted, language, arguments, count: count)
        }
    }

    private static func phrase(_ reason: Recording.MessengerOnlyReason) -> BotPhrase {
        switch reason {
        case .tooLarge: .recordingTooLarge
        case .gone, .onlyPostKnown: .recordingGone
        case .damaged: .recordingDamaged
        case .notSound: .recordingNotSound
        case .unreadable: .recordingUnreadable
        }
    }
}
