import Domain
import Foundation

/// How episodes look in the chat. Pure: data in, screens out.
struct EpisodeScreens: Sendable {
    let phrases: Phrasebook
    let addresses: ClubAddresses

    /// So much of a summary is shown on a card, in Unicode code points: what Telegram counts.
    static let summaryLength = 1_200
    /// So much of a title is shown on a button, in Unicode code points.
    static let labelLength = 40

    /// One episode with its buttons.
    /// - `heading`: Stands above the episode, for example why the reader sees it.
    /// - `hasWays`: Whether there are buttons for its chapters and tags. They change the message.
    /// - `navigation`: Rows of buttons under those of the episode.
    func card(
        _ podcast: Podcast,
        _ language: Language,
        zone: TimeZone,
        heading: HTML? = nil,
        hasWays: Bool = true,
        navigation: [[Screen.Control]] = []
    ) -> Screen {
        let summary = Self.beginning(of: podcast.summary, Self.summaryLength)
        let tags = podcast.tags.map { "#\($0)" }.joined(separator: " ")
        let head = HTML.lines([HTML(podcast.title).bold, HTML(facts(podcast, language, zone: zone))])
        let details = [HTML(summary), chapters(podcast), people(podcast), HTML(tags)]
        let text = HTML.paragraphs(([heading, head] + details).compactMap { $0 })
        var first: [Screen.Control] = [.tap(phrases.text(BotPhrase.buttonPlay, language), .play(podcast.id))]
        if let url = addresses.page(of: podcast.id) {
            first.append(.link(phrases.text(BotPhrase.buttonOpenWeb, language), url))
        }
        let thanks = Screen.Control.tap(phrases.text(ThanksPhrase.button, language), .thanks(.choose(podcast.id)))
        let sharing = share(podcast, language) + [[thanks]]
        let ways = hasWays ? sharing + chapterRows(podcast, language) + tagRows(podcast) : []
        return Screen(text: text, rows: [first] + ways + navigation)
    }

    /// The episode that lies `index` behind the newest one.
    func latest(
        _ podcast: Podcast,
        index: Int,
        hasOlder: Bool,
        _ language: Language,
        zone: TimeZone
    ) -> Screen {
        var navigation: [Screen.Control] = []
        if index > 0 { navigation.append(.tap(phrases.text(BotPhrase.buttonNewer, language), .latest(index - 1))) }
        if hasOlder { navigation.append(.tap(phrases.text(BotPhrase.buttonOlder, language), .latest(index + 1))) }
        return card(podcast, language, zone: zone, navigation: [navigation])
    }

    /// A page of the library, of a tag's episodes or of what a search found.
    /// `tag`: the one whose episodes these are.
    func list(
        _ listing: Listing,
        _ podcasts: [Podcast],
        tag: String? = nil,
        total: Int,
        _ language: Language,
        zone: TimeZone
    ) -> Screen {
        let words = tag.map { "#\($0)" } ?? listing.words.joined(separator: " ")
        let toTags: [[Screen.Control]] =
            tag == nil ? [] : [[.tap(phrases.text(BotPhrase.buttonTags, language), .tags(0))]]
        guard total > 0 else {
            let key: BotPhrase = tag != nil ? .tagEmpty : words.isEmpty ? .libraryEmpty : .searchEmpty
            return Screen(text: phrases.html(key, language, words.isEmpty ? [:] : ["words": words]), rows: toTags)
        }
        let key: BotPhrase = tag != nil ? .tagTitle : words.isEmpty ? .libraryTitle : .searchTitle
        let title = phrases.html(key, language, words.isEmpty ? [:] : ["words": words], count: total)
        let first = listing.page * Listing.pageSize
        let lines = podcasts.enumerated().map { index, podcast in
            HTML.lines([
                HTML("\(first + index + 1). ") + HTML(podcast.title).bold,
                HTML(facts(podcast, language, zone: zone)),
            ])
        }
        var rows = podcasts.enumerated().map { index, podcast in
            [Screen.Control.tap(label(podcast, number: first + index + 1), .episode(podcast.id, back: listing))]
        }
        let pages = (total + Listing.pageSize - 1) / Listing.pageSize
        var turning: [Screen.Control] = []
        if listing.page > 0 {
            let newer = listing.turned(to: listing.page - 1)
            turning.append(.tap(phrases.text(BotPhrase.buttonNewer, language), .list(newer)))
        }
        if listing.page + 1 < pages {
            let older = listing.turned(to: listing.page + 1)
            turning.append(.tap(phrases.text(BotPhrase.buttonOlder, language), .list(older)))
        }
        rows.append(turning)
        return Screen(text: HTML.paragraphs([title] + lines), rows: rows + toTags)
    }

    /// The recordings of an episode as messages, in their order.
    func recordings(_ podcast: Podcast, bot: BotName, _ language: Language) -> [Reply] {
        podcast.recordings.enumerated().compactMap { index, recording in
            var caption = HTML(podcast.title)
            if podcast.recordings.count > 1 {
                caption = phrases.html(
                    BotPhrase.part,
                    language,
                    ["title": podcast.title, "part": String(index + 1), "count": String(podcast.recordings.count)]
                )
            }
            if let fileID = recording.fileID(of: bot) {
                return .recording(recording.kind, fileID: fileID, caption: caption)
            }
            return recording.posts.first.map { .copy($0, caption: caption) }
        }
    }

    /// Number, day, duration and by whom it is, in one line.
    func facts(_ podcast: Podcast, _ language: Language, zone: TimeZone) -> String {
        let day = Phrasebook.day(podcast.publishedAt ?? podcast.createdAt, language: language, zone: zone)
        let facts = [podcast.number, day, podcast.duration.map(Self.clock), podcast.byline]
        return facts.compactMap { $0 }.joined(separator: " · ")
    }

    /// A duration as a player shows it: `1:02:03`, `4:05`.
    static func clock(_ duration: Duration) -> String {
        let seconds = Int(duration.wholeSeconds)
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
    }

    private func label(_ podcast: Podcast, number: Int) -> String {
        "\(number). \(Self.beginning(of: podcast.title, Self.labelLength))"
    }

    /// A text, cut behind the last whole character within so many code points where it is longer.
    static func beginning(of text: String, _ length: Int) -> String {
        guard text.unicodeScalars.count > length else { return text }
        var left = length
        let kept = text.prefix { character in
            left -= character.unicodeScalars.count
            return left >= 0
        }
        return kept + "…"
    }
}
