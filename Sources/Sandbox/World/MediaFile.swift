/// A file that Telegram knows. Its attributes belong to it: whoever sends it again by its id gets the same ones.
struct MediaFile: Codable, Sendable, Hashable {
    enum Kind: String, Codable, Sendable, CaseIterable {
        case audio
        case voice
        case document
        case video
        case videoNote = "video_note"
        case photo
        case animation
        case sticker
        case thumbnail

        /// The first segment of download paths.
        var folder: String {
            switch self {
            case .audio: "music"
            case .voice: "voice"
            case .document: "documents"
            case .video: "videos"
            case .videoNote: "video_notes"
            case .photo: "photos"
            case .animation: "animations"
            case .sticker: "stickers"
            case .thumbnail: "thumbnails"
            }
        }

        /// The first byte of file ids, as Telegram numbers its kinds of files.
        var code: UInt8 {
            switch self {
            case .thumbnail: 0
            case .photo: 2
            case .voice: 3
            case .video: 4
            case .document: 5
            case .sticker: 8
            case .audio: 9
            case .animation: 10
            case .videoNote: 13
            }
        }

        /// It has a length in time.
        var isTimed: Bool {
            switch self {
            case .audio, .voice, .video, .videoNote, .animation: true
            case .document, .photo, .sticker, .thumbnail: false
            }
        }

        /// A message with it can have a caption.
        var bearsCaption: Bool { self != .videoNote && self != .sticker }

        /// Its name is shown to those who get it.
        var keepsName: Bool {
            switch self {
            case .audio, .document, .video, .animation: true
            case .voice, .videoNote, .photo, .sticker, .thumbnail: false
            }
        }

        /// How Telegram's errors call it.
        var displayName: String {
            switch self {
            case .audio: "Audio"
            case .voice: "VoiceNote"
            case .document: "Document"
            case .video: "Video"
            case .videoNote: "VideoNote"
            case .photo: "Photo"
            case .animation: "Animation"
            case .sticker: "Sticker"
            case .thumbnail: "Thumbnail"
            }
        }
    }

    /// Names the bytes and, through `FileID`, the file towards bots. Random, so that nothing can be told from it.
    let key: Int64
    let kind: Kind
    /// Bytes.
    let size: Int
    /// As the sender gave it.
    var name: String?
    var mediaType: String?
    /// Seconds.
    var duration = 0
    var title: String?
    var performer: String?
    /// What a sticker stands for.
    var emoji: String?
    /// Pixels.
    var width = 0
    /// Pixels.
    var height = 0
    /// Another file: the small cover picture.
    var thumbnail: Int64?

    /// Takes over width and height: what the sender says, else what the file's headers tell. A video note is square.
    mutating func setPixels(given: (width: Int?, height: Int?), _ facts: MediaFacts) {
        width = given.width ?? facts.width ?? (kind == .videoNote ? MediaFile.noteLength : 0)
        height = kind == .videoNote ? width : given.height ?? facts.height ?? 0
    }

    /// Takes over what belongs to a sticker: where the file does not tell its size, it has the one of all stickers.
    mutating func setSticker(emoji: String?) {
        self.emoji = emoji
        if width == 0 { (width, height) = (MediaFile.stickerLength, MediaFile.stickerLength) }
    }

    /// Pixels of the longer side of a sticker. Source: Bot API, `InputSticker`.
    static let stickerLength = 512

    /// Pixels across and down of a video note of which nothing is known: what apps record.
    static let noteLength = 384

    /// The ending of download paths, with the dot.
    var pathEnding: String {
        if let name, let dot = name.lastIndex(of: ".") {
            let ending = name[name.index(after: dot)...]
            if (1...8).contains(ending.count), ending.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) {
                return "." + ending.lowercased()
            }
        }
        switch kind {
        case .voice: return ".oga"
        case .audio: return ".mp3"
        case .video, .videoNote, .animation: return ".mp4"
        case .sticker: return ".webp"
        case .photo, .thumbnail: return ".jpg"
        case .document: return ""
        }
    }
}
