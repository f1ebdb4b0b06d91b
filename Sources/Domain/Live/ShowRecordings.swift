import Foundation

/// The episodes that shows become: made at the end, completed by recordings that are posted.
struct ShowRecordings: Sendable {
    /// So many of the last shows are looked through for the one to which a recording belongs.
    private static let depth = 50

    let shows: LiveSessions

    /// Makes the episode that waits for a show's recording. Of an episode that is there nothing changes.
    func makeEpisode(of show: LiveSession) async throws(ChangeFailure) {
        guard let id = show.podcastID else { return }
        var host: Member?
        if let hostID = show.host { host = try await shows.directory.find(.id(hostID)) }
        var people: [String] = []
        for coHost in show.coHosts {
            if let name = try await shows.directory.find(.id(coHost))?.username { people.append(name) }
        }
        var episode = Podcast(
            id: id,
            title: show.title,
            summary: show.summary,
            authorID: show.host,
            authorName: host?.name,
            recordings: [],
            status: .awaitingRecording,
            createdAt: shows.now
        )
        episode.people = people
        episode.show = show.id
        let made = episode
        let cause = Cause(rawValue: "show:\(show.id)")
        _ = try await shows.store.podcasts.change(.id(id), cause: cause) { Change($0 ?? made) }
    }

    /// The episode of a show to which a post of the recording channel belongs; nil where it is an episode of its own.
    ///
    /// That is the one which the post names or answers, as long as it waits for its recording or for further parts; else
    /// that of the show which has ended last, within `LiveSession.recordingWindow` before the post.
    func episode(for post: RecordingPost) async throws(ChangeFailure) -> PodcastID? {
        let past = try await shows.list(.past, from: .first, limit: Self.depth).items
        if let named = post.belongsTo, let show = try await show(named, among: past), let id = show.podcastID {
            guard show.status == .ended || show.takesParts(at: post.postedAt) else { return nil }
            try await makeEpisode(of: show)
            return id
        }
        let waiting = past.filter { $0.status == .ended && $0.takesParts(at: post.postedAt) }
        let last = waiting.max { ($0.endedAt ?? .distantPast) < ($1.endedAt ?? .distantPast) }
        guard let last, let id = last.podcastID else { return nil }
        try await makeEpisode(of: last)
        // An album may be gathering in it.
        let episode = try await reading { () throws(StoreError) in try await shows.store.podcasts.find(.id(id)) }
        return episode?.recordings.isEmpty == true ? id : nil
    }

    /// The show that is meant by its announcement, by a recording of it, or by its episode.
    private func show(_ named: Podcast.Key, among past: [LiveSession]) async throws(ChangeFailure) -> LiveSession? {
        if case .post(let post) = named {
            let place = CardPlace(chat: post.channel, message: post.message)
            if let announced = past.first(where: { $0.post == place }) { return announced }
        }
        if case .id(let id) = named, let waiting = past.first(where: { $0.podcastID == id }) { return waiting }
        let episode = try await reading { () throws(StoreError) in try await shows.store.podcasts.find(named) }
        guard let show = episode?.show else { return nil }
        return try await shows.find(show)
    }

    /// Notes that an episode of a show is in the library; the host is told.
    func settle(_ podcast: Podcast) async throws(ChangeFailure) {
        guard let id = podcast.show, podcast.isHeard, let show = try await shows.find(id), show.status == .ended
        else { return }
        _ = try await record(show)
    }

    /// As `settle(_:)`, where the show's episode is in the library.
    /// - Returns: The show then; nil where its episode still waits.
    func settle(_ show: LiveSession) async throws(ChangeFailure) -> LiveSession? {
        guard let id = show.podcastID else { return nil }
        let episode = try await reading { () throws(StoreError) in try await shows.store.podcasts.find(.id(id)) }
        return episode?.isHeard == true ? try await record(show) : nil
    }

    private func record(_ show: LiveSession) async throws(ChangeFailure) -> LiveSession {
        try await shows.alter(show.id, cause: Cause(rawValue: "recorded"), telling: (.recorded, "recorded")) {
            (show, now) throws(Refusal) in
            _ = show.completeRecording(now: now)
            return []
        }
    }
}

extension LiveSession {
    /// Whether a recording that is posted at this moment may be a part of its recording without saying so. The
    /// messenger tells whole seconds.
    fileprivate func takesParts(at moment: Date) -> Bool {
        guard let endedAt else { return false }
        return endedAt.addingTimeInterval(-1) <= moment
            && moment <= endedAt.addingTimeInterval(Self.recordingWindow.seconds)
    }
}

extension Podcast {
    /// Whether members can hear it.
    fileprivate var isHeard: Bool { status == .published && !recordings.isEmpty }
}

extension LiveSessions {
    var recordings: ShowRecordings { ShowRecordings(shows: self) }
}
