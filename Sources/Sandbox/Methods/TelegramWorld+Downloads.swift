import Foundation

/// `getFile` and what it leads to.
extension TelegramWorld {
    /// Bytes that a bot can download. Source: telegram-bot-api, Client.h.
    static let downloadLimit = 20 << 20
    /// A download path answers at least this long.
    static let downloadValidity: TimeInterval = 3_600

    /// Gives out a download path.
    mutating func getFile(_ call: BotCall) throws(CallFailure) -> JSON {
        let id = call.arguments.string("file_id")
        guard !id.isEmpty else { throw .badRequest("file_id not specified") }
        let key: Int64
        switch FileID.read(id, for: call.bot) {
        case .malformed: throw .badRequest("invalid file_id")
        case .foreign: throw .badRequest("wrong file_id or the file is temporarily unavailable")
        case .file(let found): key = found
        }
        guard let file = files[key] else { throw .badRequest("wrong file_id or the file is temporarily unavailable") }
        let isLocal = settings.localFolder != nil
        guard isLocal || file.size <= TelegramWorld.downloadLimit else { throw .badRequest("file is too big") }
        let known = bots[call.bot]?.downloads.first { $0.value.file == key }?.key
        let path = known ?? "\(file.kind.folder)/file_\(bots[call.bot]?.downloads.count ?? 0)\(file.pathEnding)"
        let validUntil = call.now.addingTimeInterval(TelegramWorld.downloadValidity)
        bots[call.bot]?.downloads[path] = BotAccount.Download(file: key, validUntil: validUntil)
        let shown = settings.localFolder.map { "\($0)/\(bots[call.bot]?.token ?? "")/\(path)" } ?? path
        return fileNames(file, for: call.bot).followed(by: .fields(["file_path": .string(shown)]))
    }

    /// The file behind a download path of a bot, while the path is valid.
    func download(_ path: String, bot: Int64, now: Date) -> MediaFile? {
        // A server that runs with `--local` serves no files.
        guard settings.localFolder == nil else { return nil }
        guard let download = bots[bot]?.downloads[path], download.validUntil > now else { return nil }
        return files[download.file]
    }
}
