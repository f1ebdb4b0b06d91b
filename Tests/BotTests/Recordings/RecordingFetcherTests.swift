import Domain
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Bot

/// Fetching the files of recordings where nothing goes wrong, or only the connection.
@Suite(.timeLimit(.minutes(1)))
struct RecordingFetcherTests {
    let stage: FetchingStage

    init() async throws {
        stage = try await FetchingStage()
    }

    @Test func `a posted file is fetched, kept and noted`() async throws {
        try await stage.post(bytes: 5)
        stage.scriptLocation(bytes: 5)
        stage.telegram.downloads.script(.file("sound"))

        try await stage.fetching {
            try await stage.expect(stage.stored("sound"))
            await stage.pass(.seconds(60))
        }

        #expect(stage.asked == ["file-1-for-club"])
        #expect(stage.telegram.downloads.calls.map(\.path) == ["voice/file_1.oga"])
        let file = try #require(stage.shelf.file(MediaShelf.key("sound")))
        #expect(try Data(contentsOf: file) == Data("sound".utf8))
    }

    @Test func `a recording that comes while the fetcher rests is fetched at once`() async throws {
        stage.scriptLocation()
        let fetched = Wakeup()
        stage.telegram.downloads.script(.file("sound", meanwhile: { fetched.notify() }))
        let before = stage.talk.club.clock.now

        try await stage.fetching {
            try await stage.post()
            await fetched.wait(atMost: .seconds(1_000), clock: stage.talk.club.clock)
        }

        #expect(stage.asked == ["file-1-for-club"])
        #expect(stage.talk.club.clock.now == before)
    }

    @Test func `who fetches is told of a recording, and of nothing else`() async throws {
        let talk = stage.talk
        _ = try await talk.says("/help", .owner)
        let waiting = Task { await talk.recordingArrived.wait(atMost: .seconds(60), clock: talk.club.clock) }
        await talk.club.clock.waitForSleepers(1)
        #expect(talk.club.clock.sleeperCount == 1)

        try await stage.post()

        // The clock stands still: only the recording ends this.
        await waiting.value
    }

    @Test func `many files are fetched three at a time`() async throws {
        for number in Int64(1)...7 { try await stage.post(number) }
        stage.scriptLocation(times: 7)
        let meeting = Meeting(of: RecordingFetcher.concurrency)
        let counts = Mutex<Set<Int>>([])
        // The first three wait for each other: fewer at a time, and they would wait for ever.
        for number in 1...7 {
            let count: @Sendable () async -> Void = { [stage] in
                let running = await stage.running
                counts.withLock { _ = $0.insert(running) }
                await meeting.attend()
            }
            stage.telegram.downloads.script(.file("sound \(number)", meanwhile: count))
        }

        try await stage.fetching {
            for number in Int64(1)...7 {
                guard case .stored = try await stage.media(number) else {
                    Issue.record("recording \(number) is not fetched")
                    continue
                }
            }
        }

        #expect(counts.withLock { $0.max() } == RecordingFetcher.concurrency)
    }

    @Test func `a download that breaks goes on where it ended`() async throws {
        try await stage.post(bytes: 10)
        stage.scriptLocation("voice/file_1.oga", bytes: 10)
        stage.scriptLocation("voice/file_7.oga", bytes: 10)
        stage.telegram.downloads.script(.broken(after: 4, of: "long sound"), .file("long sound"))

        try await stage.fetching {
            try await stage.expect(.awaited)
            await stage.pass(.seconds(600))
            try await stage.expect(stage.stored("long sound"))
        }

        let calls = stage.telegram.downloads.calls
        #expect(calls.map(\.resumedFrom) == [0, 4])
        #expect(calls.map(\.path) == ["voice/file_1.oga", "voice/file_7.oga"])
        #expect(Set(calls.map(\.file)).count == 1)
    }

