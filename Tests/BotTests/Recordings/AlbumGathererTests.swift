import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

@Suite(.timeLimit(.minutes(1)))
struct AlbumGathererTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    private func gathering(_ steps: () async throws -> Void) async throws {
        let gatherer = AlbumGatherer(
            bot: .club,
            library: talk.club.library,
            clock: talk.club.clock,
            wakeup: talk.albumArrived,
            outage: talk.club.outage
        )
        let running = Task { await gatherer.run() }
        do {
            try await steps()
        } catch {
            running.cancel()
            throw error
        }
        running.cancel()
        await running.value
    }

    private func part(_ message: Int64) async throws {
        _ = try await talk.handle(
            talk.recording(message, caption: "Part \(message)", post: ["media_group_id": "g"])
        )
    }

    /// Moves the clock from one moment at which the gatherer sleeps to the next, until the album is published.
    private func untilPublished() async throws -> Duration {
        var passed = Duration.zero
        while try await talk.club.library.count(PodcastQuery()) == 0, !Task.isCancelled {
            await talk.club.clock.waitForSleepers(1)
            talk.club.clock.advance(by: .milliseconds(100))
            passed += .milliseconds(100)
            for _ in 0..<50 { await Task.yield() }
        }
        return passed
    }

    @Test func `an album is published some moments after its last part`() async throws {
        try await gathering {
            try await part(2)
            try await part(1)

            let passed = try await untilPublished()

            #expect(passed >= Album.patience)
            #expect(try await talk.podcast(1).recordings.count == 2)
        }
    }

    @Test func `an album of before the start is published without any further part`() async throws {
        try await part(1)
        talk.club.clock.advance(by: .seconds(60))

        try await gathering { _ = try await untilPublished() }

        #expect(try await talk.podcast(1).status == .published)
    }
}
