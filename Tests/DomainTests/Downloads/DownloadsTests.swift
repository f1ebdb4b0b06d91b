import Foundation
import TestSupport
import Testing

@testable import Domain

/// What is a download and what is not, by worked examples.
struct DownloadsTests {
    private let clock = ManualClock()
    private let store: MemoryClubStore
    private let podcast = Fixtures.podcast(1).id

    init() { store = MemoryClubStore(clock: clock) }

    /// Sends so much of a file of 1,000 bytes.
    @discardableResult
    private func send(
        _ bytes: Int64,
        lasting length: Duration? = .seconds(600),
        to audience: String = "anna",
        _ number: Int
    ) async throws -> Bool {
        try await Downloads(store: store, clock: clock).sent(
            bytes,
            of: 1_000,
            lasting: length,
            podcast,
            to: DownloadAudience(rawValue: audience),
            cause: Fixtures.cause(number)
        )
    }

    private func count(_ id: DownloadCountID) async throws -> Int {
        try await store.downloadCounts.find(.id(id))?.count ?? 0
    }

    @Test func `a minute of ten is a tenth of the file`() async throws {
        #expect(try await send(99, 1) == false)
        #expect(try await send(1, 2))
        #expect(try await send(900, 3) == false)
        #expect(try await count(.episode(podcast)) == 1)
    }

    @Test func `of an episode of half a minute the whole is needed`() async throws {
        #expect(try await send(999, lasting: .seconds(30), 1) == false)
        #expect(try await send(1, lasting: .seconds(30), 2))
    }

    @Test func `24 hours are counted from the first request, not from midnight`() async throws {
        try await send(1_000, 1)
        clock.advance(by: .seconds(86_399))
        try await send(1_000, 2)
        #expect(try await count(.episode(podcast)) == 1)
        clock.advance(by: .seconds(1))
        try await send(1_000, 3)
        #expect(try await count(.episode(podcast)) == 2)
    }

    @Test func `what was sent in one window does not help the next`() async throws {
        try await send(60, 1)
        clock.advance(by: .seconds(86_400))
        #expect(try await send(60, 2) == false)
        #expect(try await send(40, 3))
    }

    @Test func `a download belongs to the day on which its window began`() async throws {
        let zone = ClubSettings().zone
        let first = ClubDay(clock.now, in: zone)
        try await send(50, 1)
        clock.advance(by: .seconds(80_000))
        try await send(50, 2)
        #expect(ClubDay(clock.now, in: zone) != first)
        #expect(try await count(.club(on: first)) == 1)
        #expect(try await count(.episode(podcast, on: first)) == 1)
    }

    @Test(arguments: 0..<4)
    func `a download that the program stopped at is counted once`(writes: Int) async throws {
        store.crash(afterWrites: writes)
        _ = try? await send(50, 1)
        _ = try? await send(50, 2)
        store.crash(afterWrites: nil)
        for number in 3...5 { try await send(1_000, number) }
        #expect(try await count(.episode(podcast)) == 1)
        #expect(try await count(.club(on: ClubDay(clock.now, in: ClubSettings().zone))) == 1)
    }
}
