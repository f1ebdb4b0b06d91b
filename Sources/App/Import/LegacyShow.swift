import Domain
import Foundation

/// A show of the predecessor's collection `live_sessions`. Its `stream_key` is a secret and is not read.
struct LegacyShow: Equatable, Sendable {
    /// Of how many minutes a show is taken to be that says nothing about it.
    private static let usualMinutes = 60

    /// `id`, and MongoDB's `_id`.
    var identities: [String]
    /// Nil where it has none.
    var title: String?
    var summary: String
    /// As it was; nil where it is not said, or none of the four.
    var status: LiveSession.Status?
    var scheduledAt: Date?
    var startedAt: Date?
    var endedAt: Date?
    /// Within what a show may be planned for.
    var minutes: Int
    /// The ids of its episode.
    var podcastIdentities: [String]
    var createdAt: Date?
    var hasCounters: Bool
    var hasStreamKey: Bool

    init(_ document: LegacyDocument) {
        identities = LegacyIdentities.written(document["id"], document["_id"])
        let line = PlainText.line(document["title"].text ?? "", limit: LiveSession.titleLength)
        title = line.isEmpty ? nil : line
        summary = PlainText.paragraphs(document["description"].text ?? "", limit: LiveSession.summaryLength)
        status = Self.status(document["status"].word)
        scheduledAt = document["scheduled_at"].date
        startedAt = document["started_at"].date
        endedAt = document["ended_at"].date
        let minutes = document["duration_minutes"].wholeNumber.map { Int(clamping: $0) } ?? Self.usualMinutes
        self.minutes = min(max(minutes, LiveSession.minutes.lowerBound), LiveSession.minutes.upperBound)
        podcastIdentities = LegacyIdentities.written(document["podcast_id"])
        createdAt = document["created_at"].date
        hasCounters = document["participants_count"].isSomething
        hasStreamKey = document["stream_key"].isSomething
    }

    private static func status(_ word: String?) -> LiveSession.Status? {
        switch word {
        case "scheduled": .scheduled
        case "live": .live
        case "ended": .ended
        case "recorded": .recorded
        case .some, nil: nil
        }
    }

    /// When it was, or was to be; nil where nothing tells.
    var moment: Date? { startedAt ?? scheduledAt ?? endedAt?.addingTimeInterval(-length) ?? createdAt }

    /// When it was over, as far as that is known.
    var end: Date? { endedAt ?? moment.map { $0.addingTimeInterval(length) } }

    private var length: TimeInterval { TimeInterval(minutes * 60) }
}
