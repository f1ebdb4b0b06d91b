/// Names of media types by the ending of a file's name.
enum MediaType {
    /// Of stickers that are vector animations.
    static let animatedSticker = "application/x-tgsticker"

    private static let byEnding: [String: String] = [
        "aac": "audio/aac", "flac": "audio/flac", "m4a": "audio/mp4", "mp3": "audio/mpeg", "oga": "audio/ogg",
        "ogg": "audio/ogg", "opus": "audio/ogg", "wav": "audio/x-wav", "weba": "audio/webm",
        "mov": "video/quicktime", "mp4": "video/mp4", "webm": "video/webm",
        "gif": "image/gif", "jpeg": "image/jpeg", "jpg": "image/jpeg", "png": "image/png", "webp": "image/webp",
        "csv": "text/csv", "html": "text/html", "json": "application/json", "pdf": "application/pdf",
        "tgs": animatedSticker, "txt": "text/plain", "zip": "application/zip",
    ]

    /// What a bot's upload is called: as its name ends, whatever the part's own type says, for so Telegram does it.
    /// A voice note of which nothing is known is Ogg, a video MP4.
    static func guessed(name: String?, given: String?, kind: MediaFile.Kind) -> String {
        let ending = name?.split(separator: ".").last?.lowercased() ?? ""
        if let known = byEnding[ending] { return known }
        let unknown = "application/octet-stream"
        if kind == .voice, given == nil || given == unknown { return "audio/ogg" }
        if kind == .video || kind == .videoNote || kind == .animation, given == nil || given == unknown {
            return "video/mp4"
        }
        return given ?? unknown
    }
}
