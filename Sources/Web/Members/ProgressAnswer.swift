import Domain
import Foundation

/// Where a member stands, as the API shows it.
struct ProgressAnswer: Encodable {
    struct EngagementAnswer: Encodable {
        /// 0 to 100.
        var score: Double
        var listening: Double
        var attendance: Double
        var hands: Double
        var speeches: Double
        var support: Double
    }

    struct StreakAnswer: Encodable {
        var weeks: Int
        /// How many weeks were forgiven.
        var frozen: Int
        var isActiveNow: Bool
    }

    var userId: String
    var xp: Int
    var level: LevelAnswer
    /// Nil at the top.
    var nextLevel: LevelAnswer?
    /// XP to the next level; nil at the top.
    var left: Int?
    /// Of the last 90 days.
    var engagement: EngagementAnswer
    /// In the hand queue, before waiting counts.
    var priority: Double
    var streak: StreakAnswer
    var badges: [BadgeAnswer]

    init(_ member: Member, _ progress: MemberProgress, _ phrases: Phrasebook, _ language: Language) {
        userId = member.id.rawValue
        xp = progress.xp
        level = LevelAnswer(progress.level, phrases, language)
        nextLevel = progress.level.next.map { LevelAnswer($0, phrases, language) }
        left = progress.left
        let parts = progress.engagement
        engagement = EngagementAnswer(
            score: parts.score,
            listening: parts.listening,
            attendance: parts.attendance,
            hands: parts.hands,
            speeches: parts.speeches,
            support: parts.support
        )
        priority = progress.priority.value
        streak = StreakAnswer(
            weeks: progress.streak.weeks,
            frozen: progress.streak.frozen,
            isActiveNow: progress.streak.isActiveNow
        )
        badges = progress.badges.map { BadgeAnswer($0.badge, at: $0.at, phrases, language) }
    }
}

/// A line of the ledger as the API shows it.
struct LineAnswer: Encodable {
    var rule: String
    /// Such as `s:` and a show's id, `e:` and an episode's, `l:`, a day and an episode's, `c:` and a correction's.
    var source: String
    /// Times, or milliseconds.
    var count: Int
    var xp: Int
    /// In the club's time zone.
    var day: String
    var at: Date
    /// From what it came, in words.
    var title: String
    /// What it was for, in words.
    var text: String
    /// Why an admin gave or took, where they said so.
    var reason: String?

    init(_ line: XPTransaction, of group: XPHistory.Group, _ words: XPWords) {
        rule = line.rule.rawValue
        source = line.source.rawValue
        count = line.count
        xp = line.xp
        day = line.day.rawValue
        at = line.at
        title = words.title(group)
        text = words.what(line)
        reason = group.reason
    }
}
