import Domain
import Foundation

/// An episode of the predecessor's collection `podcasts`.
struct LegacyPodcast: Equatable, Sendable {
    /// Fields by which the collection is recognised.
    static let fields: Set<String> = [
        "title", "description", "author_id", "author_name", "author", "audio_url", "duration", "tags", "visibility",
        "live_session_id", "session_id", "telegram_message_id", "cover_image", "created_at", "published_at",
    ]
    /// Longer than this no recording is.
    private static let longest = 7 * 86_400.0

    /// `id`, and MongoDB's `_id`.
    var identities: [String]
    /// Nil where it has none; at most `EpisodeCaption.titleLength` long.
    var title: String?
    var summary: String
    var tags: [String]
    /// As it was shown before; nil where that is not known.
    var status: Podcast.Status?
    var isPublic: Bool
    var duration: Duration?
    /// Where its file was: a path or an address.
    var audio: String?
    /// The number of its post in the recording channel.
    var message: Int64?
    /// The author's ids, as `LegacyUser.identities` has them.
    var authorIdentities: [String]
    var authorName: String?
    var createdAt: Date?
    var publishedAt: Date?
    var hasCover: Bool
    var hasCounters: Bool
    /// The ids of the show that it is the recording of.
    var showIdentities: [String]

    init(_ document: LegacyDocument) {
        identities = LegacyIdentities.written(document["id"], document["_id"])
        let line = PlainText.line(document["title"].text ?? "", limit: EpisodeCaption.titleLength)
        title = line.isEmpty ? nil : line
        summary = PlainText.paragraphs(document["description"].text ?? "", limit: EpisodeCaption.summaryLength)
        tags = Self.tags(document["tags"])
        status = Self.status(document["status"].word)
        isPublic = (document["visibility"].word ?? "public") == "public"
        duration = document["duration"].number.flatMap { seconds in
            seconds > 0 && seconds <= Self.longest ? .milliseconds(Int64((seconds * 1000).rounded())) : nil
        }
        audio = document["audio_url"].text
        message = document["telegram_message_id"].wholeNumber.flatMap { $0 > 0 ? $0 : nil }
        let author = document["author"].document ?? LegacyDocument()
        authorIdentities = LegacyIdentities.written(document["author_id"], author["id"], author["_id"])
        let names = [document["author_name"], author["name"], document["author"], author["username"]]
        authorName = names.lazy.compactMap(\.text).map { PlainText.line($0, limit: 128) }.first { !$0.isEmpty }
        createdAt = document["created_at"].date
        publishedAt = document["published_at"].date
        hasCover = document["cover_image"].isSomething
        hasCounters = document.fields.contains { Self.isCounter($0.key) && $0.value.isSomething }
        showIdentities = LegacyIdentities.written(document["live_session_id"], document["session_id"])
    }

    /// What is neither published nor a draft is kept, unseen. Nil where it is not said.
    private static func status(_ word: String?) -> Podcast.Status? {
        switch word {
        case "published": .published
        case "draft": .draft
        case .some: .unpublished
        case nil: nil
        }
    }

    /// A list, or one text with commas or # between them. Several words of one tag are joined by _.
    private static func tags(_ value: LegacyValue) -> [String] {
        let texts = value.list?.compactMap(\.text) ?? value.text.map { [$0] } ?? []
        let parts = texts.flatMap { $0.split { $0 == "," || $0 == ";" || $0 == "#" } }
        let words = parts.map { part in
            part.split { $0.isWhitespace || $0 == "-" }.joined(separator: "_")
        }
        return EpisodeCaption.tags(words)
    }

    private static func isCounter(_ name: String) -> Bool {
        name.hasSuffix("_count")
            || ["plays", "listens", "views", "likes", "shares", "downloads", "comments", "reactions"].contains(name)
    }
}
