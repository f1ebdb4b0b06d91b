import Domain
import Foundation
import TestSupport
import Testing

/// Finding people who came without a Telegram account.
struct ClaimablePeopleTests {
    @Test func `more than any report shows are found page by page, and by their names`() async throws {
        let clock = ManualClock()
        let store = MemoryClubStore(clock: clock)
        let directory = MemberDirectory(store: store, clock: clock, ids: Fixtures.ids())
        for number in Int64(1)...45 {
            let person = Fixtures.claimable(number, now: clock.after(.seconds(number)))
            _ = try await store.members.change(.id(person.id), cause: Fixtures.cause(1)) { _ in Change(person) }
        }
        let left = Fixtures.member(99, membership: .left)
        _ = try await store.members.change(.id(left.id), cause: Fixtures.cause(1)) { _ in Change(left) }

        var seen: [String] = []
        for offset in [0, 20, 40] {
            let page = try await directory.claimable(words: [], offset: offset, limit: 20)
            #expect(page.total == 45)
            seen += page.items.map(\.id.rawValue)
        }
        #expect(seen == (1...45).reversed().map { "claimable-\($0)" })
        let found = try await directory.claimable(words: ["claim", "17"], offset: 0, limit: 20)
        #expect(found.items.map(\.id.rawValue) == ["claimable-17"])
    }
}
