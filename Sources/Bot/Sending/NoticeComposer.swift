import Domain
import Foundation

/// Puts what the club tells into the words of the one who is told.
struct NoticeComposer: Sendable {
    let conversation: Conversation
    let directory: MemberDirectory
    let library: PodcastLibrary
    let phrases: Phrasebook
    let defaultLanguage: Language

    /// The message for a chat, as things stand at this moment.
    /// - Returns: nil where what it is about does not exist any more.
    func screen(_ notice: Notice, in chat: ChatID) async throws(ChangeFailure) -> Screen? {
        let recipient = try await directory.find(.telegram(TelegramUserID(rawValue: chat.rawValue)))
        let language = recipient?.language ?? defaultLanguage
        switch notice {
        case .joinRequested(let id):
            guard let person = try await directory.find(.id(id)) else { return nil }
            return try await conversation.requestCard(of: person, language)
        case .joinApproved:
            return recipient.map { conversation.people.welcome($0) }
        case .joinDeclined:
            return conversation.people.declined(language)
        case .joinedByInvite(let id):
            guard let person = try await directory.find(.id(id)) else { return nil }
            return PersonScreens(phrases: phrases).joined(person, language)
        case .banned, .unbanned, .roleChanged:
            return PersonScreens(phrases: phrases).told(notice, language)
        case .episodePublished(let id):
            return try await card(id, .episodePublished, language)
        case .episodePostedAgain(let id):
            return try await card(id, .episodePostedAgain, language)
        case .recordingNotFetched(let id, let recordingID):
            guard let podcast = try await library.find(.id(id)),
                case .messengerOnly(let reason) = podcast.recordings.first(where: { $0.id == recordingID })?.media
            else { return nil }
            return try await card(id, Self.phrase(reason), language)
        case .updateSetAside(_, let updateID):
            return Screen(text: phrases.html(BotPhrase.updateSetAside, language, ["id": String(updateID)]))
        case .secondPoller:
            return Screen(text: phrases.html(BotPhrase.secondPoller, language))
        }
    }

    /// To a person for whom Telegram takes no recording.
    func recordingRefused(_ title: String, in chat: ChatID) async throws(ChangeFailure) -> Screen {
        let recipient = try await directory.find(.telegram(TelegramUserID(rawValue: chat.rawValue)))
        let language = recipient?.language ?? defaultLanguage
        var rows: [[Screen.Control]] = []
        if let site = conversation.episodes.addresses.site {
            rows = [[.link(phrases.text(BotPhrase.buttonOpenWeb, language), site.appending(path: "library"))]]
        }
        return Screen(text: phrases.html(BotPhrase.recordingRefused, language, ["title": title]), rows: rows)
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

    private static func phrase(_ reason: Recording.MessengerOnlyReason) -> BotPhrase {
        switch reason {
        case .tooLarge: .recordingTooLarge
        case .gone, .onlyPostKnown: .recordingGone
        case .damaged: .recordingDamaged
        }
    }
}
