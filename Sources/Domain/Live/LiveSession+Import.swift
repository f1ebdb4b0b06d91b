import Foundation

extension LiveSession {
    /// A show that came from elsewhere, as it was there: nobody knows its host.
    /// `airtime`: when it was live; nil for one that is still to come. `podcastID`: the episode that is its recording, or
    /// waits for it. `isRecorded`: whether that one has a recording.
    public init(
        imported id: LiveSessionID,
        title: String,
        summary: String,
        startsAt: Date,
        plannedDuration: Duration,
        airtime: (start: Date, end: Date)?,
        recording podcastID: PodcastID?,
        isRecorded: Bool,
        now: Date
    ) {
        self.init(
            id: id,
            origin: "import:\(id)",
            title: title,
            summary: summary,
            host: nil,
            startsAt: Timestamp.rounded(startsAt),
            plannedDuration: plannedDuration,
            handPolicy: .everyone,
            status: airtime == nil ? .scheduled : isRecorded ? .recorded : .ended,
            createdBy: nil,
            now: now
        )
        startedAt = airtime.map { Timestamp.rounded($0.start) }
        endedAt = airtime.map { Timestamp.rounded($0.end) }
        self.podcastID = airtime == nil ? nil : podcastID
        if status == .scheduled { planReminders(now: now) }
    }
}

extension Podcast {
    /// The same as the recording of a show.
    public func joined(with show: LiveSessionID) -> Podcast {
        var podcast = self
        podcast.show = podcast.show ?? show
        return podcast
    }
}
