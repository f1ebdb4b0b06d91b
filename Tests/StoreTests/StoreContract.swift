import Domain
import Foundation
import TestSupport
import Testing

/// What every club store has to do, as a list of named checks: one for each promise of the ports.
///
/// A store joins in with a `StoreBench` of its own and a suite of three lines, as `MemoryStoreTests` does.
enum StoreContract {
    /// For every store.
    static let checks =
        changes + conflicts + members + library + browsing + albums + preparation + search + signIn + inbox + outbox
        + outboxOutcomes + broadcasts + notifications + announcements + leases + pruning + audit + rooms + attendance
        + setAside + invites + traces + transfer + transferred + shows + answers
        + ledger + ledgerReading + progress + listening + figures + thanks

    /// For stores that outlive their process.
    static let checksOfReopening = reopening + [ledgerReopening]
}

/// One promise, and what shows that it is kept.
struct StoreCheck: Sendable, CustomTestStringConvertible {
    let name: String
    let run: @Sendable (StoreBench) async throws -> Void

    init(_ name: String, _ run: @escaping @Sendable (StoreBench) async throws -> Void) {
        self.name = name
        self.run = run
    }

    var testDescription: String { name }
}

/// An empty store with the clock and the signal that it was given.
struct StoreBench: Sendable {
    let clock: ManualClock
    let signal: OutboxSignal
    let store: any ClubStore
    /// Opens the same data again; of a store that keeps nothing, an empty one.
    let reopen: @Sendable () async throws -> any ClubStore

    init(open: @escaping @Sendable (OutboxSignal, ManualClock) async throws -> any ClubStore) async throws {
        let clock = ManualClock()
        let signal = OutboxSignal()
        self.clock = clock
        self.signal = signal
        reopen = { try await open(signal, clock) }
        store = try await open(signal, clock)
    }

    var now: Date { clock.now }

    /// The moment so many seconds after the clock's beginning, in whole milliseconds as a clock gives them.
    func after(_ seconds: Double) -> Date {
        Timestamp.rounded(Fixtures.start.addingTimeInterval(seconds))
    }

    /// Stores a member as it is.
    func add(_ member: Member) async throws {
        _ = try await store.members.change(.id(member.id), cause: Fixtures.cause(0)) { _ in Change(member) }
    }

    /// Stores a podcast as it is.
    func add(_ podcast: Podcast) async throws {
        _ = try await store.podcasts.change(.id(podcast.id), cause: Fixtures.cause(0)) { _ in Change(podcast) }
    }

    /// Stores a show as it is.
    func add(_ show: LiveSession) async throws {
        _ = try await store.liveSessions.change(.id(show.id), cause: Fixtures.cause(0)) { _ in Change(show) }
    }

    /// Stores a member's answer to a show as it is.
    func add(_ rsvp: RSVP) async throws {
        _ = try await store.rsvps.change(.id(rsvp.id), cause: Fixtures.cause(0)) { _ in Change(rsvp) }
    }

    /// Stores messages.
    func append(_ drafts: OutboxDraft...) async throws {
        try await store.outbox.append(drafts, now: now)
    }

    /// Claims for the club's bot; of all lanes where nothing else is said.
    func claim(
        lanes: Set<OutboxLane> = Set(OutboxLane.allCases),
        excluding excluded: Set<ChatID> = [],
        limit: Int = 100
    ) async throws -> [OutboxRow] {
        try await store.outbox.claim(bot: .club, lanes: lanes, excluding: excluded, limit: limit, now: now)
    }

    /// Claims, and gives the dedupe keys only.
    func claimed(
        lanes: Set<OutboxLane> = Set(OutboxLane.allCases),
        excluding excluded: Set<ChatID> = [],
        limit: Int = 100
    ) async throws -> [String] {
        try await claim(lanes: lanes, excluding: excluded, limit: limit).map(\.draft.dedupeKey)
    }

    func settle(_ row: OutboxRow, _ outcome: OutboxOutcome) async throws {
        try await store.outbox.settle([(row.sequence, outcome)], now: now)
    }
}
