import Foundation

/// What a member was told, for that member to read: in the bot and on the site, with one state of being read.
public struct NotificationList: Sendable {
    /// An entry with what is needed to put it into words. All of it as things stand today.
    public struct Line: Equatable, Sendable {
        public var notification: MemberNotification
        /// The name of the person whom it is about; nil where there is none any more.
        public var person: String?
        /// The episode that it is about; nil where there is none, or it is not to be seen any more.
        public var podcast: PodcastID?
        public var title: String?
        /// What was announced.
        public var announcement: String?

        public var isUnread: Bool { notification.readAt == nil }
    }

    private let store: any ClubStore
    private let clock: any ClubClock

    public init(store: any ClubStore, clock: any ClubClock) {
        self.store = store
        self.clock = clock
    }

    /// A part of a member's list, the newest first.
    public func lines(
        of member: Member,
        after cursor: PageCursor?,
        limit: Int
    ) async throws(ChangeFailure) -> Page<Line> {
        try await reading { () throws(StoreError) in
            let page = try await store.notifications.list(of: member.id, after: cursor, limit: limit)
            var lines: [Line] = []
            for notification in page.items { lines.append(try await line(notification)) }
            return Page(items: lines, next: page.next)
        }
    }

    public func unread(of member: Member) async throws(ChangeFailure) -> Int {
        try await reading { () throws(StoreError) in try await store.notifications.unread(of: member.id) }
    }

    /// Marks one entry as read; one that is read already stays so.
    /// - Throws: `.notFound` where the member has no such entry.
    public func read(_ id: NotificationID, by member: Member) async throws(ChangeFailure) {
        let now = clock.now
        let isThere = try await reading { () throws(StoreError) in
            try await store.notifications.read(id, of: member.id, now: now)
        }
        guard isThere else { throw .refused(.notFound) }
    }

    /// Marks all that the member was told up to now as read.
    public func readAll(by member: Member) async throws(ChangeFailure) {
        let now = clock.now
        try await reading { () throws(StoreError) in try await store.notifications.readAll(of: member.id, now: now) }
    }

    private func line(_ notification: MemberNotification) async throws(StoreError) -> Line {
        var line = Line(notification: notification)
        switch notification.notice {
        case .joinRequested(let id), .joinedByInvite(let id), .putOutOfClubChat(let id, _):
            line.person = try await store.members.find(.id(id))?.name
        case .episodePublished(let id), .episodePostedAgain(let id), .recordingNotFetched(let id, _),
            .ownRecordingMissed(let id, _),
            .episodeChanged(let id, _), .newEpisode(let id), .episodeCard(let id):
            let podcast = try await store.podcasts.find(.id(id))
            line.title = podcast?.title
            line.podcast = podcast?.status == .published ? id : nil
        case .show(let id, let news):
            let show = try await store.liveSessions.find(.id(id))
            line.title = show?.title
            if news == .recorded { line.podcast = show?.podcastID }
        case .thanked(let id):
            guard let thanks = try await store.thanks.find(.id(id)) else { break }
            line.person = try await store.members.find(.id(thanks.from))?.name
            let podcast = try await store.podcasts.find(.id(thanks.podcast))
            line.title = podcast?.title
            line.podcast = podcast?.status == .published ? thanks.podcast : nil
        case .announcement(let id):
            line.announcement = try await store.broadcasts.find(.id(id))?.text.text
        case .joinApproved, .joinDeclined, .inNoClubChat, .leftClubChat, .clubChatOutOfSight,
            .clubChatRequestAnswered, .banned, .unbanned, .roleChanged, .updateSetAside, .menuChanged, .export,
            .secondPoller, .broadcastProgress, .room, .levelReached, .badgeEarned, .levelTag, .tagsNotAllowed:
            break
        }
        return line
    }
}
