import Domain

/// Inline mode: members send episodes to chats in which the bot is not.
extension Conversation {
    /// Results of one answer; Telegram takes 50, a phone shows 6.
    static let inlinePage = 20
    /// Most bytes of UTF-8 that are looked for: all that Telegram lets people type.
    private static let inlineBudget = 1_024

    /// Answers a question: to members with episodes, to others with a way to the bot.
    func answer(
        _ question: InlineQuestion,
        of person: Person,
        cause: Cause
    ) async throws(ChangeFailure) -> AnswerInlineQuery {
        let screens = InlineScreens(bot: bot, phrases: phrases, episodes: episodes)
        guard let member = try await directory.recognise(person, isWriting: false, cause: cause), member.isActive else {
            return screens.closed(question, person.language)
        }
        guard let query = Self.query(question.text), let start = Self.start(question.offset) else {
            return screens.nothing(question)
        }
        let found: Page<Podcast>
        do {
            found = try await library.list(query, from: start, limit: Self.inlinePage)
        } catch {
            throw .store(error)
        }
        // What members hear among themselves they may hear; other chats get sound only where the club says so.
        let settings = try await club.office.settings()
        let hasAudio = question.isPrivate || settings.sharesAudio
        return screens.results(
            question,
            found,
            hasAudio: hasAudio,
            member.language,
            zone: try await library.zone()
        )
    }

    /// Nil where what was typed can find nothing.
    private static func query(_ text: String) -> PodcastQuery? {
        let text = PlainText.line(text, limit: 256)
        if text.isEmpty { return PodcastQuery() }
        if text.hasPrefix("#"), !text.contains(" "), let tag = SearchTokeniser.tag(text) {
            return PodcastQuery(tag: tag)
        }
        let words = SearchTokeniser.query(text, budget: inlineBudget)
        return words.isEmpty ? nil : PodcastQuery(words: words)
    }

    /// Nil where the offset is none that an answer named.
    private static func start(_ offset: String) -> PageStart? {
        offset.isEmpty ? .first : PageCursor(text: offset).map(PageStart.after)
    }
}
