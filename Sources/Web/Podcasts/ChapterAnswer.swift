import Domain

/// A chapter of an episode as the API shows it.
struct ChapterAnswer: Encodable {
    /// Seconds from the episode's beginning.
    var startSeconds: Double
    var title: String

    init(_ chapter: Chapter) {
        startSeconds = chapter.start.seconds
        title = chapter.title
    }
}
