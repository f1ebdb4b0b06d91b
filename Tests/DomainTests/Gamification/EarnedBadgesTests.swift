import Domain
import Foundation
import TestSupport
import Testing

struct EarnedBadgesTests {
    private static func sums(_ counts: [XPRule: Int]) -> LedgerSums {
        LedgerSums(counts.mapValues { LedgerSums.Sum(count: $0) })
    }

    @Test(arguments: [
        (XPRule.joined, 10, Badge.tenSessions), (.speech, 1, .firstSpeaker), (.liveTime, 360_000_000, .hundredHours),
        (.episodeTime, 360_000_000, .hundredHours), (.hand, 50, .activeRaiser), (.supportGiven, 25, .supporter),
    ])
    func `a badge is earned with the last that it takes, and not before`(rule: XPRule, count: Int, badge: Badge) {
        #expect(EarnedBadges.badges(Self.sums([rule: count - 1]), isEarly: false) == [])
        #expect(EarnedBadges.badges(Self.sums([rule: count]), isEarly: false) == [badge])
    }

    @Test func `a hundred hours are made of shows and episodes together`() {
        let sums = Self.sums([.liveTime: 200_000_000, .episodeTime: 160_000_000])
        #expect(EarnedBadges.badges(sums, isEarly: false) == [.hundredHours])
    }

    @Test func `how far it is to a badge is told`() {
        let standing = Badge.activeRaiser.standing(Self.sums([.hand: 12]))
        #expect(standing?.count == 12)
        #expect(standing?.goal == 50)
        #expect(Badge.earlyMember.standing(LedgerSums()) == nil)
        #expect(Badge.clubCouncil.standing(LedgerSums()) == nil)
    }

    @Test func `who was there in the first 30 days is an early member`() {
        let beginning = Fixtures.start
        let last = Fixtures.member(1, now: beginning.addingTimeInterval(30 * 86_400 - 1))
        let late = Fixtures.member(2, now: beginning.addingTimeInterval(30 * 86_400))
        #expect(EarnedBadges.isEarly(last, beginning: beginning))
        #expect(!EarnedBadges.isEarly(late, beginning: beginning))
        #expect(EarnedBadges.badges(LedgerSums(), isEarly: true) == [.earlyMember])
    }

    @Test func `who only asked to be let in is no early member`() {
        let member = Fixtures.member(1, membership: .pending)
        #expect(!EarnedBadges.isEarly(member, beginning: Fixtures.start))
    }

    @Test func `who left and came back later is an early member still`() {
        var member = Fixtures.member(1)
        member.joinedAt = Fixtures.start.addingTimeInterval(90 * 86_400)
        #expect(EarnedBadges.isEarly(member, beginning: Fixtures.start))
    }
}
