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
    /// After so many refusals a file is given up.
    static let refusalLimit = 5

    private struct Trouble {
        var backoff = Backoff(first: .seconds(2), longest: .seconds(600))
        var until: Date
        var refusals = 0
    }

    private let bot: BotName
    private let api: TelegramAPI
    private let library: PodcastLibrary
    private let media: any MediaStore
    private let clock: any ClubClock
    private let wakeup: Wakeup
    private let logger: Logger
    /// By file, so that one which takes a failed one's place begins anew.
    private var troubles: [FileUniqueID: Trouble] = [:]

    init(
        bot: BotName,
        api: TelegramAPI,
        library: PodcastLibrary,
        media: any MediaStore,
        clock: any ClubClock,
        wakeup: Wakeup,
        logger: Logger
    ) {
        self.bot = bot
        self.api = api
        self.library = library
        self.media = media
        self.clock = clock
        self.wakeup = wakeup
        self.logger = logger
    }

    /// Fetches until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            let waiting = await waiting()
            await withTaskGroup(of: Void.self) { group in
                for recording in waiting.prefix(Self.concurrency) {
                    group.addTask { await self.fetch(recording) }
                }
            }
            if waiting.count <= Self.concurrency { await wakeup.wait(atMost: .seconds(2), clock: clock) }
        }
    }

    /// Recordings that this bot can fetch now.
    private func waiting() async -> [Recording] {
        let now = clock.now
        do {
            let recordings = try await library.recordingsToFetch(limit: 200).flatMap(\.recordings)
            let awaited = recordings.filter { $0.media == .awaited && $0.fileID(of: bot) != nil }
            troubles = troubles.filter { file, _ in awaited.contains { $0.fileUniqueID == file } }
            return awaited.filter { recording in troubles[recording.fileUniqueID].map { $0.until <= now } ?? true }
        } catch {
            logger.error("The library cannot be read", metadata: ["error": "\(error)"])
            return []
        }
    }

    private func fetch(_ recording: Recording) async {
        guard let fileID = recording.fileID(of: bot) else { return }
        do {
            if let bytes = recording.announcedBytes, bytes > Self.sizeLimit {
                return try await note(.messengerOnly(.tooLarge), recording)
            }
            let location = try await api.call(GetFile(fileId: fileID))
            guard let path = location.filePath else { throw TelegramError.undecodable(method: GetFile.name) }
            let incoming = try media.incoming(recording.fileUniqueID.rawValue)
            let size = try await api.download(path: path, to: incoming, maximumBytes: Self.sizeLimit)
            let expected = location.fileSize ?? recording.announcedBytes ?? size
            guard size == expected, size > 0 else {
                try? FileManager.default.removeItem(at: incoming)
                return await retry(recording, because: "it has \(size) bytes instead of \(expected)", .damaged)
            }
            let stored = try await media.adopt(incoming)
            try await note(.stored(stored.key, bytes: stored.bytes), recording)
        } catch let error as TelegramError {
            await retry(recording, after: error)
        } catch {
            guard !Task.isCancelled else { return }
            await retry(recording, because: "\(error)", nil)
        }
    }

    private func retry(_ recording: Recording, after error: TelegramError) async {
        guard !Task.isCancelled else { return }
        switch error {
        case .refused(_, _, let description) where description.lowercased().contains("file is too big"):
            do {
                try await note(.messengerOnly(.tooLarge), recording)
            } catch {
                await retry(recording, because: "\(error)", nil)
            }
        case .refused where !error.isTokenRefused:
            await retry(recording, because: "\(error)", .gone)
        case .retryAfter(let duration):
            troubles[recording.fileUniqueID, default: Trouble(until: clock.now)].until = clock.after(duration)
        case .refused, .migrated, .serverTrouble, .unreachable, .undecodable, .cancelled, .fileTrouble:
            await retry(recording, because: "\(error)", nil)
        }
    }

    /// `verdict`: what the recording is when this has happened too often; nil where it is never given up.
    private func retry(
        _ recording: Recording,
        because reason: String,
        _ verdict: Recording.MessengerOnlyReason?
    ) async {
        var trouble = troubles[recording.fileUniqueID] ?? Trouble(until: clock.now)
        if verdict != nil { trouble.refusals += 1 }
        trouble.until = clock.after(trouble.backoff.pause())
        troubles[recording.fileUniqueID] = trouble
        logger.warning(
            "A recording could not be fetched",
            metadata: ["recording": "\(recording.id)", "reason": "\(reason)", "times": "\(trouble.refusals)"]
        )
        guard let verdict, trouble.refusals >= Self.refusalLimit else { return }
        try? await note(.messengerOnly(verdict), recording)
    }

    private func note(_ media: Recording.Media, _ recording: Recording) async throws {
        // With the time: a file that was replaced and put back is fetched once more.
        let time = Timestamp.milliseconds(clock.now)
        let cause = Cause(rawValue: "fetched:\(recording.id):\(recording.fileUniqueID):\(time)")
        _ = try await library.note(media, of: recording.id, file: recording.fileUniqueID, cause: cause)
        troubles[recording.fileUniqueID] = nil
    }
}
