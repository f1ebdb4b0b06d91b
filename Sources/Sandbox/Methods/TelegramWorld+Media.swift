/// Sending files.
extension TelegramWorld {
    /// Every method that sends one file with, or without, a caption.
    mutating func sendMedia(_ call: BotCall, _ kind: MediaFile.Kind) throws(CallFailure) -> JSON {
        let source = try source(of: kind.rawValue, as: kind, call)
        let caption = kind.bearsCaption ? try caption(call) : .empty
        let file = file(from: source, kind, call)
        do throws(CallFailure) {
            return json(of: try send(.media(file: file, caption: caption), call), for: call.bot)
        } catch {
            // A call that is refused leaves no file behind.
            if case .uploaded = source { forgetFile(file) }
            throw error
        }
    }

    /// Where a file comes from.
    enum MediaSource {
        case known(Int64)
        case uploaded(Upload)
    }

    /// The file that the argument `field` names: by its id, or as a part of the request.
    func source(
        of field: String,
        as kind: MediaFile.Kind,
        _ call: BotCall
    ) throws(CallFailure) -> MediaSource {
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

    /// The file that a bot names by its id.
    func knownFile(_ id: String, as kind: MediaFile.Kind, _ call: BotCall) throws(CallFailure) -> Int64 {
        if id.contains("://") {
            let isWeb = id.hasPrefix("http://") || id.hasPrefix("https://")
            throw .badRequest(
                isWeb ? "failed to get HTTP URL content" : "wrong file identifier/HTTP URL specified"
            )
        }
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

    /// The key of the file, which is kept from now on where it was uploaded.
    mutating func file(from source: MediaSource, _ kind: MediaFile.Kind, _ call: BotCall) -> Int64 {
        switch source {
        case .known(let key): return key
        case .uploaded(let upload):
            var file = MediaFile(key: upload.key, kind: kind, size: upload.size)
            file.mediaType = MediaType.guessed(name: upload.name, given: upload.mediaType, kind: kind)
            file.name = kind.keepsName ? upload.name : nil
            let width = pixels(kind == .videoNote ? "length" : "width", call)
            file.setPixels(given: kind == .photo ? (nil, nil) : (width, pixels("height", call)), upload.facts)
            if kind.isTimed {
                let given = call.arguments.integer("duration", in: 0...Int(Int32.max))
                file.duration = given > 0 ? given : upload.facts.seconds ?? 0
            }
            if kind == .audio {
                file.title = call.arguments.values["title"]
                file.performer = call.arguments.values["performer"]
            }
            if kind == .sticker { file.setSticker(emoji: call.arguments.values["emoji"]) }
            file.thumbnail = [.voice, .photo, .sticker].contains(kind) ? nil : thumbnail(call)
            files[file.key] = file
            return file.key
        }
    }

    private func pixels(_ argument: String, _ call: BotCall) -> Int? {
        let given = call.arguments.integer(argument, in: 0...10_000)
        return given > 0 ? given : nil
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
}
