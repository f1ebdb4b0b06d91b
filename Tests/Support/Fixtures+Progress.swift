import Foundation

@testable import Domain

extension Fixtures {
    /// A Monday.
    public static let monday = ClubDay(Date(timeIntervalSince1970: 1_767_571_200), in: .gmt)

    /// A line of the ledger, of a show where nothing else is said.
    public static func line(
        _ member: Int64 = 1,
        _ rule: XPRule = .joined,
        _ source: XPSource = .show(Fixtures.roomShow),
        count: Int = 1,
        xp: Int? = nil,
        on day: ClubDay = monday,
        at moment: Date = Fixtures.start
    ) -> XPTransaction {
        XPTransaction(
            member: Fixtures.member(member).id,
            rule: rule,
            source: source,
            count: count,
            xp: xp ?? rule.xp(for: count) ?? count,
            day: day,
            at: moment
        )
    }

    public static func correction(
        _ number: Int,
        of member: Int64 = 1,
        xp: Int = 5,
        on day: ClubDay = monday,
        at moment: Date = Fixtures.start
    ) -> XPCorrection {
        XPCorrection(
            id: XPCorrectionID(rawValue: "correction-\(number)"),
            member: Fixtures.member(member).id,
            origin: .admin,
            xp: xp,
            reason: "for \"A\"",
            by: Fixtures.member(2).id,
            day: day,
            at: moment
        )
    }

    /// Lines of every kind of source, in the order of their ids.
    public static func lines(now: Date) -> [XPTransaction] {
        let episode = podcast(1).id
        let lines = [
            line(1, .chat, count: 12, at: now), line(1, .joined, at: now),
            line(1, .episodeCompleted, .episode(episode), on: monday.adding(days: 8), at: now),
            line(1, .episodeTime, .listening(episode, on: monday), count: 61_000, xp: 1, at: now),
            correction(1, xp: -7, at: now).line, line(3, .hand, at: now.addingTimeInterval(1)),
        ]
        return lines.sorted { RecordKey.precedes($0.id, $1.id) }
    }

    static func correctionRecords(now: Date) -> [EntityRecord<XPCorrection>] {
        let imported = XPCorrection(
            id: XPCorrectionID(rawValue: "correction-2"),
            member: member(2).id,
            origin: .imported,
            rule: .liveTime,
            count: 300_000,
            xp: 5,
            day: monday,
            at: now
        )
        return [
            EntityRecord(correction(1, xp: -7, at: now), causes: [AppliedCause(cause: cause(1), at: now)]),
            EntityRecord(imported, causes: []),
        ]
    }

    static func awardRecords(now: Date) -> [EntityRecord<BadgeAward>] {
        var revoked = BadgeAward(member: member(2).id, badge: .coreMember, by: member(1).id, at: now)
        revoked.revokedAt = now.addingTimeInterval(9)
        return [
            EntityRecord(BadgeAward(member: member(1).id, badge: .supporter, by: nil, at: now), causes: []),
            EntityRecord(revoked, causes: [AppliedCause(cause: cause(1), at: now)]),
        ]
    }

    static func toldRecords(now: Date) -> [EntityRecord<ToldProgress>] {
        var told = ToldProgress(id: member(2).id)
        (told.level, told.tag) = (3, 2)
        told.badges = [Badge.supporter.rawValue: now]
        return [EntityRecord(ToldProgress(id: member(1).id), causes: []), EntityRecord(told, causes: [])]
    }
}
