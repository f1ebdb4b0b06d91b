import Domain
import Foundation

/// A level as the API shows it.
struct LevelAnswer: Encodable {
    var level: Int
    var name: String
    /// From how many XP on one has it.
    var threshold: Int

    init(_ level: Level, _ phrases: Phrasebook, _ language: Language) {
        self.level = level.rawValue
        name = phrases.text(ProgressPhrase(level), language)
        threshold = level.threshold
    }
}

/// A badge as the API shows it.
struct BadgeAnswer: Encodable {
    var key: String
    var name: String
    /// How one gets it.
    var how: String
    /// Whether it comes by itself; an admin gives the others.
    var isEarned: Bool
    /// When the member got it; nil where that is not known, and where it is nobody's.
    var at: Date?

    init(_ badge: Badge, at: Date? = nil, _ phrases: Phrasebook, _ language: Language) {
        key = badge.rawValue
        name = phrases.text(ProgressPhrase(badge), language)
        how = phrases.text(SeenPhrase(howToGet: badge), language)
        isEarned = badge.isEarned
        self.at = at
    }
}

/// What members may know of each other.
struct FellowAnswer: Encodable {
    var userId: String
    var name: String
    var username: String?
    var role: String
    var joinedAt: Date?
    var xp: Int
    var level: LevelAnswer
    /// Keys of badges.
    var badges: [String]
    /// Weeks in a row.
    var streak: Int

    init(_ member: Member, _ progress: MemberProgress?, _ phrases: Phrasebook, _ language: Language) {
        userId = member.id.rawValue
        name = member.name
        username = member.username
        role = member.role.rawValue
        joinedAt = member.joinedAt
        xp = progress?.xp ?? 0
        level = LevelAnswer(progress?.level ?? .observer, phrases, language)
        badges = progress?.badges.map(\.badge.rawValue) ?? []
        streak = progress?.streak.weeks ?? 0
    }
}
