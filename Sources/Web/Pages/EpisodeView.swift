import Domain
import Foundation

/// An episode as pages show it.
struct EpisodeView {
    /// One recording with its player, or why there is none.
    struct RecordingView {
        var id: String
        /// Where several make the episode: which one this is.
        var part: String?
        var title: String
        var length: String?
        /// Set where the file is ready: what the player plays.
        var audio: String?
        /// What was posted, for keeping.
        var original: String?
        /// Seconds from the episode's beginning to the recording's, where that is known.
        var start: String?
        /// A picture of how loud it is, where that is known.
        var wave: String?
        var isOnItsWay: Bool
        var isMessengerOnly: Bool
    }

    struct TagView {
        var name: String
        var link: String
        var isChosen: Bool
    }

    /// Somebody whom the episode names.
    struct PersonView {
        var name: String
        /// Where their episodes are found.
        var link: String
    }

    /// A chapter, with the address at which one hears from it on; nil where the site has no sound of the episode.
    struct ChapterView {
        var time: String
        var seconds: String
        var title: String
        var link: String?
    }

    /// How much of an episode was heard.
    struct HeardView {
        /// From 1 to 100.
        var percent: String
    }

    var id: String
    var link: String
    var title: String
    /// Season and episode: `S2E5`.
    var number: String?
    var people: [PersonView]
    /// How many chapters it has, in words; nil without any.
    var chapterCount: String?
    var cover: String
    var day: String?
    /// The day for programs: `2026-06-01`.
    var date: String?
    var length: String?
    var author: String?
    /// The beginning of the summary on one line.
    var teaser: String?
    var tags: [TagView]
    /// How much of it the member has heard; nil where they have not begun.
    var heard: HeardView?

    /// `chosenTag` is the tag by which the library is filtered.
    init(
        _ podcast: Podcast,
        chosenTag: String? = nil,
        listen: Listen? = nil,
        zone: TimeZone,
        phrases: Phrasebook,
        language: Language
    ) {
        id = podcast.id.rawValue
        link = "/podcast/\(podcast.id)"
        title = podcast.title
        number = podcast.number
        people = podcast.people.map { PersonView(name: $0, link: "/library?q=\(FormFields.encoded($0))") }
        let chapters = podcast.chapters.count
        chapterCount = chapters > 0 ? phrases.text(WebPhrase.libraryChapters, language, count: chapters) : nil
        cover = CoverArt(id: podcast.id.rawValue).svg
        day = podcast.publishedAt.map { Phrasebook.day($0, language: language, zone: zone) }
        date = podcast.publishedAt.map { Self.isoDay($0, zone) }
        length = podcast.duration.map { PlayingTime.words($0, phrases, language) }
        author = podcast.byline
        let line = PlainText.line(podcast.summary, limit: 220)
        teaser = line.isEmpty ? nil : line
        tags = podcast.tags.map { TagView(name: $0, chosen: chosenTag) }
        heard = listen.flatMap { HeardView($0, of: podcast) }
    }

    private static func isoDay(_ date: Date, _ zone: TimeZone) -> String {
        var style = Date.ISO8601FormatStyle(timeZone: zone)
        style = style.year().month().day()
        return date.formatted(style)
    }
}

extension EpisodeView.ChapterView {
    init(_ chapter: Chapter, of podcast: Podcast) {
        time = PlayingTime.clock(chapter.start)
        seconds = String(chapter.start.wholeSeconds)
        title = chapter.title
        link = podcast.recordings.contains(where: \.isReady) ? "/podcast/\(podcast.id)?t=\(seconds)" : nil
    }
}

extension EpisodeView.HeardView {
    /// - Returns: nil where it is too little to be shown.
    init?(_ listen: Listen, of podcast: Podcast) {
        let share = listen.completedAt == nil ? listen.share(of: podcast) ?? 0 : 1
        guard share >= 0.01 else { return nil }
        percent = String(Int((share * 100).rounded()))
    }
}

extension EpisodeView.TagView {
    /// `chosen` is the tag by which the library is filtered, as it is looked up; choosing it again ends that.
    init(name: String, chosen: String?) {
        self.name = name
        isChosen = SearchTokeniser.tag(name) == chosen
        link = isChosen ? "/library" : "/library?tag=\(FormFields.encoded(name))"
    }
}
