import Domain
import Foundation

/// From where a bot gets the files that were posted.
struct FileSource: Sendable {
    /// Largest file that Telegram hands to bots, inclusive. Source: tdlib/telegram-bot-api, Client.h, MAX_DOWNLOAD.
    static let cloudLimit: Int64 = 20 << 20
    /// Larger files than this nobody means to post. Source: Telegram's own limit, with a margin.
    static let ownLimit: Int64 = 8 << 30
    /// A server of one's own answers `getFile` only when it has fetched the whole file from Telegram.
    static let ownPatience: Duration = .seconds(1_800)

    let api: TelegramAPI
    let access: BotConfiguration.FileAccess

    /// Whether the files come from a Bot API server of one's own, which has large ones too.
    var isOwnServer: Bool {
        if case .ownServer = access { true } else { false }
    }

    /// Files that are announced as larger are not asked for, since they would be refused.
    var announcedLimit: Int64 {
        switch access {
        case .cloud: Self.cloudLimit
        case .ownServer: Self.ownLimit
        }
    }

    /// Where a file is.
    func location(of fileID: String) async throws(TelegramError) -> TelegramFileLocation {
        switch access {
        case .cloud: try await api.call(GetFile(fileId: fileID))
        case .ownServer: try await api.call(GetFile(fileId: fileID), deadline: Self.ownPatience)
        }
    }

    /// Brings a file to `target`, over the network going on from the bytes that are there.
    /// - Parameters:
    ///   - path: What `getFile` answered: relative to the server's address, or an absolute one on its disk.
    ///   - target: Where the file is written.
    /// - Returns: The file's size in bytes.
    /// - Throws: `TelegramError`, `LocalFiles.Fault`.
    func bring(_ path: String, to target: URL) async throws -> Int64 {
        guard path.hasPrefix("/"), case .ownServer(let folder) = access else {
            return try await api.download(path: path, to: target, maximumBytes: announcedLimit)
        }
        return try await LocalFiles(folder: folder).take(path, to: target)
    }
}
