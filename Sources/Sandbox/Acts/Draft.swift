/// What a person is about to write.
struct Draft: Sendable {
    enum Content: Sendable {
        case text(String)
        /// A new upload with its caption.
        case upload(NewFile, caption: String)
        /// A message that is sent again as a new one, with the same file.
        case again(message: Int)
        /// What a bot prepared.
        case body(Message.Body)
        /// A message of another chat that is forwarded.
        case forward(chat: ChatKey, message: Int)
    }

    var content: Content
    var replyTo: Int?
    /// Name of the album that this is a part of.
    var album: String?
    /// The bot whose inline result it is.
    var viaBot: Int64?
    /// The buttons of such a result, and the name by which the bot can change it then.
    var keyboard: JSON?
    var inlineID: String?
    /// Name under a channel post; nothing: the author's, where the channel signs posts.
    var signature: String?
}

/// An upload with what its sender says about it.
struct NewFile: Sendable {
    let upload: Upload
    let kind: MediaFile.Kind
    var title: String?
    var performer: String?
    /// What a sticker stands for.
    var emoji: String?
    /// Seconds; nothing: as the file's own headers tell, else 0.
    var duration: Int?
    /// Pixels of a video; nothing: as the file's own headers tell, else 0.
    var width: Int?
    /// Pixels of a video.
    var height: Int?

    /// The file as Telegram keeps it.
    var file: MediaFile {
        var file = MediaFile(key: upload.key, kind: kind, size: upload.size)
        file.name = kind.keepsName ? upload.name : nil
        file.mediaType = upload.mediaType
        file.setPixels(given: (width, height), upload.facts)
        if kind.isTimed { file.duration = duration ?? upload.facts.seconds ?? 0 }
        if kind == .sticker { file.setSticker(emoji: emoji) }
        if kind == .audio {
            file.title = title
            file.performer = performer
        }
        return file
    }
}
