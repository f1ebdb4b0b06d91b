extension PodcastLibrary {
    /// Episodes with a stored file that is still to be looked into, the newest first.
    public func recordingsToPrepare(limit: Int) async throws(StoreError) -> [Podcast] {
        try await store.podcasts.withRecordingsToPrepare(limit: limit)
    }

    /// Writes down what a look into a recording's file has shown.
    ///
    /// A posted file without any sound is not offered on the site: the recording stays where it was posted; the admins
    /// and its poster are told.
    /// `file`: the file of which this is known. Nothing changes where the recording has got another one meanwhile.
    public func note(
        _ result: PreparationResult,
        of id: RecordingID,
        file: MediaKey,
        cause: Cause
    ) async throws(ChangeFailure) -> Podcast {
        let desk = try await result == .originalOnly(.notSound) ? desk(about: .recording(id)) : desk()
        let now = clock.now
        return try await store.podcasts.change(.recording(id), cause: cause) { (podcast) throws(Refusal) in
            guard var podcast, let index = podcast.recordings.firstIndex(where: { $0.id == id }) else {
                throw .notFound
            }
            guard podcast.recordings[index].fileToPrepare == file else { return Change(podcast) }
            podcast.updatedAt = now
            switch result {
            case .ready(let rendition, let duration):
                podcast.recordings[index].preparation = .ready(rendition)
                podcast.recordings[index].duration = duration
            case .originalOnly(.notSound) where !podcast.recordings[index].posts.isEmpty:
                podcast.recordings[index].media = .messengerOnly(.notSound)
                return Change(podcast, outbox: desk.progress(of: podcast, cause) + desk.missed(id, podcast, cause))
            case .originalOnly(let reason):
                podcast.recordings[index].preparation = .originalOnly(reason)
            }
            return Change(podcast)
        }.state
    }
}
