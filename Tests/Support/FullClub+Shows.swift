import Foundation

@testable import Domain

extension FullClub {
    /// One show with every field set, and a plain one.
    static func shows(now: Date) -> [EntityRecord<LiveSession>] {
        var full = Fixtures.show(1, title: "Эфир", status: .ended, startsAt: now)
        full.summary = "О чём\nговорим"
        full.coHosts = [Fixtures.member(2).id]
        full.handPolicy = .level(3)
        (full.startedAt, full.endedAt) = (now.addingTimeInterval(60.5), now.addingTimeInterval(3_600))
        full.startedBy = Fixtures.member(2).id
        full.weekly = WeeklyRepeat(
            slot: WallTime(now, in: .gmt),
            previous: LiveSessionID(rawValue: "before")
        )
        full.weekly?.next = LiveSessionID(rawValue: "after")
        full.podcastID = Fixtures.podcast(1).id
        full.post = CardPlace(chat: Fixtures.channel, message: 44)
        full.attendance.change(now: now)
        full.attendance.take(coming: 1, reminded: 1, after: 1)
        full.newMembers = 2
        full.sequence = 3
        full.remindersSent = [.dayBefore]
        full.tell(.moved(from: now), now: now)
        full.tellings[0].reached = "1.member-1"
        full.chores = [.makeNext]
        (full.notice.number, full.notice.sentAt) = (4, now)
        full.notice.dueAt = now.addingTimeInterval(9)
        full.awaitsRecordingUntil = now.addingTimeInterval(7_200)
        return [
            EntityRecord(full, causes: [AppliedCause(cause: Fixtures.cause(1), at: now)]),
            EntityRecord(Fixtures.show(2, startsAt: now.addingTimeInterval(86_400)), causes: []),
        ]
    }
}
