import Foundation
import TestSupport
import Testing

@testable import Domain

/// What became of messages, counted once for ever.
struct DeliveryBookTests {
    private let clock = ManualClock()
    private let store: MemoryClubStore

    init() {
        store = MemoryClubStore(clock: clock)
    }

    private var book: DeliveryBook { DeliveryBook(store: store, clock: clock) }

    /// Sends messages, one to each of as many chats.
    private func send(_ keys: [String], as outcome: OutboxOutcome = .sent(message: 1)) async throws {
        let drafts = keys.enumerated().map { Fixtures.draft($0.element, chat: Int64($0.offset + 1)) }
        try await store.outbox.append(drafts, now: clock.now)
        clock.advance(by: .seconds(2))
        let rows = try await store.outbox.claim(
            bot: .club,
            lanes: Set(OutboxLane.allCases),
            excluding: [],
            limit: 10_000,
            now: clock.now
        )
        try await store.outbox.settle(rows.map { ($0.sequence, outcome) }, now: clock.now)
    }

    private func day(_ ahead: Int = 0) async throws -> DeliveryDay? {
        let day = ClubDay(Fixtures.start, in: .gmt).adding(days: ahead)
        return try await store.deliveryDays.find(.id(DeliveryDayID(day)))
    }

    @Test func `messages are counted by their end, with how long they took`() async throws {
        try await send(["a", "b", "c"])
        try await send(["d"], as: .failed(reason: "the file is too large"))
        try await send(["e"], as: .unreachable(reason: "blocked"))
        clock.advance(by: .seconds(600))
        try await book.keep()
        let total = try #require(try await day()).total
        let counts: [Int] = [total.sent, total.failed, total.blocked, total.unknown]
        #expect(counts == [3, 1, 1, 0])
        let delay = try #require(total.delays.quantile(0.5))
        #expect(abs(delay.seconds - 2) < 0.25)
        #expect(try await day()?.reasons == ["the file is too large": 1])
        #expect(try await day()?.count(.answers) == total)
    }

    @Test func `counting again counts nothing twice, with messages that came meanwhile`() async throws {
        try await send((0..<1_200).map { "first \($0)" })
        clock.advance(by: .seconds(600))
        for _ in 1...2 { try await book.keep() }
        #expect(try await day()?.total.sent == 1_200)
        try await send(["one more"])
        try await book.keep()
        #expect(try await day()?.total.sent == 1_200)
        clock.advance(by: .seconds(121))
        try await book.keep()
        #expect(try await day()?.total.sent == 1_201)
    }

    @Test func `a crash between two pages loses nothing and counts nothing twice`() async throws {
        try await send((0..<1_200).map { "m\($0)" })
        clock.advance(by: .seconds(600))
        store.crash(afterWrites: 1)
        await #expect(throws: ChangeFailure.self) { try await book.keep() }
        store.crash(afterWrites: nil)
        #expect(try await day()?.total.sent == DeliveryBook.page)
        try await book.keep()
        #expect(try await day()?.total.sent == 1_200)
    }

    @Test func `two processes at the same moment count each message once`() async throws {
        try await send((0..<1_200).map { "m\($0)" })
        clock.advance(by: .seconds(600))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...4 { group.addTask { try await book.keep() } }
            try await group.waitForAll()
        }
        #expect(try await day()?.total.sent == 1_200)
    }

    @Test func `each day has its own, also where the zone is changed between two rounds`() async throws {
        try await send(["today"])
        clock.advance(by: .seconds(86_400))
        try await send(["tomorrow"])
        clock.advance(by: .seconds(600))
        try await book.keep()
        _ = try await store.settings.change(.club, cause: Fixtures.cause(1)) { _ in
            Change(ClubSettings(timeZone: "Pacific/Kiritimati"))
        }
        try await book.keep()
        #expect(try await day()?.total.sent == 1)
        #expect(try await day(1)?.total.sent == 1)
        #expect(try await day(2) == nil)
    }

    @Test func `what was counted stays when the messages are forgotten`() async throws {
        try await send(["a"])
        clock.advance(by: .seconds(600))
        try await book.keep()
        try await store.prune(now: clock.now.addingTimeInterval(31 * 86_400))
        try await book.keep()
        #expect(try await day()?.total.sent == 1)
    }

    @Test func `quantiles are right to an eighth, of one wait as of many days`() throws {
        var one = DelayHistogram()
        one.add(.milliseconds(1))
        #expect(one.quantile(0.5) == DelayHistogram.shortest)
        #expect(DelayHistogram().quantile(0.5) == nil)
        var first = DelayHistogram()
        var second = DelayHistogram()
        for number in 1...1_000 {
            if number % 2 == 0 { first.add(.milliseconds(number * 7)) } else { second.add(.milliseconds(number * 7)) }
        }
        first.add(second)
        #expect(first.total == 1_000)
        for (share, exact) in [(0.5, 3.5), (0.95, 6.65)] {
            let found = try #require(first.quantile(share)).seconds
            #expect(abs(found / exact - 1) < 0.13)
        }
    }
}
