import Bot
import Domain
import Foundation
import ServiceLifecycle
import TestSupport
import Testing
import Web

@testable import App

@Suite(.timeLimit(.minutes(1)))
struct RecordingWorkshopTests {
    let clock = ManualClock()
    let folder = TemporaryFolder()
    let store: MemoryClubStore
    let media: MediaFolder
    let preparer = ScriptedPreparer()

    init() throws {
        store = MemoryClubStore(clock: clock)
        media = try MediaFolder(dataFolder: folder.url)
    }

    /// Stores an episode whose file is in the media folder.
    private func keep(_ number: Int64, content: String? = nil) async throws {
        let incoming = try media.incoming("\(number)")
        try Data((content ?? "file \(number)").utf8).write(to: incoming)
        let stored = try await media.adopt(incoming)
        let podcast = Fixtures.podcast(number, media: .stored(stored.key, bytes: stored.bytes))
        _ = try await store.podcasts.change(.id(podcast.id), cause: Fixtures.cause(1)) { _ in Change(podcast) }
    }

    private func recording(_ number: Int64) async throws -> Recording {
        try #require(try await store.podcasts.find(.id(Fixtures.podcast(number).id))?.recordings.first)
    }

    /// Runs a workshop while `body` runs, and ends it as a stopped program does.
    private func working(_ body: () async throws -> Void, whileEnding: () -> Void = {}) async throws {
        let ids = Fixtures.ids()
        let directory = MemberDirectory(store: store, clock: clock, ids: ids)
        let workshop = RecordingWorkshop(
            preparer: preparer,
            library: PodcastLibrary(store: store, directory: directory, clock: clock, ids: ids) { _, _ in "Untitled" },
            media: media,
            clock: clock,
            outage: StoreOutage(clock: clock, logger: .silent),
            logger: .silent
        )
        let running = Task { try await workshop.run() }
        try await body()
        running.cancel()
        whileEnding()
        try await running.value
    }

    /// Moves the clock on until `isSo`.
    private func wait(_ step: Duration = RecordingWorkshop.rest, until isSo: () async throws -> Bool) async throws {
        while try await !isSo() {
            await clock.waitForSleepers(1)
            clock.advance(by: step)
            await Task.yield()
        }
    }

    @Test func `a stored recording gets a copy in the media folder, its true length and a waveform`() async throws {
        try await keep(1)
        try await working {
            try await wait { try await recording(1).rendition != nil }
        }
        let made = try await recording(1)
        let rendition = try #require(made.rendition)
        let file = try #require(media.file(rendition.key))
        #expect(try String(contentsOf: file, encoding: .utf8) == "copy of file 1")
        #expect(rendition.bytes == 14)
        #expect(rendition.waveform.peaks.allSatisfy { $0 == 50 })
        #expect(made.duration == .seconds(3))
        #expect(preparer.calls == 1)
    }

    @Test func `two are made at a time, the newest first, however many wait`() async throws {
        for number in 1...9 { try await keep(Int64(number)) }
        preparer.hold()
        try await working {
            try await wait { preparer.calls == 2 }
            for _ in 1...5 { clock.advance(by: RecordingWorkshop.rest) }
            preparer.release()
            try await wait { try await recording(1).rendition != nil }
        }
        #expect(preparer.most == 2)
        #expect(preparer.calls == 9)
    }

    @Test func `what was under way when the program ended is begun anew`() async throws {
        try await keep(1)
        preparer.script(.cancelled)
        preparer.hold()
        try await working {
            try await wait { preparer.calls == 1 }
        } whileEnding: {
            preparer.release()
        }
        #expect(try await recording(1).preparation == nil)
        try await working {
            try await wait { try await recording(1).rendition != nil }
        }
    }

    @Test func `what fails three times is served as it was posted, and not tried for ever`() async throws {
        try await keep(1)
        preparer.script(.unfinished(detail: "a"), .unfinished(detail: "b"), .unfinished(detail: "c"))
        try await working {
            try await wait(RecordingWorkshop.pause) { try await recording(1).preparation != nil }
        }
        #expect(try await recording(1).preparation == .originalOnly(.failed))
        #expect(preparer.calls == 3)
    }

    @Test func `a full disk is waited for as long as it takes`() async throws {
        try await keep(1)
        let full = PreparationFault.unavailable(detail: "No space left on device")
        preparer.script(full, full, full, full, full)
        try await working {
            try await wait(RecordingWorkshop.pause) { try await recording(1).preparation != nil }
        }
        #expect(try await recording(1).rendition != nil)
        #expect(preparer.calls == 6)
    }

    @Test func `a file without sound is taken off the site`() async throws {
        try await keep(1)
        preparer.script(.notSound(detail: "text"))
        try await working {
            try await wait { try await recording(1).media == .messengerOnly(.notSound) }
        }
    }

    @Test func `a store that is away costs nothing but time`() async throws {
        try await keep(1)
        preparer.hold()
        try await working {
            try await wait { preparer.calls == 1 }
            store.setOutage(.unavailable(source: "memory", code: 14))
            preparer.release()
            await clock.waitForSleepers(1, within: RecordingWorkshop.rest)
            store.setOutage(nil)
            try await wait(RecordingWorkshop.pause) { try await recording(1).rendition != nil }
        }
    }

    @Test func `lost files, however many, hold up no other`() async throws {
        for number in 1...130 { try await keep(Int64(number)) }
        for number in 2...130 {
            guard case .stored(let key, _) = try await recording(Int64(number)).media else { continue }
            try FileManager.default.removeItem(at: try #require(media.file(key)))
        }
        try await working {
            try await wait { try await recording(1).rendition != nil }
        }
        #expect(preparer.calls == 1)
    }

    @Test func `a lost file is not called soundless`() async throws {
        try await keep(1)
        guard case .stored(let key, _) = try await recording(1).media else { throw CocoaError(.fileNoSuchFile) }
        try FileManager.default.removeItem(at: try #require(media.file(key)))
        try await working {
            for _ in 1...5 {
                await clock.waitForSleepers(1)
                clock.advance(by: RecordingWorkshop.pause)
            }
        }
        #expect(preparer.calls == 0)
        #expect(try await recording(1).preparation == nil)
    }
}
