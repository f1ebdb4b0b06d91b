import Foundation

/// That a message stands in somebody's list of notifications.
public struct Listing: Codable, Equatable, Sendable {
    public var reader: MemberID
    /// Whether it is sent as well. Not, where a bot cannot write to the reader: then it only stands in the list.
    public var isSent: Bool

    public init(reader: MemberID, isSent: Bool) {
        self.reader = reader
        self.isSent = isSent
    }

    /// - Returns: nil where the notice belongs into no list, or its reader does not want to be told such things.
    public init?(of notice: Notice, for member: Member) {
        guard notice.isListed, notice.kind.map(member.settings.wants) ?? true else { return nil }
        self.init(reader: member.id, isSent: member.isReachable)
    }
}

extension Notice {
    /// Whether it stands in its reader's list: everything that the club tells a person on its own account. Answers,
    /// cards that change and what says nothing in words do not.
    public var isListed: Bool {
        switch self {
        case .joinRequested, .joinApproved, .joinDeclined, .leftClubChat, .putOutOfClubChat, .clubChatOutOfSight,
            .joinedByInvite, .banned, .unbanned, .roleChanged, .episodePublished, .episodePostedAgain,
            .recordingNotFetched, .episodeChanged, .updateSetAside, .secondPoller, .newEpisode, .announcement,
            .ownRecordingMissed, .levelReached, .badgeEarned, .thanked, .tagsNotAllowed:
            true
        case .show(_, let news):
            news != .post && news != .endedPost
        case .inNoClubChat, .clubChatRequestAnswered, .episodeCard, .menuChanged, .export, .broadcastProgress, .room,
            .levelTag:
            false
        }
    }
}

extension OutboxDraft {
    /// Whether a message is sent, and not only listed.
    public var isSent: Bool { listing?.isSent ?? true }

    /// The entry of its reader's list, from this moment on; nil where it stands in none.
    public func notification(at now: Date) -> MemberNotification? {
        guard let listing, case .notice(let notice) = body else { return nil }
        return MemberNotification(
            id: NotificationID(dedupeKey: dedupeKey),
            member: listing.reader,
            notice: notice,
            createdAt: now
        )
    }

    /// What is kept of it in the outbox.
    public var unlisted: OutboxDraft {
        var draft = self
        draft.listing = nil
        return draft
    }
}
