import Foundation

/// Counts downloads as podcasts do: one for each program at each address in 24 hours, from one minute of sound on.
///
/// Source: IAB Podcast Technical Measurement Guidelines 2.x. Requests of robots, and those that ask about a file only,
/// are not to be brought here.
public struct Downloads: Sendable {
    /// From so much sound on it is a download; a shorter episode has to be fetched whole.
    public static let least: Duration = .seconds(60)

    let store: any ClubStore
    let clock: any ClubClock

    public init(store: any ClubStore, clock: any ClubClock) {
        self.store = store
        self.clock = clock
    }

    /// A part of a recording's file was sent.
    /// - Parameters:
    ///   - bytes: How many have really left.
    ///   - fileBytes: How many the whole file has.
    ///   - length: How long the recording is; nil where that is not known: then it is taken for a minute.
    ///   - podcast: The episode.
    ///   - audience: Who has fetched it.
    ///   - cause: Names the request.
    /// - Returns: Whether this made it a download.
    /// - Throws: `.store`.
    @discardableResult
    public func sent(
        _ bytes: Int64,
        of fileBytes: Int64,
        lasting length: Duration?,
        _ podcast: PodcastID,
        to audience: DownloadAudience,
        cause: Cause
    ) async throws(ChangeFailure) -> Bool {
        guard bytes > 0, fileBytes > 0 else { return false }
        let now = clock.now
        let id = DownloadHitID(podcast, audience)
        let (settings, before) = try await reading { () throws(StoreError) in
            let before = try await store.downloadHits.find(.id(id))
            if before?.isDone(at: now) == true { return (ClubSettings(), before) }
            return (try await store.settings.find(.club) ?? ClubSettings(), before)
        }
        if before?.isDone(at: now) == true { return false }
        let length = length ?? Self.least
        let sound = Duration.milliseconds(
            Int64(Double(length.wholeMilliseconds) * Double(min(bytes, fileBytes)) / Double(fileBytes))
        )
        let change = try await store.downloadHits.change(.id(id), cause: cause) { (hit) throws(Refusal) in
            var hit = hit ?? DownloadHit(podcast, audience, now: now)
            hit.send(sound, now: now)
            return Change(hit)
        }
        let hit = change.state
        guard hit.milliseconds >= min(Self.least, length).wholeMilliseconds else { return false }
        try await count(hit, on: ClubDay(hit.since, in: settings.zone))
        return true
    }

    /// Once for each window, whoever calls it how often; only then the window is done.
    private func count(_ hit: DownloadHit, on day: ClubDay) async throws(ChangeFailure) {
        let cause = Cause(rawValue: "download:\(hit.id):\(Timestamp.milliseconds(hit.since))")
        let counted: [DownloadCountID] = [
            .episode(hit.podcast), .episode(hit.podcast, on: day), .club(on: day),
        ]
        for id in counted {
            _ = try await store.downloadCounts.change(.id(id), cause: cause) { (count) throws(Refusal) in
                var count = count ?? DownloadCount(id: id)
                count.count += 1
                return Change(count)
            }
        }
        _ = try await store.downloadHits.change(.id(hit.id), cause: cause) { (stored) throws(Refusal) in
            guard var stored else { throw .notFound }
            if stored.since == hit.since { stored.isCounted = true }
            return Change(stored)
        }
    }
}
