import Domain
import Foundation

/// What inline mode shows and sends. Pure: data in, answers out.
struct InlineScreens: Sendable {
    /// So much of a summary goes with a card, in Unicode code points.
    private static let summaryLength = 300
    /// What the bot is told by who comes from inline mode and is no member.
    private static let startParameter = "inline"

    let bot: BotName
    let phrases: Phrasebook
    let episodes: EpisodeScreens

    /// To somebody who is not in the club.
    func closed(_ question: InlineQuestion, _ language: Language) -> AnswerInlineQuery {
        let label = phrases.text(BotPhrase.inlineClosed, language)
        return answer(question, button: InlineResultsButton(text: label, startParameter: Self.startParameter))
    }

    /// To a question that finds nothing, whatever there is.
    func nothing(_ question: InlineQuestion) -> AnswerInlineQuery {
        answer(question)
    }

    /// A page of episodes.
    /// `hasAudio`: whether recordings may be sent to the chat in which it is asked.
    func results(
        _ question: InlineQuestion,
        _ found: Page<Podcast>,
        hasAudio: Bool,
        _ language: Language,
        zone: TimeZone
    ) -> AnswerInlineQuery {
        let results = found.items.map { podcast in
            let sound = hasAudio ? recording(podcast, language, zone: zone) : nil
            return sound ?? article(podcast, language, zone: zone)
        }
        return answer(question, results, next: found.next?.text)
    }

    private func answer(
        _ question: InlineQuestion,
        _ results: [InlineResult] = [],
        next: String? = nil,
        button: InlineResultsButton? = nil
    ) -> AnswerInlineQuery {
        AnswerInlineQuery(
            inlineQueryId: question.id,
            results: results,
            cacheTime: 0,
            isPersonal: true,
            nextOffset: next ?? "",
            button: button
        )
    }

    /// A card that leads to the bot, and there only members in.
    private func article(_ podcast: Podcast, _ language: Language, zone: TimeZone) -> InlineResult {
        let facts = episodes.facts(podcast, language, zone: zone)
        let summary = EpisodeScreens.beginning(of: podcast.summary, Self.summaryLength)
        let head = HTML.lines([HTML("🎧 ") + HTML(podcast.title).bold, HTML(facts)])
        let content = InputTextMessageContent(
            messageText: HTML.paragraphs([head, HTML(summary)]).source,
            parseMode: "HTML",
            linkPreviewOptions: LinkPreviewOptions(isDisabled: true)
        )
        return .article(
            podcast.id.rawValue,
            title: podcast.title,
            description: facts,
            content: content,
            replyMarkup: keyboard(podcast, language)
        )
    }

    /// The recording itself, where this bot can send it and there is one only; nil else.
    private func recording(_ podcast: Podcast, _ language: Language, zone: TimeZone) -> InlineResult? {
        guard podcast.recordings.count == 1, let recording = podcast.recordings.first,
            let fileID = recording.fileID(of: bot)
        else { return nil }
        let (id, title, caption) = (podcast.id.rawValue, podcast.title, HTML(podcast.title).bold)
        let facts = episodes.facts(podcast, language, zone: zone)
        let keyboard = keyboard(podcast, language)
        switch recording.kind {
        case .voice:
            // Its title is all that is shown of it.
            let label = "\(title) · \(facts)"
            return .voice(id, fileID: fileID, title: label, caption: caption, replyMarkup: keyboard)
        case .audio:
            return .audio(id, fileID: fileID, caption: caption, replyMarkup: keyboard)
        case .document:
            return .document(
                id,
                fileID: fileID,
                title: title,
                description: facts,
                caption: caption,
                replyMarkup: keyboard
            )
        case .video:
            return .video(
                id,
                fileID: fileID,
                title: title,
                description: facts,
                caption: caption,
                replyMarkup: keyboard
            )
        case .videoNote: return nil
        }
    }

    /// The way to the episode in the bot; nil while the bot's name is not known.
    private func keyboard(_ podcast: Podcast, _ language: Language) -> InlineKeyboard? {
        guard let link = episodes.addresses.episode(podcast.id) else { return nil }
        let button = Screen.Control.link(phrases.text(BotPhrase.buttonInClub, language), link)
        return Screen(text: HTML(""), rows: [[button]]).keyboard
    }
}