    @Test func `a restart goes on with what was begun`() async throws {
        try await stage.post(bytes: 10)
        stage.scriptLocation(bytes: 10, times: 2)
        stage.telegram.downloads.script(.broken(after: 4, of: "long sound"), .file("long sound"))

        try await stage.fetching {}
        try await stage.expect(.awaited)
        try await stage.fetching {}

        try await stage.expect(stage.stored("long sound"))
        #expect(stage.telegram.downloads.calls.map(\.resumedFrom) == [0, 4])
    }

    @Test func `a file that only another bot knows is left to that bot`() async throws {
        let recorder = try BotTalk(stage.talk.club, bot: .recorder, duty: .recordingsOnly)
        for number in Int64(1)...3 { _ = try await recorder.post(number, "Title") }
        try await stage.post(4)
        stage.scriptLocation()
        stage.telegram.downloads.script(.file("own"))

        try await stage.fetching { await stage.pass(.seconds(60)) }

        #expect(stage.asked == ["file-4-for-club"])
        for number in Int64(1)...3 { try await stage.expect(.awaited, of: number) }
        try await stage.expect(stage.stored("own"), of: 4)
    }

    @Test func `a recording that the bot that usually fetches has seen, too, is left to it`() async throws {
        let recorder = try BotTalk(stage.talk.club, bot: .recorder, duty: .recordingsOnly)
        try await stage.post()
        _ = try await recorder.post(1, "Title")

        try await stage.fetching(leavingTo: .recorder) { await stage.pass(.seconds(600)) }

        #expect(stage.asked.isEmpty)
        try await stage.expect(.awaited)
    }

    @Test func `a recording that the bot that usually fetches does not see is fetched after a minute`() async throws {
        try await stage.post()
        stage.scriptLocation()
        stage.telegram.downloads.script(.file("sound"))

        try await stage.fetching(leavingTo: .recorder) {
            await stage.pass(RecordingFetcher.courtesy - .seconds(1))
            #expect(stage.asked.isEmpty)
            await stage.pass(.seconds(1))
            try await stage.expect(stage.stored("sound"))
        }
    }

    @Test func `a file that was replaced while it came in is not taken for the new one`() async throws {
        try await stage.post()
        stage.scriptLocation(times: 2)
        stage.telegram.downloads.script(
            .file(
                "old",
                meanwhile: { [stage] in
                    try await stage.replace(by: "new-file", after: 10)
                }
            ),
            .file("new")
        )

        try await stage.fetching {
            await stage.pass(.seconds(2))
            try await stage.expect(stage.stored("new"))
        }

        #expect(stage.asked == ["file-1-for-club", "new-file-for-club"])
        #expect(Set(stage.telegram.downloads.calls.map(\.file)).count == 2)
    }

    @Test func `a file that was replaced and put back is fetched again, once`() async throws {
        try await stage.post()
        stage.scriptLocation(times: 3)
        stage.telegram.downloads.script(.file("first"), .file("second"), .file("first"))

        try await stage.fetching {
            try await stage.replace(by: "file-2", after: 10)
            await stage.pass(.seconds(2))
            try await stage.expect(stage.stored("second"))
            try await stage.replace(by: "file-1", after: 20)
            await stage.pass(.seconds(2))
            try await stage.expect(stage.stored("first"))
            await stage.pass(.seconds(600))
        }

        #expect(stage.asked == ["file-1-for-club", "file-2-for-club", "file-1-for-club"])
    }
}

/// Lets people go on only when enough of them are there; later ones go on at once.
private final class Meeting: Sendable {
    private let state: Mutex<(missing: Int, waiting: [CheckedContinuation<Void, Never>])>

    init(of size: Int) {
        state = Mutex((missing: size, waiting: []))
    }

    func attend() async {
        await withCheckedContinuation { continuation in
            let released = state.withLock { state in
                state.missing -= 1
                state.waiting.append(continuation)
                guard state.missing <= 0 else { return [CheckedContinuation<Void, Never>]() }
                defer { state.waiting = [] }
                return state.waiting
            }
            for waiting in released { waiting.resume() }
        }
    }
}
