/// What levels and badges are called, in plain text. A level's name is at most 16 characters long and has no emoji, so
/// that it can be a tag in the club's group.
public enum ProgressPhrase: String, PhraseKey {
    case levelObserver = "level.observer"
    case levelActiveMember = "level.active_member"
    case levelContributor = "level.contributor"
    case levelSpeaker = "level.speaker"
    case levelCoreVoice = "level.core_voice"

    case badgeEarlyMember = "badge.early_member"
    case badgeTenSessions = "badge.10_sessions"
    case badgeFirstSpeaker = "badge.first_speaker"
    case badgeHundredHours = "badge.100_hours"
    case badgeActiveRaiser = "badge.active_raiser"
    case badgeSupporter = "badge.supporter"
    case badgeInsightfulSpeaker = "badge.insightful_speaker"
    case badgeCommunityHelper = "badge.community_helper"
    case badgeModeratorTrusted = "badge.moderator_trusted"
    case badgeSignalProvider = "badge.signal_provider"
    case badgeCoreMember = "badge.core_member"
    case badgeVerifiedExpert = "badge.verified_expert"
    case badgeClubCouncil = "badge.club_council"
    case badgeLongTermHolder = "badge.long_term_holder"

    public init(_ level: Level) {
        self =
            switch level {
            case .observer: .levelObserver
            case .activeMember: .levelActiveMember
            case .contributor: .levelContributor
            case .speaker: .levelSpeaker
            case .coreVoice: .levelCoreVoice
            }
    }

    public init(_ badge: Badge) {
        self =
            switch badge {
            case .earlyMember: .badgeEarlyMember
            case .tenSessions: .badgeTenSessions
            case .firstSpeaker: .badgeFirstSpeaker
            case .hundredHours: .badgeHundredHours
            case .activeRaiser: .badgeActiveRaiser
            case .supporter: .badgeSupporter
            case .insightfulSpeaker: .badgeInsightfulSpeaker
            case .communityHelper: .badgeCommunityHelper
            case .moderatorTrusted: .badgeModeratorTrusted
            case .signalProvider: .badgeSignalProvider
            case .coreMember: .badgeCoreMember
            case .verifiedExpert: .badgeVerifiedExpert
            case .clubCouncil: .badgeClubCouncil
            case .longTermHolder: .badgeLongTermHolder
            }
    }
}
