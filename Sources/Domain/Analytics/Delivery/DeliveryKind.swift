/// What kinds of messages are told apart where their delivery is counted. The names are stored.
public enum DeliveryKind: String, Codable, CaseIterable, Sendable {
    /// What somebody asked the bot for.
    case answers
    /// Who comes in, goes, may do what.
    case people
    /// What becomes of recordings, to those who see to them.
    case recordings
    case episodes
    /// That a show has begun.
    case showStarts = "show_starts"
    case reminders
    /// What else there is to say about a show, its post in the channel included.
    case shows
    /// What happens in a show's room.
    case rooms
    case announcements
    /// A new level or badge.
    case progress
    /// How the bot itself runs.
    case upkeep
}

extension OutboxDraft {
    /// As what its delivery is counted.
    var deliveryKind: DeliveryKind {
        switch body {
        case .notice(let notice): notice.deliveryKind
        case .prepared: .answers
        }
    }
}

extension Notice {
    fileprivate var deliveryKind: DeliveryKind {
        switch self {
        case .joinRequested, .joinApproved, .joinDeclined, .inNoClubChat, .leftClubChat, .putOutOfClubChat,
            .clubChatOutOfSight, .clubChatRequestAnswered, .joinedByInvite, .banned, .unbanned, .roleChanged,
            .thanked:
            .people
        case .episodePublished, .episodePostedAgain, .recordingNotFetched, .ownRecordingMissed, .episodeChanged,
            .episodeCard:
            .recordings
        case .newEpisode: .episodes
        case .show(_, let news): news.deliveryKind
        case .room: .rooms
        case .announcement: .announcements
        case .levelReached, .badgeEarned: .progress
        case .export: .answers
        case .updateSetAside, .secondPoller, .menuChanged, .broadcastProgress, .levelTag, .tagsNotAllowed: .upkeep
        }
    }
}

extension ShowNews {
    fileprivate var deliveryKind: DeliveryKind {
        switch self {
        case .started: .showStarts
        case .reminder: .reminders
        case .post, .endedPost, .moved, .cancelled, .ended, .recorded, .withoutRecording, .missed: .shows
        }
    }
}
