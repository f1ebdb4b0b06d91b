/// What is said about progress in the bot and on the site, in plain text.
public enum SeenPhrase: String, PhraseKey {
    // What a line of the ledger was for; `{time}` where it counts time, else with `count`.
    case ruleJoined = "xp.rule.joined"
    case ruleLiveTime = "xp.rule.live_time"
    case ruleChat = "xp.rule.chat"
    case ruleReaction = "xp.rule.reaction"
    case ruleHand = "xp.rule.hand"
    case ruleHandTaken = "xp.rule.hand_taken"
    case rulePromoted = "xp.rule.promoted"
    case ruleSpeech = "xp.rule.speech"
    case ruleSupportReceived = "xp.rule.support_received"
    case ruleSupportGiven = "xp.rule.support_given"
    case ruleEpisodeCompleted = "xp.rule.episode_completed"
    case ruleEpisodeTime = "xp.rule.episode_time"
    case ruleOpened = "xp.rule.opened"
    case ruleCorrection = "xp.rule.correction"
    case ruleImported = "xp.rule.imported"

    // From what it came, where that has no title
    case sourceShow = "xp.source.show"
    case sourceEpisode = "xp.source.episode"
    case sourceClub = "xp.source.club"
    case sourceImported = "xp.source.imported"

    // How XP is earned, a line for each rule
    case earnJoined = "xp.earn.joined"
    case earnLiveTime = "xp.earn.live_time"
    case earnChat = "xp.earn.chat"
    case earnReaction = "xp.earn.reaction"
    case earnHand = "xp.earn.hand"
    case earnPromoted = "xp.earn.promoted"
    case earnSpeech = "xp.earn.speech"
    case earnSupport = "xp.earn.support"
    case earnEpisode = "xp.earn.episode"
    case earnEpisodeTime = "xp.earn.episode_time"

    // How one gets a badge
    case howEarlyMember = "badge.early_member.how"
    case howTenSessions = "badge.10_sessions.how"
    case howFirstSpeaker = "badge.first_speaker.how"
    case howHundredHours = "badge.100_hours.how"
    case howActiveRaiser = "badge.active_raiser.how"
    case howSupporter = "badge.supporter.how"
    case howInsightfulSpeaker = "badge.insightful_speaker.how"
    case howCommunityHelper = "badge.community_helper.how"
    case howModeratorTrusted = "badge.moderator_trusted.how"
    case howSignalProvider = "badge.signal_provider.how"
    case howCoreMember = "badge.core_member.how"
    case howVerifiedExpert = "badge.verified_expert.how"
    case howClubCouncil = "badge.club_council.how"
    case howLongTermHolder = "badge.long_term_holder.how"

    // Cards
    case cardLevel = "card.level"
    case cardBadge = "card.badge"
    /// `{xp}` to the next level.
    case cardNext = "card.next"
    case cardTop = "card.top"
    case cardClub = "card.club"

    /// How XP is earned, in the order in which it is told.
    public static let ways: [SeenPhrase] = [
        .earnJoined, .earnLiveTime, .earnChat, .earnReaction, .earnHand, .earnPromoted, .earnSpeech, .earnSupport,
        .earnEpisode, .earnEpisodeTime,
    ]

    /// How one gets a badge.
    public init(howToGet badge: Badge) {
        self =
            switch badge {
            case .earlyMember: .howEarlyMember
            case .tenSessions: .howTenSessions
            case .firstSpeaker: .howFirstSpeaker
            case .hundredHours: .howHundredHours
            case .activeRaiser: .howActiveRaiser
            case .supporter: .howSupporter
            case .insightfulSpeaker: .howInsightfulSpeaker
            case .communityHelper: .howCommunityHelper
            case .moderatorTrusted: .howModeratorTrusted
            case .signalProvider: .howSignalProvider
            case .coreMember: .howCoreMember
            case .verifiedExpert: .howVerifiedExpert
            case .clubCouncil: .howClubCouncil
            case .longTermHolder: .howLongTermHolder
            }
    }

    /// What a line of a rule was for.
    public init(_ rule: XPRule) {
        self =
            switch rule {
            case .joined: .ruleJoined
            case .liveTime: .ruleLiveTime
            case .chat: .ruleChat
            case .reaction: .ruleReaction
            case .hand: .ruleHand
            case .handTaken: .ruleHandTaken
            case .promoted: .rulePromoted
            case .speech: .ruleSpeech
            case .supportReceived: .ruleSupportReceived
            case .supportGiven: .ruleSupportGiven
            case .episodeCompleted: .ruleEpisodeCompleted
            case .episodeTime: .ruleEpisodeTime
            case .opened: .ruleOpened
            case .correction: .ruleCorrection
            case .imported: .ruleImported
            }
    }
}
