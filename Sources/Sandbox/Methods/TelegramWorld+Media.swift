import Foundation

/// Sending files, and `getFile`.
extension TelegramWorld {
    /// Bytes that a bot can download. Source: telegram-bot-api, Client.h.
    static let downloadLimit = 20 << 20
    /// A download path answers at least this long.
    static let downloadValidity: TimeInterval = 3_600

    /// `sendAudio`, `sendVoice`, `sendDocument` and `sendPhoto`.
    mutating func sendMedia(_ call: BotCall, _ kind: MediaFile.Kind) throws(CallFailure) -> JSON {
        let source = try source(of: kind.rawValue, as: kind, call)
        let caption = try caption(call)
        let file = file(from: source, kind, call)
        do throws(CallFailure) {
            return json(of: try send(.media(file: file, caption: caption), call), for: call.bot)
        } catch {
            // A call that is refused leaves no file behind.
            if case .uploaded = source { forgetFile(file) }
            throw error
        }
    }

    private enum Source {
        case known(Int64)
        case uploaded(Upload)
    }

    private func source(
        of field: String,
        as kind: MediaFile.Kind,
        _ call: BotCall
    ) throws(CallFailure) -> Source {
        var part = field
        let value = call.arguments.string(field)
        if value.hasPrefix("attach://") {
            part = String(value.dropFirst("attach://".count))
        } else if !value.isEmpty {
            return .known(try knownFile(value, as: kind, call))
        }
        guard let upload = call.arguments.uploads[part] else {
            throw .badRequest("there is no \(field) in the request")
        }
        guard upload.size > 0 else { throw .badRequest("file must be non-empty") }
        if kind == .photo, upload.facts.width == nil { throw .badRequest("IMAGE_PROCESS_FAILED") }
        return .uploaded(upload)
    }

    private func knownFile(_ id: String, as kind: MediaFile.Kind, _ call: BotCall) throws(CallFailure) -> Int64 {
        if id.contains("://") { throw .badRequest("failed to get HTTP URL content") }
        switch FileID.read(id, for: call.bot) {
        case .malformed: throw .badRequest("wrong file identifier/HTTP URL specified")
        case .foreign: throw .badRequest("wrong file_id or the file is temporarily unavailable")
        case .file(let key):
            guard let file = files[key] else {
                throw .badRequest("wrong file_id or the file is temporarily unavailable")
            }
            guard file.kind == kind else {
                throw .badRequest("can't use file of type \(file.kind.displayName) as \(kind.displayName)")
            }
            return key
        }
    }

    private mutating func file(from source: Source, _ kind: MediaFile.Kind, _ call: BotCall) -> Int64 {
        switch source {
        case .known(let key): return key
        case .uploaded(let upload):
            var file = MediaFile(key: upload.key, kind: kind, size: upload.size)
            file.mediaType = MediaType.guessed(name: upload.name, given: upload.mediaType, kind: kind)
            file.name = kind == .voice || kind == .photo ? nil : upload.name
            file.width = upload.facts.width ?? 0
            file.height = upload.facts.height ?? 0
            if kind == .audio || kind == .voice {
                let given = call.arguments.integer("duration", in: 0...Int(Int32.max))
                file.duration = given > 0 ? given : upload.facts.seconds ?? 0
            }
            if kind == .audio {
                file.title = call.arguments.values["title"]
                file.performer = call.arguments.values["performer"]
            }
            file.thumbnail = kind == .audio || kind == .document ? thumbnail(call) : nil
            files[file.key] = file
            return file.key
        }
    }

    /// Forgets a file and its cover.
    mutating func forgetFile(_ key: Int64) {
        if let cover = files.removeValue(forKey: key)?.thumbnail { files[cover] = nil }
    }

    /// The cover that came with a file; one that is no picture is dropped silently, as Telegram does it.
    private mutating func thumbnail(_ call: BotCall) -> Int64? {
        let value = call.arguments.string("thumbnail")
        let part = value.hasPrefix("attach://") ? String(value.dropFirst("attach://".count)) : "thumbnail"
        guard let upload = call.arguments.uploads[part], let width = upload.facts.width,
            let height = upload.facts.height
        else { return nil }
        var file = MediaFile(key: upload.key, kind: .thumbnail, size: upload.size)
        file.width = width
        file.height = height
        files[file.key] = file
        return file.key
    }

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
        guard file.size <= TelegramWorld.downloadLimit else { throw .badRequest("file is too big") }
        let known = bots[call.bot]?.downloads.first { $0.value.file == key }?.key
        let path = known ?? "\(file.kind.folder)/file_\(bots[call.bot]?.downloads.count ?? 0)\(file.pathEnding)"
        let validUntil = call.now.addingTimeInterval(TelegramWorld.downloadValidity)
        bots[call.bot]?.downloads[path] = BotAccount.Download(file: key, validUntil: validUntil)
        return fileNames(file, for: call.bot).followed(by: .fields(["file_path": .string(path)]))
    }

    /// The file behind a download path of a bot, while the path is valid.
    func download(_ path: String, bot: Int64, now: Date) -> MediaFile? {
        guard let download = bots[bot]?.downloads[path], download.validUntil > now else { return nil }
        return files[download.file]
    }
}
