import Domain
import Foundation
import Logging

/// Fetches the files of posted recordings into the club's media folder, three at a time, until each is there or can
/// never be.
///
/// What is still to be fetched stands in the store, so that a restart forgets nothing; a half-fetched file goes on
/// where it ended.
actor RecordingFetcher {
    /// Largest file that Telegram hands to bots, inclusive. Source: tdlib/telegram-bot-api, Client.h, MAX_DOWNLOAD.
    static let sizeLimit: Int64 = 20 << 20
    static let concurrency = 3
    /// How often it looks for something to do: another process may have stored it.
    static let rest: Duration = .seconds(1)
    /// A file is given up after so many refusals, the last one so long after the first: Telegram also refuses files
    /// that are only "temporarily unavailable".
    static let refusalLimit = 5
    static let patience: Duration = .seconds(3600)
    /// How long a recording is left to the bot that usually fetches, where there are two.
    static let courtesy: Duration = .seconds(60)

    /// A recording that this bot can fetch.
    private struct Awaited {
        var recording: Recording
        var file: FileUniqueID
        /// By which this bot fetches the file.
        var fileID: String
    }

    private struct Trouble {
        var backoff = Backoff(first: .seconds(2), longest: .seconds(600))
        var until: Date
        var refusals = 0
        var firstRefusal: Date?
    }

    private let bot: BotName
    private let api: TelegramAPI
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
    /// What is being fetched.
    private(set) var running: Set<FileUniqueID> = []

    init(
        bot: BotName,
        leavingTo first: BotName?,
        api: TelegramAPI,
        library: PodcastLibrary,
        media: any MediaStore,
        clock: any ClubClock,
        wakeup: Wakeup,
        outage: StoreOutage,
        logger: Logger
    ) {
        self.bot = bot
        self.first = first
        self.api = api
        self.library = library
        self.media = media
        self.clock = clock
        self.wakeup = wakeup
        self.outage = outage
        self.logger = logger
    }

    /// Fetches until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                // What was under way before the look into the store may be done by now: it is for the next look.
                let before = running
                let due = await waiting().filter { !before.contains($0.file) }
                for awaited in due.prefix(max(0, Self.concurrency - running.count)) {
                    running.insert(awaited.file)
                    group.addTask { await self.work(on: awaited) }
                }
                if running.isEmpty, !before.isEmpty { continue }
                // While as much as may be is on its way, its end wakes this; else what has become due is looked for.
                await wakeup.wait(atMost: running.count < Self.concurrency ? Self.rest : .seconds(60), clock: clock)
            }
        }
    }

    private func work(on awaited: Awaited) async {
        await fetch(awaited)
        running.remove(awaited.file)
        wakeup.notify()
    }

    /// Recordings that this bot can fetch now.
    private func waiting() async -> [Awaited] {
        let now = clock.now
        // What ends while the library is read may still look awaited in what was read.
        let busy = running
        do {
            let awaited = try await library.recordingsToFetch(limit: 200).flatMap { podcast in
                let isRecent = now.timeIntervalSince(podcast.updatedAt) < Self.courtesy.seconds
                return podcast.recordings.compactMap { recording -> Awaited? in
                    guard recording.media == .awaited, let file = recording.fileUniqueID,
                        let fileID = recording.fileID(of: bot)
                    else { return nil }
                    if let first, recording.fileID(of: first) != nil || isRecent { return nil }
                    return Awaited(recording: recording, file: file, fileID: fileID)
                }
            }
            outage.ended(for: "recordings of \(bot)")
            troubles = troubles.filter { file, _ in awaited.contains { $0.file == file } }
            return awaited.filter { awaited in
                guard !busy.contains(awaited.file) else { return false }
                return troubles[awaited.file].map { $0.until <= now } ?? true
            }
        } catch {
            outage.met(error, by: "recordings of \(bot)")
            return []
        }
    }

    private func fetch(_ awaited: Awaited) async {
        let announced = awaited.recording.announcedBytes
        do {
            if let announced, announced > Self.sizeLimit {
                return try await note(.messengerOnly(.tooLarge), awaited)
            }
            let location = try await api.call(GetFile(fileId: awaited.fileID))
            guard let path = location.filePath else { throw TelegramError.undecodable(method: GetFile.name) }
            // Each bot has its own: two processes that wrote one file would spoil it.
            let incoming = try media.incoming("\(awaited.file) \(bot)")
            let size = try await api.download(path: path, to: incoming, maximumBytes: Self.sizeLimit)
            let expected = location.fileSize ?? announced ?? size
            guard size == expected, size > 0 else {
                try? FileManager.default.removeItem(at: incoming)
                return await retry(awaited, because: "it has \(size) bytes instead of \(expected)", .damaged)
            }
            let stored = try await media.adopt(incoming)
            try await note(.stored(stored.key, bytes: stored.bytes), awaited)
        } catch let error as TelegramError {
            await retry(awaited, after: error)
        } catch {
            guard !Task.isCancelled else { return }
            await retry(awaited, because: "\(error)", nil)
        }
    }

    private func retry(_ awaited: Awaited, after error: TelegramError) async {
        guard !Task.isCancelled else { return }
        switch error {
        case .refused(_, _, let description) where description.lowercased().contains("file is too big"):
            await giveUp(awaited, .tooLarge)
        case .fileTooLarge:
            await giveUp(awaited, .tooLarge)
        case .refused where !error.isTokenRefused:
            await retry(awaited, because: "\(error)", .gone)
        case .retryAfter(let duration):
            troubles[awaited.file, default: Trouble(until: clock.now)].until = clock.after(duration)
        case .refused, .migrated, .serverTrouble, .unreachable, .undecodable, .cancelled, .fileTrouble:
            await retry(awaited, because: "\(error)", nil)
        }
    }

    /// `verdict`: what the recording is when this has happened too often; nil where it is never given up.
    private func retry(
        _ awaited: Awaited,
        because reason: String,
        _ verdict: Recording.MessengerOnlyReason?
    ) async {
        var trouble = troubles[awaited.file] ?? Trouble(until: clock.now)
        let now = clock.now
        if verdict != nil {
            trouble.refusals += 1
            trouble.firstRefusal = trouble.firstRefusal ?? now
        }
        trouble.until = clock.after(trouble.backoff.pause())
        troubles[awaited.file] = trouble
        logger.warning(
            "A recording could not be fetched",
            metadata: ["recording": "\(awaited.recording.id)", "reason": "\(reason)", "times": "\(trouble.refusals)"]
        )
        guard let verdict, trouble.refusals >= Self.refusalLimit, let begin = trouble.firstRefusal,
            now.timeIntervalSince(begin) >= Self.patience.seconds
        else { return }
        await giveUp(awaited, verdict)
    }

    private func giveUp(_ awaited: Awaited, _ verdict: Recording.MessengerOnlyReason) async {
        do {
            try await note(.messengerOnly(verdict), awaited)
        } catch {
            await retry(awaited, because: "\(error)", nil)
        }
    }

    private func note(_ media: Recording.Media, _ awaited: Awaited) async throws {
        // With the time: a file that was replaced and put back is fetched once more.
        let time = Timestamp.milliseconds(clock.now)
        let cause = Cause(rawValue: "fetched:\(awaited.recording.id):\(awaited.file):\(time)")
        _ = try await library.note(media, of: awaited.recording.id, file: awaited.file, cause: cause)
        troubles[awaited.file] = nil
    }
}
