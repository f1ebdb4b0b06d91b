import Domain
import Foundation
import TestSupport
import Testing

/// Who may thank whom, how often, and that it happens once.
struct ThanksDeskTests {
    let clock = ManualClock()
    let store: MemoryClubStore
    let desk: ThanksDesk

    init() async throws {
        store = MemoryClubStore(signal: OutboxSignal(), clock: clock)
        desk = ThanksDesk(store: store, clock: clock)
        for number in Int64(1)...3 { try await add(Fixtures.member(number)) }
        try await add(Fixtures.member(4, membership: .left))
        for number in Int64(1)...7 {
            let podcast = Fixtures.podcast(number)
            _ = try await store.podcasts.change(.id(podcast.id), cause: Fixtures.cause(0)) { _ in Change(podcast) }
        }
    }

    private func add(_ member: Member) async throws {
        _ = try await store.members.change(.id(member.id), cause: Fixtures.cause(0)) { _ in Change(member) }
    }

    @discardableResult
    private func give(
        _ number: Int,
        to thanked: Int64 = 2,
        podcast: Int64 = 1,
        at position: Duration? = nil,
        words: String? = nil
    ) async throws -> Thanks {
        try await desk.give(
            to: Fixtures.member(thanked).id,
            for: Fixtures.podcast(podcast).id,
            at: position,
            words: words,
            by: Fixtures.member(1),
            cause: Fixtures.cause(number)
        )
    }

    @Test func `the one who is thanked is told once, however often the request is handled`() async throws {
        let first = try await give(1, at: .seconds(12), words: "  Спасибо\nза вопрос ")
        #expect(try await give(1) == first)
        #expect(first.words == "Спасибо за вопрос")
        #expect(first.position == .seconds(12))
        let rows = try await store.outbox.claim(
            bot: .club,
            lanes: Set(OutboxLane.allCases),
            excluding: [],
            limit: 9,
            now: clock.now
        )
        #expect(rows.map(\.draft.body) == [.notice(.thanked(first.id))])
        #expect(try await desk.budget(of: Fixtures.member(1).id).left == Thanks.monthlyBudget - 1)
        #expect(try await store.ledger.sums(of: [Fixtures.member(2).id]) == [:])
    }

    @Test func `nobody thanks themselves, strangers, for nothing, or twice for the same`() async throws {
        try await give(1)
        await #expect(throws: ChangeFailure.refused(.thanksToOneself)) { try await give(2, to: 1) }
        await #expect(throws: ChangeFailure.refused(.notFound)) { try await give(3, to: 4) }
        await #expect(throws: ChangeFailure.refused(.notFound)) { try await give(4, podcast: 99) }
        await #expect(throws: ChangeFailure.refused(.alreadyThanked)) { try await give(5) }
        await #expect(throws: ChangeFailure.refused(.momentOutOfEpisode)) {
            try await give(6, podcast: 2, at: .seconds(3_600))
        }
    }

    @Test func `a month's budget is renewed on the first of the next one, by the club's clocks`() async throws {
        for number in 1...Thanks.monthlyBudget { try await give(number, podcast: Int64(number)) }
        let renewal = try await desk.budget(of: Fixtures.member(1).id).renewsAt
        await #expect(throws: ChangeFailure.refused(.thanksSpent(renewal))) { try await give(8, podcast: 6) }
        // Moscow's midnight is three hours before that of UTC; the clock stands at the first of June.
        #expect(renewal.timeIntervalSince(Fixtures.start) == 30 * 86_400 - 15 * 3_600)
        clock.advance(by: .seconds(renewal.timeIntervalSince(clock.now)))
        #expect(try await desk.budget(of: Fixtures.member(1).id).left == Thanks.monthlyBudget)
        try await give(9, podcast: 6)
    }
}
