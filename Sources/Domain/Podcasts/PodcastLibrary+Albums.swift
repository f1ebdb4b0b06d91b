import Foundation

/// Albums: posts that make one episode together.
extension PodcastLibrary {
    /// Publishes the albums to which nothing has come for `Album.patience`; the admins are told. Members are told of
    /// what was published for the first time.
    ///
    /// What is gathering stands in the store, so an album of before a crash is completed after it. So is the parting of
    /// an episode.
    /// - Returns: When the next one is complete; nil where none is gathering or to be told.
    public func completeAlbums() async throws(ChangeFailure) -> Date? {
        let incomplete = try await reading { () throws(StoreError) in try await store.podcasts.incomplete(limit: 50) }
        let now = clock.now
        var next: Date?
        for podcast in incomplete {
            _ = try await finishParting(of: podcast)
            if try await announce(podcast) { next = now }
            guard let end = podcast.album?.gathersUntil else { continue }
            if end <= now {
                try await complete(podcast.id, end: end)
            } else {
                next = min(next ?? end, end)
            }
        }
        return next
    }

    private func complete(_ id: PodcastID, end: Date) async throws(ChangeFailure) {
        let desk = try await desk()
        let now = clock.now
        let cause = Cause(rawValue: "album:\(id):\(Timestamp.milliseconds(end))")
        let completed = try await store.podcasts.change(.id(id), cause: cause) { (podcast) throws(Refusal) in
            guard var podcast else { throw .notFound }
            // A part may have come since.
            guard podcast.album?.gathersUntil == end else { return Change(podcast) }
            podcast.finishGathering(now: now)
            return Change(podcast, outbox: desk.published(podcast, cause))
        }.state
        try await shows.recordings.settle(completed)
    }
}

extension Podcast {
    /// Makes an album that was gathering an episode of the library, listed by the moment of its first post.
    mutating func finishGathering(now: Date) {
        album?.gathersUntil = nil
        guard status == .draft || (status == .awaitingRecording && album != nil) else { return }
        status = .published
        announce(now: now)
        updatedAt = now
        publishedAt = album?.parts.first.map { part in
            RecordingReception.moment(of: part.message, postedAt: part.postedAt)
        }
    }
}
