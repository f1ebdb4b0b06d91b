import Foundation

/// That members are told of an episode: begun when it is published for the first time, and never begun again.
///
/// It stands in the episode, so that a crash does not end it: page after page of the members is gone through, and how
/// far that has come is kept.
public struct Announcement: Codable, Equatable, Sendable {
    /// Since when it is to be made.
    let since: Date
    /// How far it has come in the list of members, as `PageCursor.text`; nil before the first page.
    var reached: String?
    /// Whether all were told.
    var isDone = false

    init(since: Date) {
        self.since = since
    }
}

extension Podcast {
    /// Lets it be announced where it never was.
    mutating func announce(now: Date) {
        if announcement == nil { announcement = Announcement(since: now) }
    }

    /// Since when members are to be told of it; nil where that is done, or it is not published at present.
    var announcesSince: Date? {
        guard status == .published, let announcement, !announcement.isDone else { return nil }
        return announcement.since
    }
}

extension PodcastLibrary {
    /// So many members are gone through at once.
    static let announcementPage = 200
    /// Later than this nobody is told of an episode any more.
    static let announcementLifetime: Duration = .seconds(48 * 3600)

    /// Tells the next page of members of an episode.
    ///
    /// The messages are stored before the place that was reached: after a crash in between the same page is gone
    /// through once more, and who has the message already is passed over by its dedupe key. So an episode is told
    /// once to each member, however many processes do this at the same time.
    /// - Returns: Whether there are more.
    func announce(_ podcast: Podcast) async throws(ChangeFailure) -> Bool {
        guard let announcement = podcast.announcement, podcast.announcesSince != nil else { return false }
        let cursor = announcement.reached.flatMap(PageCursor.init(text:))
        let (now, expiresAt) = (clock.now, clock.after(Self.announcementLifetime))
        let page = try await reading { () throws(StoreError) in
            let start = cursor.map(PageStart.after) ?? .first
            let page = try await store.members.list(.active, from: start, limit: Self.announcementPage)
            let told = page.items.filter { $0.settings.wants(.newEpisodes) && $0.id != podcast.authorID }
            let drafts = told.compactMap { member -> OutboxDraft? in
                guard let chat = member.privateChat else { return nil }
                let notice = Notice.newEpisode(podcast.id)
                return OutboxDraft(
                    dedupeKey: "new-episode:\(podcast.id):\(member.id)",
                    chat: chat,
                    lane: .digests,
                    body: .notice(notice),
                    expiresAt: expiresAt,
                    listing: Listing(of: notice, for: member)
                )
            }
            if !drafts.isEmpty { try await store.outbox.append(drafts, now: now) }
            return page
        }
        let cause = Cause(rawValue: "announce:\(announcement.reached ?? "")")
        let after = try await store.podcasts.change(.id(podcast.id), cause: cause) { (podcast) throws(Refusal) in
            guard var podcast else { throw .notFound }
            // Another process may have been faster.
            guard podcast.announcement == announcement else { return Change(podcast) }
            podcast.announcement?.reached = page.next?.text ?? announcement.reached
            podcast.announcement?.isDone = page.next == nil
            return Change(podcast)
        }.state
        return after.announcesSince != nil
    }
}
