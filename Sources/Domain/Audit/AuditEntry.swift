import Foundation

public struct AuditID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Who did what to whom or what, and when. Written together with the change itself; never changed afterwards.
///
/// It holds ids and settings, no names and no secrets: what a person asks to be forgotten is not in it.
public struct AuditEntry: Codable, Equatable, Sendable, Identifiable {
    /// Unique. Drawn before the change, so that a store which writes an entry twice keeps one.
    public let id: AuditID
    public let at: Date
    /// Nil where whoever runs the machine did it, or the program by its own rules.
    public let actor: MemberID?
    public let action: AuditAction
    public let subject: AuditSubject
    /// What else is worth knowing, by the names of `AuditDetail`.
    public let details: [String: String]

    public init(
        id: AuditID,
        at: Date,
        actor: MemberID?,
        action: AuditAction,
        subject: AuditSubject,
        details: [AuditDetail: String] = [:]
    ) {
        self.id = id
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.details = Dictionary(uniqueKeysWithValues: details.map { ($0.key.rawValue, $0.value) })
    }
}

/// What was done. The raw values are stored, and shown by the API.
public enum AuditAction: String, Codable, CaseIterable, Sendable {
    case joinApproved = "join_approved"
    case joinDeclined = "join_declined"
    /// A person who came from elsewhere was joined with their Telegram account.
    case memberLinked = "member_linked"
    case clubClaimed = "club_claimed"
    case memberBanned = "member_banned"
    case memberUnbanned = "member_unbanned"
    /// They left of their own will; `from` is their role.
    case memberLeft = "member_left"
    /// They were sent what the club keeps about them.
    case dataExported = "data_exported"
    /// They were forgotten as they had asked.
    case memberForgotten = "member_forgotten"
    /// `from` and `to` are roles.
    case roleChanged = "role_changed"
    /// An update that had been set aside was handed back for being handled.
    case updateRetried = "update_retried"
    case updateDiscarded = "update_discarded"
    /// `to` is how many people it may let in.
    case inviteMade = "invite_made"
    case inviteRevoked = "invite_revoked"
    case inviteUsed = "invite_used"
    /// Let in for being in the club's channel or group; `to` is which.
    case clubChatEntered = "chat_entered"
    /// No member any more, for being in neither; `from` is which it was.
    case clubChatLeft = "chat_left"
    /// `to` is when it is to begin.
    case showScheduled = "show_scheduled"
    case showEdited = "show_edited"
    /// `from` and `to` are when it was and is to begin.
    case showMoved = "show_moved"
    /// `to` is what of a weekly show is meant.
    case showCancelled = "show_cancelled"
    case showStarted = "show_started"
    case showEnded = "show_ended"
    /// `to` is who.
    case coHostAdded = "co_host_added"
    /// `from` is who.
    case coHostRemoved = "co_host_removed"
    /// `to` is to whom it went.
    case broadcastSent = "broadcast_sent"
    case broadcastStopped = "broadcast_stopped"
    /// `setting`, `from` and `to`.
    case settingsChanged = "settings_changed"
    case episodePublished = "episode_published"
    case episodeUnpublished = "episode_unpublished"
    /// Its recordings are episodes of their own now; `to` is how many.
    case episodeParted = "episode_parted"
    /// Somebody has said that it is theirs.
    case episodeClaimed = "episode_claimed"
    /// It got other words by hand.
    case episodeRewritten = "episode_rewritten"
    case episodeCoverSet = "episode_cover_set"
    /// A member got a badge by an admin's hand; `to` is which.
    case badgeGiven = "badge_given"
    /// It was taken back; `to` is which.
    case badgeTaken = "badge_taken"
    /// `to` is how much XP.
    case xpCorrected = "xp_corrected"
}

/// To whom or what it was done.
public enum AuditSubject: Codable, Equatable, Sendable {
    case member(MemberID)
    case club
    /// What a bot received under this number.
    case update(BotName, Int64)
    case invite(InviteID)
    case show(LiveSessionID)
    case broadcast(BroadcastID)
    case episode(PodcastID)

    /// A stable name of its kind, for programs.
    public var kind: String {
        switch self {
        case .member: "member"
        case .club: "club"
        case .update: "update"
        case .invite: "invite"
        case .show: "show"
        case .broadcast: "broadcast"
        case .episode: "episode"
        }
    }

    /// Which one it was, as text; nil where there is only one of its kind.
    public var id: String? {
        switch self {
        case .member(let id): id.rawValue
        case .club: nil
        case .update(let bot, let number): "\(bot) \(number)"
        case .invite(let id): id.rawValue
        case .show(let id): id.rawValue
        case .broadcast(let id): id.rawValue
        case .episode(let id): id.rawValue
        }
    }
}

/// What an entry may say besides.
public enum AuditDetail: String, CaseIterable, Sendable {
    /// How it was before.
    case from
    /// How it is since.
    case to
    /// Which setting of the club it is about.
    case setting
    /// Where it was asked for, where that does not say by whom: `channel`.
    case via
}

/// Makes entries of one change: knows who acts and when.
public struct AuditPen: Sendable {
    let ids: IDSource
    let now: Date
    let actor: MemberID?

    /// `actor`: nil for whoever runs the machine, and for the program itself.
    func entry(
        _ action: AuditAction,
        of subject: AuditSubject,
        _ details: [AuditDetail: String] = [:]
    ) -> AuditEntry {
        AuditEntry(id: ids.next(), at: now, actor: actor, action: action, subject: subject, details: details)
    }
}
