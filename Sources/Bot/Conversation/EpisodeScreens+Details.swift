import Domain
import Foundation

/// What a card says below the summary.
extension EpisodeScreens {
    /// So many people are named on a card, so many chapters listed.
    static let peopleCount = 10
    static let chapterCount = 12
    /// So much of a chapter's title is shown, in Unicode code points.
    static let chapterLength = 60

    /// Whom the episode names, in one line; nil without anybody.
    func people(_ podcast: Podcast) -> HTML? {
        guard !podcast.people.isEmpty else { return nil }
        let names = podcast.people.prefix(Self.peopleCount).map { "@\($0)" }.joined(separator: ", ")
        return HTML("👥 " + names + (podcast.people.count > Self.peopleCount ? "…" : ""))
    }

    /// The chapters with their beginnings, a line each; nil without any.
    func chapters(_ podcast: Podcast) -> HTML? {
        guard !podcast.chapters.isEmpty else { return nil }
        let isLong = podcast.chapters.count > Self.chapterCount
        let shown = podcast.chapters.prefix(isLong ? Self.chapterCount - 1 : Self.chapterCount)
        let lines = shown.map { chapter in
            HTML("\(Self.clock(chapter.start)) \(Self.beginning(of: chapter.title, Self.chapterLength))")
        }
        return HTML.lines(lines + (isLong ? [HTML("…")] : []))
    }
}
