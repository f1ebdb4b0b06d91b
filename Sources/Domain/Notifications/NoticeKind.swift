/// What somebody may want to be told about, or not. Everything else concerns the person so closely, or the running of
/// the club, that nobody is asked.
public enum NoticeKind: String, Codable, CaseIterable, Sendable {
    /// A new episode.
    case newEpisodes = "new_episodes"
    /// That a show has begun.
    case liveShows = "live_shows"
    /// A new level, a new badge.
    case progress
    /// Who wants to come in, and who came by an invite.
    case joining
    /// What became of recordings, where there is no admins' chat.
    case recordings

    /// Whom it is offered to.
    public var leastRole: Role {
        switch self {
        case .newEpisodes, .liveShows, .progress: .member
        case .joining, .recordings: .admin
        }
    }

    /// Whether those who have not chosen are told. Members see the posts in the recording channel already, and a bot
    /// that writes unasked is blocked; an admin who is not told cannot do their work, and a show waits for nobody.
    public var isWantedUnasked: Bool {
        switch self {
        case .newEpisodes: false
        case .joining, .recordings, .liveShows, .progress: true
        }
    }
}

extension Notice {
    /// What its recipient may have chosen not to be told; nil where it is told whatever they chose.
    public var kind: NoticeKind? {
        switch self {
        case .newEpisode: .newEpisodes
        case .show(_, let news): news.kind
        case .levelReached, .badgeEarned: .progress
        case .joinRequested, .joinedByInvite, .putOutOfClubChat: .joining
        case .episodePublished, .episodePostedAgain, .recordingNotFetched, .episodeChanged: .recordings
        case .joinApproved, .joinDeclined, .banned, .unbanned, .roleChanged, .episodeCard, .updateSetAside,
            .secondPoller, .menuChanged, .export, .inNoClubChat, .leftClubChat, .clubChatOutOfSight,
            .clubChatRequestAnswered, .announcement, .broadcastProgress, .ownRecordingMissed, .room,
            .thanked, .levelTag, .tagsNotAllowed:
            nil
        }
    }
}
