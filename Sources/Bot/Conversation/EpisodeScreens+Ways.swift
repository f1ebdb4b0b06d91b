import Domain
import Foundation

/// The buttons of a card that lead on: to a chapter, to a tag, to other people.
extension EpisodeScreens {
    /// So many chapters and tags have a button on a card, two in a row.
    static let chaptersOnCard = 6
    static let tagsOnCard = 6
    /// So many chapters have a button on a page of their own.
    static let chaptersOnPage = 20
    /// So much of a title is shown on one of two buttons in a row, in Unicode code points.
    static let halfLabelLength = 24

    /// A button that hands the episode's link to other people; none while the link is not known.
    func share(_ podcast: Podcast, _ language: Language) -> [[Screen.Control]] {
        guard let link = addresses.share(podcast) else { return [] }
        return [[.link(phrases.text(BotPhrase.buttonShare, language), link)]]
    }

    /// The first chapters, and a button to all of them where there are more.
    func chapterRows(_ podcast: Podcast, _ language: Language) -> [[Screen.Control]] {
        let shown = podcast.chapters.indices.prefix(Self.chaptersOnCard).map { chapterButton($0, of: podcast) }
        guard podcast.chapters.count > Self.chaptersOnCard else { return Self.rows(shown) }
        let label = phrases.text(BotPhrase.buttonChapters, language, count: podcast.chapters.count)
        return Self.rows(shown) + [[.tap(label, .chapters(podcast.id, page: 0))]]
    }

    /// The first tags.
    func tagRows(_ podcast: Podcast) -> [[Screen.Control]] {
        let buttons = podcast.tagKeys.prefix(Self.tagsOnCard).map { tag in
            Screen.Control.tap("#\(Self.beginning(of: tag, Self.halfLabelLength))", .list(Listing(tag: TagMark(tag))))
        }
        return Self.rows(buttons)
    }

    /// A page of an episode's chapters.
    func chapters(of podcast: Podcast, page: Int, _ language: Language) -> Screen {
        let pages = max(1, (podcast.chapters.count + Self.chaptersOnPage - 1) / Self.chaptersOnPage)
        let page = min(page, pages - 1)
        let indices = podcast.chapters.indices.dropFirst(page * Self.chaptersOnPage).prefix(Self.chaptersOnPage)
        let title = phrases.html(
            BotPhrase.chaptersTitle,
            language,
            ["title": podcast.title],
            count: podcast.chapters.count
        )
        let turning = turning(page: page, of: pages, language) { .chapters(podcast.id, page: $0) }
        let back = Screen.Control.tap(phrases.text(BotPhrase.buttonBack, language), .episode(podcast.id, back: nil))
        return Screen(
            text: title,
            rows: Self.rows(indices.map { chapterButton($0, of: podcast) }) + [turning, [back]]
        )
    }

    /// From where on an episode is heard: its time, its title, and the page that begins there.
    func chapter(_ chapter: Chapter, of podcast: Podcast, _ language: Language) -> Screen {
        let time = Self.clock(chapter.start)
        let text = phrases.html(
            BotPhrase.chapterPlace,
            language,
            ["time": time, "chapter": chapter.title, "title": podcast.title]
        )
        var row: [Screen.Control] = [.tap(phrases.text(BotPhrase.buttonPlay, language), .play(podcast.id))]
        if let url = addresses.page(of: podcast.id, from: chapter.start) {
            row.insert(.link(phrases.text(BotPhrase.buttonFrom, language, ["time": time]), url), at: 0)
        }
        return Screen(text: text, rows: [row])
    }

    /// Buttons to the pages before and behind.
    func turning(page: Int, of pages: Int, _ language: Language, _ button: (Int) -> Button) -> [Screen.Control] {
        var controls: [Screen.Control] = []
        if page > 0 { controls.append(.tap(phrases.text(BotPhrase.buttonPrevious, language), button(page - 1))) }
        if page + 1 < pages { controls.append(.tap(phrases.text(BotPhrase.buttonNext, language), button(page + 1))) }
        return controls
    }

    /// Two in a row.
    static func rows(_ controls: [Screen.Control]) -> [[Screen.Control]] {
        stride(from: 0, to: controls.count, by: 2).map { Array(controls[$0..<min($0 + 2, controls.count)]) }
    }

    private func chapterButton(_ index: Int, of podcast: Podcast) -> Screen.Control {
        let chapter = podcast.chapters[index]
        let label = "\(Self.clock(chapter.start)) \(Self.beginning(of: chapter.title, Self.halfLabelLength))"
        return .tap(label, .chapter(podcast.id, index))
    }
}

extension ClubAddresses {
    /// Telegram's page that asks to whom a link is to be sent.
    /// Source: https://core.telegram.org/widgets/share#custom-buttons
    private static let sharing = "https://t.me/share/url"

    /// The link that opens an episode in the bot, for members and for those who want to become one.
    func episode(_ id: PodcastID) -> URL? {
        bot(payload: Self.episodePrefix + id.rawValue)
    }

    /// What opens Telegram's choice of people to whom an episode's link is sent.
    func share(_ podcast: Podcast) -> URL? {
        episode(podcast.id).flatMap { share($0, as: podcast.title) }
    }

    /// What opens Telegram's choice of people to whom a link is sent, with a title.
    func share(_ link: URL, as title: String) -> URL? {
        guard var parts = URLComponents(string: Self.sharing) else { return nil }
        // Of a query's characters, these mean something else to some readers.
        let plain = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: "\u{0}"..."\u{7F}"))
        let fields = [("url", link.absoluteString), ("text", EpisodeScreens.beginning(of: title, 100))]
        parts.percentEncodedQuery = fields.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: plain) ?? "")"
        }.joined(separator: "&")
        return parts.url
    }

    /// An episode's page, to be heard from a moment on.
    func page(of id: PodcastID, from start: Duration) -> URL? {
        page(of: id)?.appending(queryItems: [URLQueryItem(name: "t", value: String(start.wholeSeconds))])
    }
}
