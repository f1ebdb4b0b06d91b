import Domain
import Foundation

/// Brings in the predecessor's shows, one after another, and joins them with the episodes that were their recordings.
///
/// The predecessor did not say who was the host of a show: only admins run those that are still to come.
struct ShowImport {
    let work: LegacyImport
    /// The episodes that name their show, by its id at the predecessor's.
    private var episodes: [String: [PodcastID]]
    private var seen: Set<LiveSessionID> = []

    init(work: LegacyImport, episodes: [String: [PodcastID]]) {
        self.work = work
        self.episodes = episodes
    }

    /// `document`: nil where it cannot be read.
    mutating func take(_ document: LegacyDocument?, _ report: inout ImportReport) async throws(ImportFault) {
        guard let document else { return report.note(.unreadable, "live_sessions") }
        let legacy = LegacyShow(document)
        guard let identity = legacy.identities.first else { return report.note(.withoutID, "live_sessions") }
        report.note(.streamKeys, identity, where: legacy.hasStreamKey)
        report.note(.listenerCounts, identity, where: legacy.hasCounters)
        let id = work.identities.show(identity)
        guard seen.insert(id).inserted else { return report.note(.doubleShows, identity) }
        let podcasts = try await podcasts(of: legacy)
        for identity in legacy.identities { episodes[identity] = nil }
        let known = try await work.naming { () throws(StoreError) in try await work.store.liveSessions.find(.id(id)) }
        if known != nil {
            report.note(.knownShows, identity)
        } else {
            guard let show = show(id, legacy, podcasts.first) else { return report.note(.missedShows, identity) }
            if !work.options.isDryRun {
                _ = try await work.change(work.store.liveSessions, .id(id), cause: "show:\(id)") { $0 ?? show }
            }
            report.note(.liveSessions, identity)
            report.note(.endedShows, identity, where: legacy.status == .live)
            report.note(.untitledShows, identity, where: legacy.title == nil)
        }
        for podcast in podcasts { try await join(podcast, with: id) }
    }

    /// Notes the links of episodes to shows that are not there.
    func end(_ report: inout ImportReport) {
        for podcast in Set(episodes.values.joined()).sorted(by: { $0.rawValue < $1.rawValue }) {
            report.note(.sessionLinks, podcast.rawValue)
        }
    }

    // MARK: Details

    /// The episodes that are its recording, as far as they are in the club; the one that it names first.
    private func podcasts(of legacy: LegacyShow) async throws(ImportFault) -> [Podcast] {
        let linked = legacy.identities.flatMap { episodes[$0] ?? [] }
        var found: [Podcast] = []
        for id in legacy.podcastIdentities.map(work.identities.podcast) + linked
        where !found.contains(where: { $0.id == id }) {
            let podcast = try await work.naming { () throws(StoreError) in try await work.store.podcasts.find(.id(id)) }
            if let podcast { found.append(podcast) }
        }
        return found
    }

    /// - Returns: nil for a show that did not take place.
    private func show(_ id: LiveSessionID, _ legacy: LegacyShow, _ podcast: Podcast?) -> LiveSession? {
        let now = work.clock.now
        guard let moment = legacy.moment else { return nil }
        let wasLive = legacy.startedAt != nil || legacy.endedAt != nil
        var status = legacy.status ?? (wasLive ? .ended : .scheduled)
        if status == .live || status == .recorded { status = .ended }
        if status == .scheduled, moment <= now { return nil }
        return LiveSession(
            imported: id,
            title: legacy.title ?? work.untitled(moment, .gmt),
            summary: legacy.summary,
            startsAt: legacy.scheduledAt ?? moment,
            plannedDuration: .seconds(legacy.minutes * 60),
            airtime: status == .ended
                ? (start: legacy.startedAt ?? moment, end: max(moment, legacy.end ?? moment)) : nil,
            recording: podcast?.id,
            isRecorded: podcast.map { !$0.recordings.isEmpty } ?? false,
            now: now
        )
    }

    private func join(_ podcast: Podcast, with id: LiveSessionID) async throws(ImportFault) {
        guard podcast.show == nil, !work.options.isDryRun else { return }
        _ = try await work.change(work.store.podcasts, .id(podcast.id), cause: "show:\(podcast.id)") { known in
            (known ?? podcast).joined(with: id)
        }
    }
}
