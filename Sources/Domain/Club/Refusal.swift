import Foundation

/// The rules said no. Each case has one phrase per language (`refusal.` + `code`) and one HTTP status.
public enum Refusal: Error, Equatable, Sendable {
    /// Nobody is signed in.
    case notSignedIn
    /// The person is no active member of the club.
    case notAMember
    /// What a live room says no to.
    case room(RoomRefusal)
    /// What a player said counts for nothing.
    case listening(BeatRefusal)
    /// The person may not come back.
    case banned
    /// The member's role does not allow it.
    case notAllowed
    /// What was asked for is not there, or not for this person to see.
    case notFound
    /// The person has asked to join and has to wait for an answer.
    case requestPending
    /// The request was declined; the person may ask anew at this moment.
    case askAgainLater(Date)
    /// Nobody decides about themselves.
    case aboutOneself
    /// Nobody decides about the owner.
    case aboutTheOwner
    /// The club takes nobody in this way at present.
    case joiningClosed
    /// The club has no group yet through which people could come in.
    case noClubGroup
    /// The messenger is being asked whether the person is in the club's channel or group; the bot tells them the answer.
    case beingChecked
    /// The invite is unknown, taken back, used up or too old.
    case inviteEnded
    /// So many people or days are too few or too many for an invite.
    case inviteOutOfRange
    /// Too many invites run already.
    case tooManyInvites
    /// The name of the time zone is not known.
    case unknownTimeZone
    /// There is no open request of this person any more.
    case nothingToDecide
    /// The owner cannot leave the club, nor be forgotten.
    case ownerStays
    /// A setting was typed in words that say none.
    case unclearSetting
    /// The person was sent their data just now; they may ask anew at this moment.
    case exportAgainLater(Date)
    /// The code that makes its bearer the owner is another one.
    case wrongClaimCode
    /// The club has an owner already.
    case alreadyClaimed
    /// The member has a Telegram account, or goes on as a member who has one.
    case alreadyLinked
    /// The Telegram account is that of the owner or an admin, which is not given to somebody else.
    case accountOfAdmin
    /// The sign-in link is unknown, used or too old.
    case linkExpired
    /// The link onto a show's stage is unknown, used, too old or another show's.
    case speakLinkExpired
    /// Words to search for are missing.
    case nothingToSearch
    /// The sign-in data do not come from Telegram.
    case signInRefused
    /// The sign-in data come from Telegram but are too old.
    case signInExpired
    /// The episode is by somebody else.
    case hasAuthor
    /// The episode has one recording only.
    case nothingToPart
    /// It was not said which episode is meant.
    case whichEpisode
    /// There are no words that could be announced.
    case nothingToAnnounce
    /// An announcement is longer than one message.
    case announcementTooLong
    /// The announcement was sent, stopped or dropped before.
    case broadcastOver
    /// The recording can be heard in the messenger only.
    case heardInMessengerOnly
    /// The recording has not been fetched yet.
    case recordingOnItsWay
    /// The badge is given by a rule, not by hand.
    case badgeIsEarned
    /// So much XP is nothing, or too much at once.
    case xpOutOfRange
    /// It was not said why.
    case reasonMissing
    /// Nobody thanks themselves.
    case thanksToOneself
    /// The member has thanked the same person for the same episode before.
    case alreadyThanked
    /// The month's thanks are given; there are new ones at this moment.
    case thanksSpent(Date)
    /// The episode is shorter than the moment that was named.
    case momentOutOfEpisode
    /// A show has to have a title.
    case titleMissing
    /// The title is longer than `LiveSession.titleLength`.
    case titleTooLong
    /// The summary is longer than `LiveSession.summaryLength`.
    case summaryTooLong
    /// A show lasts for `LiveSession.minutes`.
    case durationOutOfRange
    /// Members have no such level.
    case handLevelOutOfRange
    /// A club has one reaction at least.
    case lastReaction
    /// The moment has passed.
    case timeInThePast
    /// The moment is further ahead than `LiveSession.horizonDays`.
    case timeTooFar
    /// The words say no time.
    case unclearTime
    /// Clocks are put forward over the time: it does not exist on that day.
    case timeNotThere
    /// Clocks are put back over the time: it comes twice on that day.
    case timeTwice
    /// The host has planned too many shows already.
    case tooManyShows
    /// The show has as many co-hosts as it may have.
    case tooManyCoHosts
    /// The person is no active member, or no host where a host is needed.
    case noHost
    /// The show is live already.
    case showHasBegun
    /// The show is over.
    case showOver
    /// The show does not take place.
    case showCancelled
    /// The show has not begun.
    case showNotLive
    /// The host runs another show at this moment.
    case hostIsLive
    /// The show comes once only.
    case nothingToRepeat

