import Foundation
import TestSupport
import Testing

@testable import Domain

/// What members have reached, and that they are told once.
struct ProgressBookTests {
    private let clock = ManualClock()
    private let store: MemoryClubStore
    private let book: ProgressBook
    private let anna = Fixtures.member(2)

    init() async throws {
        store = MemoryClubStore(clock: clock)
        book = ProgressBook(store: store, clock: clock)
        try await add(Fixtures.member(1, role: .owner, now: Fixtures.start.addingTimeInterval(-60 * 86_400)))
        try await add(anna)
    }

    private func add(_ member: Member) async throws {
        _ = try await store.members.change(.id(member.id), cause: Fixtures.cause(0)) { _ in Change(member) }
    }

    private func post(_ rule: XPRule, _ count: Int, of number: Int64 = 2, show: Int = 1) async throws {
        let source = XPSource.show(LiveSessionID(rawValue: "show-\(show)"))
        let day = ClubDay(clock.now, in: ClubSettings().zone)
        try await store.ledger.post([Fixtures.line(number, rule, source, count: count, on: day, at: clock.now)])
    }

    /// What waits to be sent.
    private func told() async throws -> [Notice] {
        try await store.sendAll(now: clock.now).compactMap { draft in
            if case .notice(let notice) = draft.body { notice } else { nil }
        }
    }

    @Test func `a new level and a new badge are told once, however often it is looked`() async throws {
        try await post(.speech, 1)
        try await post(.supportReceived, 40)
        for _ in 1...3 {
            try await book.changed([anna.id])
            _ = try await book.sweep(from: .first)
        }
        #expect(try await told() == [.levelReached(.activeMember), .badgeEarned(.firstSpeaker)])
        let list = try await store.notifications.list(of: anna.id, after: nil, limit: 9)
        #expect(list.items.count == 2)
        try await post(.supportReceived, 150, show: 2)
        try await book.changed([anna.id])
        #expect(try await told() == [.levelReached(.contributor)])
    }

    @Test func `a badge by hand is told, and not again after it was taken back and given anew`() async throws {
        for step in 0..<3 {
            let award = BadgeAward(member: anna.id, badge: .clubCouncil, by: Fixtures.member(1).id, at: clock.now)
            _ = try await store.badges.change(.id(award.id), cause: Fixtures.cause(step)) { _ in
                var award = award
                if step == 1 { award.revokedAt = award.at }
                return Change(award)
            }
            try await book.changed([anna.id])
        }
        #expect(try await told() == [.badgeEarned(.clubCouncil)])
    }

    @Test func `who does not want to be told is not, also not later`() async throws {
        var deaf = anna
        deaf.settings.set(.progress, isWanted: false)
        try await add(Fixtures.member(9))
        let silent = deaf
        _ = try await store.members.change(.id(anna.id), cause: Fixtures.cause(1)) { _ in Change(silent) }
        try await post(.speech, 1)
        try await book.changed([anna.id])
        let known = anna
        _ = try await store.members.change(.id(anna.id), cause: Fixtures.cause(2)) { _ in Change(known) }
        try await book.changed([anna.id])
        #expect(try await told().isEmpty)
        #expect(try await store.toldProgress.find(.id(anna.id))?.told(.firstSpeaker) == clock.now)
    }

    @Test func `what was brought along from the predecessor is not told, what comes on top of it is`() async throws {
        let brought = [(XPRule.liveTime, 100 * 3_600_000, 800), (.joined, 12, 0)].map { rule, count, xp in
            XPCorrection(
                id: XPCorrectionID(rawValue: "i-\(rule.rawValue)"),
                member: anna.id,
                origin: .imported,
                rule: rule,
                count: count,
                xp: xp,
                day: ClubDay(clock.now, in: .gmt),
                at: clock.now
            )
        }
        for correction in brought {
            _ = try await store.xpCorrections.change(.id(correction.id), cause: Fixtures.cause(1)) { _ in
                Change(correction)
            }
        }
        try await store.ledger.post(brought.map(\.line))
        let award = BadgeAward(member: anna.id, badge: .coreMember, by: nil, at: clock.now)
        _ = try await store.badges.change(.id(award.id), cause: Fixtures.cause(1)) { _ in Change(award) }
        try await book.changed([anna.id])
        #expect(try await told().isEmpty)
        try await post(.supportReceived, 70)
        try await book.changed([anna.id])
        #expect(try await told() == [.levelReached(.contributor)])
        let held = try await book.progress(of: anna.id).badges.map(\.badge)
        #expect(held == [.tenSessions, .hundredHours, .coreMember])
    }

    @Test func `an early member hears of the badge with the first deed, not out of nothing`() async throws {
        let early = Fixtures.member(3, now: Fixtures.start.addingTimeInterval(-50 * 86_400))
        try await add(early)
        _ = try await book.sweep(from: .first)
        #expect(try await told().isEmpty)
        try await post(.reaction, 1, of: 3)
        _ = try await book.sweep(from: .first)
        #expect(try await told() == [.badgeEarned(.earlyMember)])
    }

    @Test func `who is no member any more is told nothing`() async throws {
        let left = Fixtures.member(2, membership: .left)
        _ = try await store.members.change(.id(left.id), cause: Fixtures.cause(1)) { _ in Change(left) }
        try await post(.speech, 1)
        try await book.changed([anna.id])
        #expect(try await told().isEmpty)
    }

    @Test func `progress is what the lines come to, of all times and of 90 days`() async throws {
        try await post(.joined, 1)
        try await post(.hand, 2)
        clock.advance(by: .seconds(90 * 86_400))
        try await post(.joined, 1, show: 2)
        let progress = try await book.progress(of: anna.id)
        #expect(progress.xp == 25 && progress.level == .observer && progress.left == 475)
        #expect(progress.sums[.joined].count == 2 && progress.recent[.joined].count == 1)
        #expect(progress.engagement.score == 2.5)
        #expect(progress.priority.value == 60.5)
        #expect(progress.streak.weeks == 1 && progress.streak.isActiveNow)
        #expect(try await book.levels(of: [anna.id, Fixtures.member(1).id]).values.allSatisfy { $0 == .observer })
        #expect(try await book.priority(of: anna.id) == progress.priority)
    }
}
