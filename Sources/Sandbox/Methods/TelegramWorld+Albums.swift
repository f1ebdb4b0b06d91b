/// Files that stand in a JSON argument: `sendMediaGroup`, and the media of an edit.
extension TelegramWorld {
    /// Parts of an album. Source: Bot API, `sendMediaGroup`.
    static let albumCapacity = 10

    /// An `InputMedia` that was read and checked, but of which nothing is kept yet.
    struct InputMedia {
        let kind: MediaFile.Kind
        let source: MediaSource
        let caption: FormattedText
        /// The members of the object as the arguments of a call of their own.
        let call: BotCall
    }

    /// Reads one `InputMedia`.
    func inputMedia(_ item: JSON, _ call: BotCall) throws(CallFailure) -> InputMedia {
        guard item.members != nil else { throw .badRequest("can't parse InputMedia: expected an Object") }
        guard let name = item["type"]?.string else {
            throw .badRequest("can't parse InputMedia: Can't find field \"type\"")
        }
        let kinds: [MediaFile.Kind] = [.audio, .document, .photo, .video]
        guard let kind = kinds.first(where: { $0.rawValue == name }) else {
            throw .badRequest("can't parse InputMedia: unsupported type specified")
        }
        guard item["media"]?.string?.isEmpty == false else {
            throw .badRequest("can't parse InputMedia: media not found")
        }
        let arguments = Arguments(of: item, uploads: call.arguments.uploads)
        let part = BotCall(bot: call.bot, method: call.method, arguments: arguments, now: call.now)
        let caption = try caption(part)
        guard caption.length <= FormattedText.captionLength else { throw .badRequest("message caption is too long") }
        return InputMedia(kind: kind, source: try source(of: "media", as: kind, part), caption: caption, call: part)
    }

    /// Sends several files as one album. All or none of them are sent.
    mutating func sendMediaGroup(_ call: BotCall) throws(CallFailure) -> JSON {
        guard let items = call.arguments.json("media")?.elements else {
            throw .badRequest("can't parse media JSON object")
        }
        guard !items.isEmpty else { throw .badRequest("there are no messages to send") }
        guard items.count <= TelegramWorld.albumCapacity else {
            throw .badRequest("too many messages to send as an album")
        }
        var media: [InputMedia] = []
        for item in items { media.append(try inputMedia(item, call)) }
        let kinds = Set(media.map(\.kind))
        if kinds.count > 1, let lone = kinds.first(where: { $0 == .audio || $0 == .document }) {
            throw .badRequest("\(lone.displayName) can't be mixed with other media types")
        }
        let place = try place(of: call)
        let album = newAlbumID()
        var messages: [JSON] = []
        for part in media {
            let body = Message.Body.media(file: file(from: part.source, part.kind, part.call), caption: part.caption)
            messages.append(json(of: post(body, album: album, to: place, call), for: call.bot))
        }
        return .array(messages)
    }

    /// A name for an album, of the length that Telegram's have.
    mutating func newAlbumID() -> String {
        String(UInt64.random(in: 10_000_000_000_000_000...99_999_999_999_999_999, using: &random))
    }
}
