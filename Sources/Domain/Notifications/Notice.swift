import Foundation

/// Everything that the club tells people on its own account, as facts. The rims put it into words.
public enum Notice: Codable, Equatable, Sendable {
    /// To admins: somebody asks to join.
    case joinRequested(MemberID)
    /// To the one who asked: an admin said yes.
    case joinApproved
    /// To the one who asked: an admin said no.
    case joinDeclined
    /// To one who is no member: they are in none of the chats through which one comes in.
    case inNoClubChat
    /// To one who was a member: they have left the chat by being in which they were one.
    case leftClubChat(ClubChat)
    /// To admins: somebody was put out of a chat for good. The club's own ban is another matter.
    case putOutOfClubChat(MemberID, ClubChat)
    /// To admins: the bot does not see any more who comes into a chat and leaves it.
    case clubChatOutOfSight(ClubChat)
    /// To the messenger, in a chat: the answer to somebody who asked to be let into it.
    case clubChatRequestAnswered(TelegramUserID, isApproved: Bool)
    /// To the admin who made an invite: somebody came in by it.
    case joinedByInvite(MemberID)
    /// To a person: an admin has banned them.
    case banned
    /// To a person: an admin has lifted the ban; they may ask to be let in.
    case unbanned
    /// To a member: an admin has given them this role.
    case roleChanged(Role)
    /// To admins: a recording was posted and is an episode now.
    case episodePublished(PodcastID)
    /// To admins: a recording was posted that is an episode already.
    case episodePostedAgain(PodcastID)
    /// To admins: a recording can be heard in the messenger only, and why.
    case recordingNotFetched(PodcastID, RecordingID)
    /// To the member who posted a recording: it can be heard in the messenger only, why, and what they can do.
    case ownRecordingMissed(PodcastID, RecordingID)
    /// To admins: what a command in the recording channel has done to an episode.
    case episodeChanged(PodcastID, EpisodeChange)
    /// To the admins' chat: the card of an episode, which takes the place of the one that is there.
    case episodeCard(PodcastID)
    /// To the owner: an update was set aside after it had failed three times.
    case updateSetAside(bot: BotName, updateID: Int64)
    /// To a member who wants it: an episode was published for the first time.
    case newEpisode(PodcastID)
    /// Something about a show; `ShowNews` says what, and to whom.
    case show(LiveSessionID, ShowNews)
    /// Something about a show's room, at this moment; `RoomTold` says what, and to whom.
    case room(LiveSessionID, RoomTold)
    /// To a member: they have reached this level.
    case levelReached(Level)
    /// To a member: they have this badge, by a rule or from an admin.
    case badgeEarned(Badge)
    /// To a member: another one thanks them.
    case thanked(ThanksID)
    /// To the messenger, in the club's group: the tag that a member bears there, as things stand at this moment.
    case levelTag(MemberID)
    /// To admins: the bot may not give tags in the club's group.
    case tagsNotAllowed
    /// To everybody whom an admin has meant: what the admin announces.
    case announcement(BroadcastID)
    /// To an admin: how far an announcement of theirs is. It takes the place of the message that is there.
    case broadcastProgress(BroadcastID)
    /// To nobody in words: the commands that the messenger offers a person may have become others.
    case menuChanged
    /// To a person who asked for it: what the club keeps about them, as a file.
    case export(MemberID)
    /// To admins: another program fetches this bot's updates.
    case secondPoller(bot: BotName)
}
