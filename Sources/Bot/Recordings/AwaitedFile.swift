import Domain
import Foundation

/// A file that a bot can fetch.
struct AwaitedFile: Sendable {
    /// To what it belongs.
    enum Subject: Sendable, CustomStringConvertible {
        case recording(RecordingID)
        case cover(PodcastID)

        var description: String {
            switch self {
            case .recording(let id): "\(id)"
            case .cover(let id): "cover of \(id)"
            }
        }
    }

    var subject: Subject
    var file: FileUniqueID
    /// By which this bot fetches it.
    var fileID: String
    var announcedBytes: Int64?

    /// What of an episode `bot` has to fetch.
    /// - Parameters:
    ///   - podcast: The episode.
    ///   - bot: Whose files are looked for: another bot's ids are of no use to it.
    ///   - first: The bot to which recordings are left that it has seen, too.
    ///   - isRecent: Whether that bot may still come to know them.
    /// - Returns: The files, the recordings' in their order.
    static func all(
        of podcast: Podcast,
        for bot: BotName,
        leavingTo first: BotName?,
        isRecent: Bool
    ) -> [AwaitedFile] {
        let recordings = podcast.recordings.compactMap { recording -> AwaitedFile? in
            guard recording.media == .awaited, let file = recording.fileUniqueID,
                let fileID = recording.fileID(of: bot)
            else { return nil }
            if let first, recording.fileID(of: first) != nil || isRecent { return nil }
            return AwaitedFile(
                subject: .recording(recording.id),
                file: file,
                fileID: fileID,
                announcedBytes: recording.announcedBytes
            )
        }
        return recordings + [cover(of: podcast, for: bot)].compactMap { $0 }
    }

    /// Covers are sent to one bot only.
    private static func cover(of podcast: Podcast, for bot: BotName) -> AwaitedFile? {
        guard let cover = podcast.cover, cover.media == .awaited, let fileID = cover.fileIDs[bot.rawValue] else {
            return nil
        }
        return AwaitedFile(
            subject: .cover(podcast.id),
            file: cover.fileUniqueID,
            fileID: fileID,
            announcedBytes: cover.announcedBytes
        )
    }

    /// Whether a fetched file is of the kind that it has to be: a cover is a JPEG picture, as Telegram makes them of
    /// photos. Source: ITU-T T.81, annex B: it begins with the marker SOI.
    func isWhatItShouldBe(_ fetched: URL) throws -> Bool {
        guard case .cover = subject else { return true }
        let handle = try FileHandle(forReadingFrom: fetched)
        defer { try? handle.close() }
        return try handle.read(upToCount: 3) == Data([0xFF, 0xD8, 0xFF])
    }
}
