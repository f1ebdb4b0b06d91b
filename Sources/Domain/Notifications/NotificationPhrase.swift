/// What the entries of a member's list say, in plain text.
public enum NotificationPhrase: String, PhraseKey {
    /// `{name}`.
    case joinRequested = "notification.join_requested"
    case joinApproved = "notification.join_approved"
    case joinDeclined = "notification.join_declined"
    /// `{name}`.
    case joinedByInvite = "notification.joined_by_invite"
    case leftChannel = "notification.left_channel"
    case leftGroup = "notification.left_group"
    /// `{name}`.
    case putOut = "notification.put_out"
    case outOfSightChannel = "notification.out_of_sight_channel"
    case outOfSightGroup = "notification.out_of_sight_group"
    case banned = "notification.banned"
    case unbanned = "notification.unbanned"
    case roleMember = "notification.role_member"
    case roleHost = "notification.role_host"
    case roleAdmin = "notification.role_admin"
    case roleOwner = "notification.role_owner"
    /// `{title}`, as all that are about an episode.
    case newEpisode = "notification.new_episode"
    case episodePublished = "notification.episode_published"
    case episodePostedAgain = "notification.episode_posted_again"
    case recordingNotFetched = "notification.recording_not_fetched"
    case episodeUnpublished = "notification.episode_unpublished"
    case episodeParted = "notification.episode_parted"
    /// `{title}`, as all that are about a show.
    case showStarted = "notification.show_started"
    case showReminder = "notification.show_reminder"
    case showMoved = "notification.show_moved"
    case showCancelled = "notification.show_cancelled"
    case showEnded = "notification.show_ended"
    case showRecorded = "notification.show_recorded"
    case showWithoutRecording = "notification.show_without_recording"
    case showMissed = "notification.show_missed"
    /// `{id}`.
    case updateSetAside = "notification.update_set_aside"
    case secondPoller = "notification.second_poller"
    /// `{level}`: its number.
    case levelReached = "notification.level_reached"
    case badgeEarned = "notification.badge_earned"
    /// `{name}`, `{title}`.
    case thanked = "notification.thanked"
    case tagsNotAllowed = "notification.tags_not_allowed"
    /// `{text}`.
    case announcement = "notification.announcement"
    /// Stands for a person, an episode or an announcement that is not known any more.
    case gone = "notification.gone"
}

extension NotificationList.Line {
    /// A stable name of what was told, for programs, such as `new_episode`.
    public var kind: String {
        String(notification.notice.listPhrase.rawValue.split(separator: ".", maxSplits: 1).last ?? "")
    }
}

extension Phrasebook {
    /// What an entry of a member's list says, in plain text of one or more lines.
    public func text(_ line: NotificationList.Line, _ language: Language) -> String {
        let gone = text(NotificationPhrase.gone, language)
        var arguments = [
            "name": line.person ?? gone, "title": line.title ?? gone, "text": line.announcement ?? gone,
        ]
        if case .updateSetAside(_, let id) = line.notification.notice { arguments["id"] = "\(id)" }
        if case .levelReached(let level) = line.notification.notice { arguments["level"] = "\(level.rawValue)" }
        return text(line.notification.notice.listPhrase, language, arguments)
    }
}

extension Notice {
    /// What it says in a list. Those that stand in none say that they are gone.
    fileprivate var listPhrase: NotificationPhrase {
        switch self {
        case .joinRequested: .joinRequested
        case .joinApproved: .joinApproved
        case .joinDeclined: .joinDeclined
        case .joinedByInvite: .joinedByInvite
        case .leftClubChat(let clubChat): clubChat == .channel ? .leftChannel : .leftGroup
        case .putOutOfClubChat: .putOut
        case .clubChatOutOfSight(let clubChat): clubChat == .channel ? .outOfSightChannel : .outOfSightGroup
        case .banned: .banned
        case .unbanned: .unbanned
        case .roleChanged(.member): .roleMember
        case .roleChanged(.host): .roleHost
        case .roleChanged(.admin): .roleAdmin
        case .roleChanged(.owner): .roleOwner
        case .newEpisode: .newEpisode
        case .episodePublished, .episodeChanged(_, .published): .episodePublished
        case .episodePostedAgain: .episodePostedAgain
        case .recordingNotFetched, .ownRecordingMissed: .recordingNotFetched
        case .episodeChanged(_, .unpublished): .episodeUnpublished
        case .episodeChanged(_, .parted): .episodeParted
        case .updateSetAside: .updateSetAside
        case .secondPoller: .secondPoller
        case .levelReached: .levelReached
        case .badgeEarned: .badgeEarned
        case .announcement: .announcement
        case .thanked: .thanked
        case .tagsNotAllowed: .tagsNotAllowed
        case .show(_, .started): .showStarted
        case .show(_, .reminder): .showReminder
        case .show(_, .moved): .showMoved
        case .show(_, .cancelled): .showCancelled
        case .show(_, .ended): .showEnded
        case .show(_, .recorded): .showRecorded
        case .show(_, .withoutRecording): .showWithoutRecording
        case .show(_, .missed): .showMissed
        case .show(_, .post), .show(_, .endedPost): .gone
        case .inNoClubChat, .clubChatRequestAnswered, .episodeCard, .menuChanged, .export, .broadcastProgress, .room,
            .levelTag:
            .gone
        }
    }
}
