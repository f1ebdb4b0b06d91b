import Domain
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Bot

/// A recording fetcher at work in a club in memory, with a scripted Bot API and a clock that a test moves.
final class FetchingStage: Sendable {
    /// Longer than any pause between two attempts at a file.
    static let longPause: Duration = .seconds(600)

    let talk: BotTalk
    let telegram = ScriptedBotAPI()
    let shelf: MediaShelf
    /// What the fetcher has logged.
    let lines = LogLines()
    private let clock: RestClock
    private let watched = Mutex<RecordingFetcher?>(nil)

    /// How the fetcher gets files.
    private let access: BotConfiguration.FileAccess

    init(access: BotConfiguration.FileAccess = .cloud) async throws {
        self.access = access
        talk = try BotTalk()
        clock = RestClock(talk.club.clock)
        shelf = try MediaShelf()
        try await talk.admit(.owner, role: .owner)
    }

    /// Runs a fetcher, quiet after its first round, for as long as `steps` take. `first` is the bot to which it leaves
    /// recordings.
    func fetching(leavingTo first: BotName? = nil, _ steps: () async throws -> Void) async throws {
        let fetcher = RecordingFetcher(
            bot: talk.bot,
            leavingTo: first,
            files: FileSource(api: try telegram.api(), access: access),
            library: talk.club.library,
            media: shelf,
            clock: clock,
            wakeup: talk.recordingArrived,
            outage: talk.club.outage,
            logger: lines.logger
        )
        watched.withLock { $0 = fetcher }
        let running = Task { await fetcher.run() }
        await quiet()
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await steps())
        } catch {
            outcome = .failure(error)
        }
        running.cancel()
        await running.value
        try outcome.get()
    }

    /// Moves the clock, and returns when the fetcher has done what there is to do then.
    func pass(_ duration: Duration) async {
        talk.club.clock.advance(by: duration)
        await quiet()
    }

    /// Returns when nothing is being fetched, and the fetcher has looked for more since.
    private func quiet() async {
        var isQuiet = false
        while !isQuiet, !Task.isCancelled {
            let before = traces
            while await isFetching() { await Task.yield() }
            // The first rest may be one that it was about to begin anyway; before the second one it has looked anew.
            for _ in 1...2 {
                let rests = clock.rests
                talk.recordingArrived.notify()
                while clock.rests == rests, !Task.isCancelled { await Task.yield() }
            }
            let isFetching = await isFetching()
            isQuiet = !isFetching && traces == before
        }
    }

    /// Grows with everything that the fetcher does.
    private var traces: Int { telegram.calls.count + talk.club.store.storedDrafts.count }

    /// How many files are being fetched.
    var running: Int {
        get async {
            guard let fetcher = watched.withLock({ $0 }) else { return 0 }
            return await fetcher.running.count
        }
    }

    private func isFetching() async -> Bool {
        let running = await running
        return running > 0 && !Task.isCancelled
    }

    /// Posts a voice note without a word of its size, where nothing else is said.
    @discardableResult
    func post(_ message: Int64 = 1, bytes: Int64? = nil, file: String? = nil) async throws -> Podcast {
        var fields: [String: Any] = ["file_size": bytes ?? 0]
        if let file {
            fields["file_unique_id"] = file
            fields["file_id"] = "\(file)-for-club"
        }
        _ = try await talk.handle(talk.recording(message, caption: "Title", file: fields))
        return try await talk.podcast(message)
    }

    /// Edits the post so that it holds another file.
    func replace(_ message: Int64 = 1, by file: String, after seconds: Int64) async throws {
        let edit = try talk.recording(
            message,
            caption: "Title",
            file: ["file_unique_id": file, "file_id": "\(file)-for-club", "file_size": 0],
            post: ["edit_date": Int64(Fixtures.start.timeIntervalSince1970) + message * 60 + seconds],
            update: "edited_channel_post"
        )
        _ = try await talk.handle(edit)
    }

    func media(_ message: Int64 = 1) async throws -> Recording.Media? {
        try await talk.podcast(message).recordings.first?.media
    }

    func expect(
        _ media: Recording.Media,
        of message: Int64 = 1,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let found = try await self.media(message)
        #expect(found == media, sourceLocation: sourceLocation)
    }

    func stored(_ content: String) -> Recording.Media {
        .stored(MediaShelf.key(content), bytes: Int64(content.utf8.count))
    }

    /// What `getFile` answers, `count` times.
    func scriptLocation(_ path: String = "voice/file_1.oga", bytes: Int? = nil, times count: Int = 1) {
        let size = bytes.map { #","file_size":\#($0)"# } ?? ""
        for _ in 0..<count {
            telegram.script("getFile", .result(#"{"file_id":"x","file_unique_id":"y","file_path":"\#(path)"\#(size)}"#))
        }
    }

    /// What people were told since the last call, but for new episodes and posts that are in the library already.
    func toldOfFiles() async throws -> [String] {
        let usual = [try talk.words(.episodePublished), try talk.words(.episodePostedAgain)]
        return try await talk.told().map { try $0.text }.filter { text in !usual.contains { text.hasPrefix($0) } }
    }

    /// The file ids that were asked for, in order.
    var asked: [String] { telegram.calls.compactMap { $0.parameter("file_id") } }
}

/// A test's clock that counts how often somebody began to sleep by it.
private final class RestClock: ClubClock {
    private let clock: ManualClock
    private let count = Mutex(0)

    init(_ clock: ManualClock) {
        self.clock = clock
    }

    var now: Date { clock.now }
    var rests: Int { count.withLock { $0 } }

    func sleep(for duration: Duration) async throws(CancellationError) {
        count.withLock { $0 += 1 }
        try await clock.sleep(for: duration)
    }
}
