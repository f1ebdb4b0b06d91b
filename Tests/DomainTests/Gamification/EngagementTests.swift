import Domain
import Testing

/// The definitions of engagement and of the priority in the hand queue, by examples that were counted by hand.
struct EngagementTests {
    private static func sums(_ counts: [XPRule: Int]) -> LedgerSums {
        LedgerSums(counts.mapValues { LedgerSums.Sum(count: $0) })
    }

    @Test func `each part of the engagement is counted by its own measure`() {
        // 1,500 minutes live and 500 of episodes: 20. 4 shows: 10. 2 hands: 3. 3 speeches: 12. 5 thanks: 2.5.
        let engagement = Engagement(
            Self.sums([
                .liveTime: 1_500 * 60_000, .episodeTime: 500 * 60_000, .joined: 4, .hand: 2, .speech: 3,
                .supportReceived: 5, .chat: 100,
            ])
        )
        #expect(engagement.listening == 20)
        #expect(engagement.attendance == 10)
        #expect(engagement.hands == 3)
        #expect(engagement.speeches == 12)
        #expect(engagement.support == 2.5)
        #expect(engagement.score == 47.5)
    }

    @Test func `no part counts for more than its share, and all of them make 100`() {
        let engagement = Engagement(
            Self.sums([
                .liveTime: 1_000_000 * 60_000, .joined: 1_000, .hand: 1_000, .speech: 1_000, .supportReceived: 1_000,
            ])
        )
        #expect(
            [engagement.listening, engagement.attendance, engagement.hands, engagement.speeches, engagement.support]
                == [30, 25, 15, 20, 10]
        )
        #expect(engagement.score == 100)
    }

    @Test func `90 days count, today among them`() throws {
        let today = try #require(ClubDay(rawValue: "2026-11-23"))
        let days = Engagement.days(until: today)
        #expect(days.lowerBound.rawValue == "2026-08-26")
        #expect(days.upperBound == today)
    }

    @Test func `somebody new has a priority of 60`() {
        let priority = HandPriority(level: .observer, engagement: Engagement(LedgerSums()), sums: LedgerSums())
        #expect(priority.value == 60)
    }

    @Test func `level, engagement, hands that were taken and few speeches make the priority`() {
        // 50 + 6.25 × 2 + 0.2 × 47.5 + 20 × 3/4 + 10 = 97.
        let engagement = Engagement(
            Self.sums([
                .liveTime: 2_000 * 60_000, .joined: 4, .hand: 2, .speech: 3, .supportReceived: 5,
            ])
        )
        let sums = Self.sums([.hand: 4, .handTaken: 3, .speech: 4])
        let priority = HandPriority(level: .contributor, engagement: engagement, sums: sums)
        #expect(priority.share == 0.75)
        #expect(priority.value == 97)
    }

    @Test func `whoever has spoken five times is no new voice any more`() {
        let none = Engagement(LedgerSums())
        let four = HandPriority(level: .speaker, engagement: none, sums: Self.sums([.speech: 4]))
        let five = HandPriority(level: .speaker, engagement: none, sums: Self.sums([.speech: 5]))
        #expect(four.value == 78.75)
        #expect(five.value == 68.75)
    }

    @Test func `the priority is 125 at most, of a new voice with everything at its height`() {
        let engagement = Engagement(
            Self.sums([
                .liveTime: 1_000_000 * 60_000, .joined: 100, .hand: 100, .speech: 100, .supportReceived: 100,
            ])
        )
        let sums = Self.sums([.hand: 3, .handTaken: 3, .speech: 4])
        #expect(HandPriority(level: .coreVoice, engagement: engagement, sums: sums).value == 125)
    }
}
