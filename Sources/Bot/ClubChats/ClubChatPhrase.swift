import Domain

/// The phrases about coming into the club by its channel or group. Those that are messages hold Telegram's HTML.
public enum ClubChatPhrase: String, PhraseKey {
    // The ways into the club, under the greeting of strangers
    case wayRequest = "bot.start.way_request"
    /// `{title}`.
    case wayChannel = "bot.start.way_channel"
    /// `{title}`.
    case wayGroup = "bot.start.way_group"
    case wayInvite = "bot.start.way_invite"
    case wayNone = "bot.start.way_none"
    /// `{name}`.
    case checking = "bot.start.checking"
    case buttonThere = "bot.button.there"

    // What people are told
    case inNoClubChat = "bot.join.in_no_chat"
    /// `{chat}`.
    case leftClubChat = "bot.notice.left_chat"

    // What admins are told
    /// `{title}`.
    case groupSet = "bot.desk.group_set"
    /// `{title}`.
    case clubGroup = "bot.club.group"
    case noClubGroup = "bot.club.no_group"
    /// `{chat}`, `{name}`, `{handle}`.
    case putOut = "bot.notice.put_out"
    /// `{chat}`, `{name}`, `{handle}`, `{id}`.
    case putOutMember = "bot.notice.put_out_member"
    /// `{chat}`.
    case outOfSight = "bot.notice.out_of_sight"

    // The chats, at the beginning of a sentence
    case clubChatChannel = "bot.chat.channel"
    case clubChatGroup = "bot.chat.group"

    /// What a chat is called.
    static func name(of clubChat: ClubChat) -> ClubChatPhrase {
        switch clubChat {
        case .channel: .clubChatChannel
        case .group: .clubChatGroup
        }
    }
}
