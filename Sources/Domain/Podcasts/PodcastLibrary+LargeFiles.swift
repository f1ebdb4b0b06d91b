/// Recordings that were too large for the messenger, in a club that has got a server of its own since.
extension PodcastLibrary {
    /// So many episodes are looked through at a time.
    private static let largePage = 200

    /// Lets recordings be fetched that were too large to be, each once: what the server refuses as well is left then,
    /// until it is posted again.
    ///
    /// It goes through the whole library, page by page. Doing it again does nothing more.
    /// - Parameter limit: What is announced as larger, in bytes, is left as it is.
    /// - Throws: `.store` only; what was done until then stays done.
    public func fetchLargeRecordings(upTo limit: Int64) async throws(ChangeFailure) {
        for status in Podcast.Status.allCases {
            var next: PageStart? = .first
            while let start = next {
                let page = try await reading { () throws(StoreError) in
                    try await store.podcasts.list(PodcastQuery(status: status), from: start, limit: Self.largePage)
                }
                for podcast in page.items where podcast.recordings.contains(where: { $0.isToBeAskedWhole(limit) }) {
                    try await askWhole(podcast.id, upTo: limit)
                }
                next = page.next.map(PageStart.after)
            }
        }
    }

    private func askWhole(_ id: PodcastID, upTo limit: Int64) async throws(ChangeFailure) {
        let desk = try await desk()
        let now = clock.now
        let cause = Cause(rawValue: "large-again:\(id):\(Timestamp.milliseconds(now))")
        _ = try await store.podcasts.change(.id(id), cause: cause) { (podcast) throws(Refusal) in
            guard let known = podcast, var podcast else { throw .notFound }
            for index in podcast.recordings.indices where podcast.recordings[index].isToBeAskedWhole(limit) {
                podcast.recordings[index].isAskedWhole = true
                podcast.recordings[index].media = .awaited
            }
            guard podcast != known else { return Change(podcast) }
            podcast.updatedAt = now
            return Change(podcast, outbox: desk.progress(of: podcast, cause))
        }
    }
}

extension Recording {
    fileprivate func isToBeAskedWhole(_ limit: Int64) -> Bool {
        media == .messengerOnly(.tooLarge) && isAskedWhole == nil && !fileIDs.isEmpty && announcedBytes ?? 0 <= limit
    }
}
