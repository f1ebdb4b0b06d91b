import Foundation
import TestSupport
import Testing

@testable import Domain

/// Announcements reach everybody whom they are for, once, whatever comes between.
struct BroadcastsTests {
    let clock = ManualClock()
    let store: MemoryClubStore
    let broadcasts: Broadcasts
    let owner = Fixtures.member(1, role: .owner)

    init() {
        store = MemoryClubStore(clock: clock)
        broadcasts = Broadcasts(store: store, clock: clock, ids: Fixtures.ids())
    }

    private func add(_ numbers: ClosedRange<Int64>, _ edit: (inout Member) -> Void = { _ in }) async throws {
        for number in numbers {
            var member = Fixtures.member(number)
            if number == 1 { member.role = .owner }
            edit(&member)
            let stored = member
            _ = try await store.members.change(.id(member.id), cause: Fixtures.cause(0)) { _ in Change(stored) }
        }
    }

    private func send(
        _ text: String = "News",
        to audience: Broadcast.Audience = .members,
        cause: Int = 1
    ) async throws -> Broadcast {
        try await broadcasts.send(RichText(text), to: audience, by: owner, cause: Fixtures.cause(cause))
    }

    private func spread() async throws {
        while try await broadcasts.advance() {}
    }

    /// Who was written to, by their chats, in order.
    private var told: [Int64] {
        store.storedDrafts.filter { if case .notice(.announcement) = $0.body { true } else { false } }
            .map(\.chat.rawValue)
    }

    /// What its author was shown, by how many messages there are.
    private var progress: [OutboxDraft] {
        store.storedDrafts.filter { if case .notice(.broadcastProgress) = $0.body { true } else { false } }
    }

    private func settle(_ outcome: OutboxOutcome, limit: Int = 1_000) async throws {
        let rows = try await store.outbox.claim(
            bot: .club,
            lanes: [.digests],
            excluding: [],
            limit: limit,
            now: clock.now
        )
        try await store.outbox.settle(rows.map { ($0.sequence, outcome) }, now: clock.now)
    }

    private func found(_ id: BroadcastID) async throws -> Broadcast {
        try #require(try await broadcasts.find(id))
    }

    @Test func `every active member gets it once, and it stands in their list`() async throws {
        let count = Int64(Broadcasts.pageSize * 2 + 1)
        try await add(1...count)
        try await add(900...900) { $0.membership = .left }
        _ = try await send()
        try await spread()
        try await spread()
        #expect(told.count == Int(count))
        #expect(Set(told) == Set(1...count))
        #expect(try await store.notifications.unread(of: Fixtures.member(2).id) == 1)
        let draft = try #require(store.storedDrafts.first { $0.chat.rawValue == 2 })
        #expect(draft.lane == .digests)
        #expect(draft.expiresAt == clock.after(Broadcasts.lifetime))
    }

    @Test func `one for hosts goes to hosts, admins and the owner`() async throws {
        try await add(1...4) { member in
            let roles: [Int64: Role] = [1: .owner, 2: .host, 3: .admin]
            member.role = member.telegramID.flatMap { roles[$0.rawValue] } ?? .member
        }
        #expect(try await broadcasts.recipients(of: .hosts) == 3)
        _ = try await send(to: .hosts)
        try await spread()
        #expect(Set(told) == [1, 2, 3])
    }

    @Test func `who has blocked the bot finds it in the list, and counts as blocked`() async throws {
        try await add(1...2)
        try await add(3...3) { $0.isReachable = false }
        let sent = try await send()
        try await spread()
        #expect(Set(told) == [1, 2])
        #expect(try await store.notifications.unread(of: Fixtures.member(3).id) == 1)
        let tally = try #require(try await broadcasts.report(on: sent.id)).tally
        #expect(tally.blocked == 1)
        #expect(tally.left == 2)
        #expect(tally.total == 3)
    }

    @Test func `a crash after any write delays it, and reaches everybody once`() async throws {
        let count = Broadcasts.pageSize + 1
        try await add(1...Int64(count))
        let sent = try await send()
        var tries = 0
        repeat {
            store.crash(afterWrites: tries)
            do { try await spread() } catch ChangeFailure.store(.unavailable) {}
            store.crash(afterWrites: nil)
            tries += 1
            try #require(tries < 30)
        } while try await !found(sent.id).isSpread
        #expect(tries > 1)
        #expect(told.count == count)
        #expect(Set(told).count == count)
        #expect(try await found(sent.id).recipients == count)
    }

