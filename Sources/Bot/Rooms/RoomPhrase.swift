import Domain

/// The phrases about coming into the club by its channel or group. Those that are messages hold Telegram's HTML.
public enum RoomPhrase: String, PhraseKey {
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
    case inNoRoom = "bot.join.in_no_room"
    /// `{room}`.
    case leftRoom = "bot.notice.left_room"

    // What admins are told
    /// `{title}`.
    case groupSet = "bot.desk.group_set"
    /// `{title}`.
    case clubGroup = "bot.club.group"
    case noClubGroup = "bot.club.no_group"
    /// `{room}`, `{name}`, `{handle}`.
    case putOut = "bot.notice.put_out"
    /// `{room}`, `{name}`, `{handle}`, `{id}`.
    case putOutMember = "bot.notice.put_out_member"
    /// `{room}`.
    case outOfSight = "bot.notice.out_of_sight"

    // The rooms, at the beginning of a sentence
    case roomChannel = "bot.room.channel"
    case roomGroup = "bot.room.group"

    /// What a room is called.
    static func name(of room: ClubRoom) -> RoomPhrase {
        switch room {
        case .channel: .roomChannel
        case .group: .roomGroup
        }
    }
}
