import Foundation

/// Parting an episode of several recordings into as many episodes.
extension PodcastLibrary {
    /// Makes every recording of an episode but the first an episode of its own, with the words of its own post where
    /// it has some. The first one stays what it is.
    ///
    /// A recording is never in two episodes. Between leaving the one and arriving in the other it is kept in the first,
    /// from where `completeAlbums` brings it on its way after a crash.
    /// - Returns: The episodes in the order of their recordings.
    /// - Throws: `.notFound`; `.notAllowed` where `editor` may not change it; `.nothingToPart` where it has one
    ///   recording.
    public func part(
        _ key: Podcast.Key,
        by editor: Editor,
        cause: Cause
    ) async throws(ChangeFailure) -> [Podcast] {
        let count = try await find(key)?.recordings.count ?? 0
        let newIDs = (0..<count).map { _ in ids.next(PodcastID.self) }
        let now = clock.now
        let parted = EpisodeChange.parted(into: count)
        let podcast = try await edit(key, by: editor, .episodeParted, [.to: "\(count)"], cause: cause, telling: parted)
        {
            (podcast) throws(Refusal) in
            guard podcast.recordings.count > 1 else { throw .nothingToPart }
            podcast.finishGathering(now: now)
            podcast.departures += zip(podcast.recordings, newIDs).enumerated().dropFirst().map { index, pair in
                podcast.departure(of: pair.0, as: pair.1, number: index + 1)
            }
            podcast.recordings = Array(podcast.recordings.prefix(1)) + podcast.recordings.dropFirst(newIDs.count)
            podcast.album?.isSplit = true
            let left = podcast.recordings.flatMap(\.posts)
            podcast.album?.keepParts { message in left.contains { $0.message == message } }
        }
        return [podcast] + (try await finishParting(of: podcast))
    }

    /// Lets the recordings that left an episode arrive in their own.
    /// - Returns: The episodes that they are now.
    func finishParting(of podcast: Podcast) async throws(ChangeFailure) -> [Podcast] {
        guard let last = podcast.departures.last else { return [] }
        var episodes: [Podcast] = []
        for departure in podcast.departures {
            if let episode = try await arrive(departure, from: podcast) { episodes.append(episode) }
        }
        let cause = Cause(rawValue: "parted:\(last.podcastID)")
        _ = try await store.podcasts.change(.id(podcast.id), cause: cause) { (podcast) throws(Refusal) in
            guard var podcast else { throw .notFound }
            podcast.departures = []
            return Change(podcast)
        }
        return episodes
    }

    /// - Returns: nil where the recording has become an episode in another way meanwhile.
    private func arrive(
        _ departure: Departure,
        from podcast: Podcast
    ) async throws(ChangeFailure) -> Podcast? {
        let desk = try await desk()
        let episode = departure.episode(of: podcast, now: clock.now)
        let cause = Cause(rawValue: "parted:\(departure.podcastID)")
        do throws(ChangeFailure) {
            return try await store.podcasts.change(.id(departure.podcastID), cause: cause) { known in
                known.map { Change($0) } ?? Change(episode, outbox: desk.progress(of: episode, cause))
            }.state
        } catch .store(.conflict) {
            return nil
        }
    }
}

extension Podcast {
    fileprivate func departure(of recording: Recording, as id: PodcastID, number: Int) -> Departure {
        let part = recording.posts.lazy.compactMap { album?.part($0.message) }.first
        return Departure(
            podcastID: id,
            recording: recording,
            title: "\(title) (\(number))",
            caption: part?.caption ?? "",
            signature: part?.signature ?? signature,
            publishedAt: publishedAt.map { first in
                part.map { RecordingReception.moment(of: $0.message, postedAt: $0.postedAt) }
                    ?? first.addingTimeInterval(Double(number) / 1000)
            },
            revisedAt: part?.revisedAt
        )
    }
}

extension Departure {
    fileprivate func episode(of podcast: Podcast, now: Date) -> Podcast {
        var episode = Podcast(
            id: podcastID,
            title: title,
            signature: signature,
            authorID: podcast.authorID,
            authorName: podcast.authorName,
            recordings: [recording],
            status: podcast.status,
            createdAt: now,
            publishedAt: publishedAt
        )
        EpisodeCaption(parsing: caption).write(into: &episode, titleWithoutWords: title)
        episode.revisedAt = revisedAt ?? podcast.revisedAt
        return episode
    }
}