    @Test func `it is done when the last message is sent or given up, and its numbers stay`() async throws {
        try await add(1...4)
        let sent = try await send()
        try await spread()
        try await settle(.sent(message: 1), limit: 2)
        try await settle(.unreachable(reason: "blocked"), limit: 1)
        try await spread()
        #expect(try await found(sent.id).state == .sending)
        try await settle(.failed(reason: "no"))
        try await spread()
        let done = try await found(sent.id)
        #expect(done.state == .done)
        #expect(done.endedAt == clock.now)
        var tally = BroadcastTally()
        (tally.sent, tally.blocked, tally.failed) = (2, 1, 1)
        #expect(done.tally == tally)
        try await store.prune(now: clock.after(.seconds(40 * 86_400)))
        #expect(try await broadcasts.report(on: sent.id)?.tally == tally)
    }

    @Test func `its author is told of changes, every five seconds at most`() async throws {
        try await add(1...20)
        _ = try await send()
        try await spread()
        let beginning = progress.count
        for _ in 1...12 {
            try await settle(.sent(message: 1), limit: 1)
            try await spread()
            clock.advance(by: .seconds(1))
        }
        #expect(progress.count - beginning == 2)
        #expect(progress.allSatisfy { $0.lane == .answers && $0.chat.rawValue == 1 })
        for _ in 1...60 {
            try await spread()
            clock.advance(by: .seconds(1))
        }
        #expect(progress.count - beginning == 3)
    }

    @Test func `stopping withdraws what was not sent, and what is on its way still counts`() async throws {
        try await add(1...10)
        let sent = try await send()
        try await spread()
        try await settle(.sent(message: 1), limit: 3)
        let onItsWay = try await store.outbox.claim(
            bot: .club,
            lanes: [.digests],
            excluding: [],
            limit: 1,
            now: clock.now
        )
        _ = try await broadcasts.stop(sent.id, by: owner, cause: Fixtures.cause(2))
        try await settle(.sent(message: 1))
        #expect(try await broadcasts.report(on: sent.id)?.tally.sent == 3)
        try await store.outbox.settle(onItsWay.map { ($0.sequence, .sent(message: 1)) }, now: clock.now)
        try await spread()
        let stopped = try await found(sent.id)
        #expect(stopped.state == .stopped)
        #expect(stopped.endedAt != nil)
        #expect(stopped.tally?.sent == 4)
        #expect(stopped.tally?.withdrawn == 6)
    }

    @Test func `one that is stopped while it is spread reaches nobody any more, also after a crash`() async throws {
        try await add(1...Int64(Broadcasts.pageSize + 50))
        let sent = try await send()
        _ = try await broadcasts.advance()
        store.crash(afterWrites: 1)
        _ = try? await broadcasts.stop(sent.id, by: owner, cause: Fixtures.cause(2))
        store.crash(afterWrites: nil)
        #expect(try await found(sent.id).state == .stopped)
        try await spread()
        let counts = try await store.outbox.counts(batch: sent.id.batch)
        #expect(counts == OutboxCounts())
        #expect(try await found(sent.id).endedAt != nil)
    }

    @Test func `a draft is sent once, and only by an admin`() async throws {
        try await add(1...2)
        let draft = try await broadcasts.draft(RichText("News"), by: owner, cause: Fixtures.cause(1))
        try await spread()
        #expect(told.isEmpty)
        let member = Fixtures.member(2)
        await #expect(throws: ChangeFailure.refused(.notAllowed)) {
            _ = try await broadcasts.send(draft.id, showingIn: nil, by: member, cause: Fixtures.cause(2))
        }
        for _ in 1...2 {
            _ = try await broadcasts.send(draft.id, showingIn: nil, by: owner, cause: Fixtures.cause(3))
        }
        await #expect(throws: ChangeFailure.refused(.broadcastOver)) {
            _ = try await broadcasts.send(draft.id, showingIn: nil, by: owner, cause: Fixtures.cause(4))
        }
        try await spread()
        #expect(told.count == 2)
        let audit = try await store.audit.list(after: nil, limit: 9).items
        #expect(audit.map(\.action) == [.broadcastSent])
        #expect(audit.map(\.subject) == [.broadcast(draft.id)])
    }

    @Test func `a draft that is dropped is never sent`() async throws {
        try await add(1...2)
        let draft = try await broadcasts.draft(RichText("News"), by: owner, cause: Fixtures.cause(1))
        _ = try await broadcasts.stop(draft.id, by: owner, cause: Fixtures.cause(2))
        await #expect(throws: ChangeFailure.refused(.broadcastOver)) {
            _ = try await broadcasts.send(draft.id, showingIn: nil, by: owner, cause: Fixtures.cause(3))
        }
        try await spread()
        #expect(told.isEmpty)
        #expect(try await broadcasts.list(for: owner, after: nil, limit: 9).items.isEmpty)
        #expect(try await store.audit.list(after: nil, limit: 9).items.isEmpty)
    }
}
