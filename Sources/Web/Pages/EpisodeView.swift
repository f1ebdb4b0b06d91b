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

    var id: String
    var link: String
    var title: String
    var cover: String
    var day: String?
    /// The day for programs: `2026-06-01`.
    var date: String?
    var length: String?
    var author: String?
    /// The beginning of the summary on one line.
    var teaser: String?
    var tags: [TagView]
    /// The recordings' ids, for the script that shows how far one has listened.
    var recordingIDs: String

    /// `chosenTag` is the tag by which the library is filtered.
    init(_ podcast: Podcast, chosenTag: String? = nil, zone: TimeZone, phrases: Phrasebook, language: Language) {
        id = podcast.id.rawValue
        link = "/podcast/\(podcast.id)"
        title = podcast.title
        cover = CoverArt(id: podcast.id.rawValue).svg
        day = podcast.publishedAt.map { Phrasebook.day($0, language: language, zone: zone) }
        date = podcast.publishedAt.map { Self.isoDay($0, zone) }
        length = podcast.duration.map { PlayingTime.words($0, phrases, language) }
        author = podcast.byline
        let line = PlainText.line(podcast.summary, limit: 220)
        teaser = line.isEmpty ? nil : line
        tags = podcast.tags.map { TagView(name: $0, chosen: chosenTag) }
        recordingIDs = podcast.recordings.map(\.id.rawValue).joined(separator: " ")
    }

    private static func isoDay(_ date: Date, _ zone: TimeZone) -> String {
        var style = Date.ISO8601FormatStyle(timeZone: zone)
        style = style.year().month().day()
        return date.formatted(style)
    }
}

extension EpisodeView.TagView {
    /// `chosen` is the tag by which the library is filtered; choosing it again ends that.
    init(name: String, chosen: String?) {
        self.name = name
        isChosen = name == chosen
        link = isChosen ? "/library" : "/library?tag=\(FormFields.encoded(name))"
    }
}
