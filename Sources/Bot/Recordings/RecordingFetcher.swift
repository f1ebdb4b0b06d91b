import Domain
import Foundation
import Logging

/// Fetches the files of posted recordings, and the covers of episodes, into the club's media folder, three at a time,
/// until each is there or can never be.
///
/// What is still to be fetched stands in the store, so that a restart forgets nothing; a half-fetched file goes on
/// where it ended.
actor RecordingFetcher {
    static let concurrency = 3
    /// How often it looks for something to do: another process may have stored it.
    static let rest: Duration = .seconds(1)
    /// A file is given up after so many refusals, the last one so long after the first: Telegram also refuses files
    /// that are only "temporarily unavailable".
    static let refusalLimit = 5
    static let patience: Duration = .seconds(3600)
    /// How long a recording is left to the bot that usually fetches, where there are two.
    static let courtesy: Duration = .seconds(60)

    /// What one file has met.
    private struct Trouble {
        /// For what is its own fault.
        var backoff = Backoff(first: .seconds(2), longest: .seconds(600))
        /// It is not asked for before.
        var until: Date
        /// When it failed last: others go before it.
        var failedAt: Date
        var refusals = 0
        var firstRefusal: Date?
    }

    private let bot: BotName
    private let files: FileSource
    private let library: PodcastLibrary
    private let media: any MediaStore
    private let clock: any ClubClock
    private let wakeup: Wakeup
    private let outage: StoreOutage
    private let logger: Logger
    /// The bot to which recordings are left that it has seen, too.
    private let first: BotName?
    /// By file, so that one which takes a failed one's place begins anew.
    private var troubles: [FileUniqueID: Trouble] = [:]
    /// For what is no file's own fault.
    private var pace: FetchPace
    /// Where the local server's files are, if there is one.
    private var folder = ServerFolder()
    /// Whether recordings that a server of one's own may have were looked for since the start.
    private var hasLookedForLarge: Bool
    /// What is being fetched.
    private(set) var running: Set<FileUniqueID> = []

    init(
        bot: BotName,
        leavingTo first: BotName?,
        files: FileSource,
        library: PodcastLibrary,
        media: any MediaStore,
        clock: any ClubClock,
        wakeup: Wakeup,
        outage: StoreOutage,
        logger: Logger
    ) {
        self.bot = bot
        self.first = first
        self.files = files
        self.library = library
        self.media = media
        self.clock = clock
        self.wakeup = wakeup
        self.outage = outage
        self.logger = logger
        pace = FetchPace(now: clock.now)
        hasLookedForLarge = !files.isOwnServer
    }

    /// Fetches until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                // What was under way before the look into the store may be done by now: it is for the next look.
                let before = running
                let due = await waiting().filter { !before.contains($0.file) }
                for awaited in due.prefix(max(0, pace.concurrency - running.count)) {
                    running.insert(awaited.file)
                    group.addTask { await self.work(on: awaited) }
                }
                if running.isEmpty, !before.isEmpty { continue }
                await wakeup.wait(atMost: pause(), clock: clock)
            }
        }
    }

    /// While as much as may be is on its way, its end wakes the fetcher; else what has become due is looked for.
    private func pause() -> Duration {
        if running.count >= pace.concurrency { return .seconds(60) }
        let left = pace.pausedUntil.timeIntervalSince(clock.now)
        return left > 0 ? min(Self.rest, .seconds(left)) : Self.rest
    }

    private func work(on awaited: AwaitedFile) async {
        await fetch(awaited)
        running.remove(awaited.file)
        wakeup.notify()
    }

    /// What this bot can fetch now: first what has not failed yet, then what failed longest ago.
    private func waiting() async -> [AwaitedFile] {
        let now = clock.now
        guard now >= pace.pausedUntil else { return [] }
        // What ends while the library is read may still look awaited in what was read.
        let busy = running
        do {
            if !hasLookedForLarge {
                try await library.fetchLargeRecordings(upTo: files.announcedLimit)
                hasLookedForLarge = true
            }
            var look = QueueLook()
            var (awaited, due): ([AwaitedFile], [AwaitedFile]) = ([], [])
            var (count, fresh) = (0, 0)
            repeat {
                let podcasts = try await library.recordingsToFetch(limit: look.depth)
                count = podcasts.count
                awaited = podcasts.flatMap { podcast in
                    let isRecent = now.timeIntervalSince(podcast.updatedAt) < Self.courtesy.seconds
                    return AwaitedFile.all(of: podcast, for: bot, leavingTo: first, isRecent: isRecent)
                }
                due = awaited.filter { awaited in
                    guard !busy.contains(awaited.file) else { return false }
                    return troubles[awaited.file].map { $0.until <= now } ?? true
                }
                fresh = due.count { troubles[$0.file] == nil }
            } while look.goesDeeper(read: count, isEnough: fresh >= Self.concurrency)
            outage.ended(for: "recordings of \(bot)")
            if look.isWhole { troubles = troubles.filter { file, _ in awaited.contains { $0.file == file } } }
            let failed = due.filter { troubles[$0.file] != nil }.sorted { failedAt($0) < failedAt($1) }
            return due.filter { troubles[$0.file] == nil } + failed
        } catch {
            outage.met(error, by: "recordings of \(bot)")
            return []
        }
    }

    private func failedAt(_ awaited: AwaitedFile) -> Date {
        troubles[awaited.file]?.failedAt ?? .distantPast
    }

    private func fetch(_ awaited: AwaitedFile) async {
        let began = clock.now
        let announced = awaited.announcedBytes
        do {
            if let announced, announced > files.announcedLimit {
                return try await note(.messengerOnly(.tooLarge), awaited)
            }
            let location = try await files.location(of: awaited.fileID)
            guard let path = location.filePath else { throw TelegramError.undecodable(method: GetFile.name) }
            // Each bot has its own: two processes that wrote one file would spoil it.
            let incoming = try media.incoming("\(awaited.file) \(bot)")
            let size = try await files.bring(path, to: incoming)
            folder.isThere(logger)
            let expected = location.fileSize ?? announced ?? size
            guard size == expected, size > 0 else {
                try? FileManager.default.removeItem(at: incoming)
                return await retry(awaited, because: "it has \(size) bytes instead of \(expected)", .damaged)
            }
            guard try awaited.isWhatItShouldBe(incoming) else {
                try? FileManager.default.removeItem(at: incoming)
                return try await note(.messengerOnly(.damaged), awaited)
            }
            let stored = try await media.adopt(incoming)
            try await note(.stored(stored.key, bytes: stored.bytes), awaited)
        } catch let error as TelegramError {
            await retry(awaited, after: error, since: began)
        } catch let fault as LocalFiles.Fault where fault.isOfTheFile {
            await retry(awaited, because: "\(fault)", .unreadable)
        } catch let fault as LocalFiles.Fault where fault.isOfTheFolder {
            pace.trouble(since: began, now: clock.now)
            troubles[awaited.file, default: Trouble(until: clock.now, failedAt: clock.now)].failedAt = clock.now
            folder.isAway(because: "\(fault)", logger)
        } catch {
            guard !Task.isCancelled else { return }
            pause(after: awaited, because: "\(error)", since: began)
        }
    }

    private func retry(_ awaited: AwaitedFile, after error: TelegramError, since began: Date) async {
        guard !Task.isCancelled else { return }
        switch error {
        case .refused(_, _, let description) where description.lowercased().contains("file is too big"):
            await giveUp(awaited, .tooLarge)
        case .fileTooLarge:
            await giveUp(awaited, .tooLarge)
        case .refused where !error.isTokenRefused:
            await retry(awaited, because: "\(error)", .gone)
        case .refused:
            pace.tokenRefused(now: clock.now)
            noteFailure(of: awaited, because: "\(error)")
        case .retryAfter(let duration):
            pace.wait(duration, now: clock.now)
            noteFailure(of: awaited, because: "\(error)")
        case .migrated, .serverTrouble, .unreachable, .undecodable, .cancelled, .fileTrouble:
            pause(after: awaited, because: "\(error)", since: began)
        }
    }

    /// What happened is not this file's fault: it is never given up, and the whole bot pauses.
    private func pause(after awaited: AwaitedFile, because reason: String, since began: Date) {
        pace.trouble(since: began, now: clock.now)
        noteFailure(of: awaited, because: reason)
    }

    private func noteFailure(of awaited: AwaitedFile, because reason: String) {
        let now = clock.now
        troubles[awaited.file, default: Trouble(until: now, failedAt: now)].failedAt = now
        logger.warning(
            "A recording could not be fetched",
            metadata: ["file": "\(awaited.subject)", "reason": "\(reason)"]
        )
    }

    /// What happened is this file's fault. `verdict`: what the recording is when it has happened too often.
    private func retry(
        _ awaited: AwaitedFile,
        because reason: String,
        _ verdict: Recording.MessengerOnlyReason
    ) async {
        let now = clock.now
        pace.wentWell()
        var trouble = troubles[awaited.file] ?? Trouble(until: now, failedAt: now)
        trouble.refusals += 1
        trouble.firstRefusal = trouble.firstRefusal ?? now
        trouble.until = clock.after(trouble.backoff.pause())
        troubles[awaited.file] = trouble
        noteFailure(of: awaited, because: reason)
        guard trouble.refusals >= Self.refusalLimit, let begin = trouble.firstRefusal,
            verdict == .unreadable || now.timeIntervalSince(begin) >= Self.patience.seconds
        else { return }
        await giveUp(awaited, verdict)
    }

    private func giveUp(_ awaited: AwaitedFile, _ verdict: Recording.MessengerOnlyReason) async {
        do {
            try await note(.messengerOnly(verdict), awaited)
        } catch {
            pause(after: awaited, because: "\(error)", since: clock.now)
        }
    }

    private func note(_ media: Recording.Media, _ awaited: AwaitedFile) async throws {
        // With the time: a file that was replaced and put back is fetched once more.
        let time = Timestamp.milliseconds(clock.now)
        let cause = Cause(rawValue: "fetched:\(awaited.subject):\(awaited.file):\(time)")
        switch awaited.subject {
        case .recording(let id):
            _ = try await library.note(media, of: id, file: awaited.file, cause: cause)
        case .cover(let id):
            _ = try await library.note(media, ofCover: awaited.file, of: id, cause: cause)
        }
        troubles[awaited.file] = nil
        pace.wentWell()
    }
}