    /// From when on it does not hold any more, where that is known.
    var endsAt: Date? {
        if case .askAgainLater(let moment) = self { return moment }
        if case .exportAgainLater(let moment) = self { return moment }
        if case .thanksSpent(let moment) = self { return moment }
        return nil
    }

    /// A stable name for programs.
    public var code: String {
        switch self {
        case .notSignedIn: "not_signed_in"
        case .notAMember: "not_a_member"
        case .room(let refusal): refusal.code
        case .listening(let refusal): refusal.code
        case .banned: "banned"
        case .notAllowed: "not_allowed"
        case .notFound: "not_found"
        case .requestPending: "request_pending"
        case .askAgainLater: "ask_again_later"
        case .aboutOneself: "about_oneself"
        case .aboutTheOwner: "about_the_owner"
        case .joiningClosed: "joining_closed"
        case .noClubGroup: "no_club_group"
        case .beingChecked: "being_checked"
        case .inviteEnded: "invite_ended"
        case .inviteOutOfRange: "invite_out_of_range"
        case .tooManyInvites: "too_many_invites"
        case .unknownTimeZone: "unknown_time_zone"
        case .nothingToDecide: "nothing_to_decide"
        case .ownerStays: "owner_stays"
        case .unclearSetting: "unclear_setting"
        case .exportAgainLater: "export_again_later"
        case .wrongClaimCode: "wrong_claim_code"
        case .alreadyClaimed: "already_claimed"
        case .alreadyLinked: "already_linked"
        case .accountOfAdmin: "account_of_admin"
        case .linkExpired: "link_expired"
        case .speakLinkExpired: "speak_link_expired"
        case .nothingToSearch: "nothing_to_search"
        case .signInRefused: "sign_in_refused"
        case .signInExpired: "sign_in_expired"
        case .hasAuthor: "has_author"
        case .nothingToPart: "nothing_to_part"
        case .whichEpisode: "which_episode"
        case .nothingToAnnounce: "nothing_to_announce"
        case .announcementTooLong: "announcement_too_long"
        case .broadcastOver: "broadcast_over"
        case .heardInMessengerOnly: "heard_in_messenger_only"
        case .recordingOnItsWay: "recording_on_its_way"
        case .badgeIsEarned: "badge_is_earned"
        case .xpOutOfRange: "xp_out_of_range"
        case .reasonMissing: "reason_missing"
        case .thanksToOneself: "thanks_to_oneself"
        case .alreadyThanked: "already_thanked"
        case .thanksSpent: "thanks_spent"
        case .momentOutOfEpisode: "moment_out_of_episode"
        case .titleMissing: "title_missing"
        case .titleTooLong: "title_too_long"
        case .summaryTooLong: "summary_too_long"
        case .durationOutOfRange: "duration_out_of_range"
        case .handLevelOutOfRange: "hand_level_out_of_range"
        case .lastReaction: "last_reaction"
        case .timeInThePast: "time_in_the_past"
        case .timeTooFar: "time_too_far"
        case .unclearTime: "unclear_time"
        case .timeNotThere: "time_not_there"
        case .timeTwice: "time_twice"
        case .tooManyShows: "too_many_shows"
        case .tooManyCoHosts: "too_many_co_hosts"
        case .noHost: "no_host"
        case .showHasBegun: "show_has_begun"
        case .showOver: "show_over"
        case .showCancelled: "show_cancelled"
        case .showNotLive: "show_not_live"
        case .hostIsLive: "host_is_live"
        case .nothingToRepeat: "nothing_to_repeat"
        }
    }
}
