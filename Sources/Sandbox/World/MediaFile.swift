/// A file that Telegram knows. Its attributes belong to it: whoever sends it again by its id gets the same ones.
struct MediaFile: Codable, Sendable, Hashable {
    enum Kind: String, Codable, Sendable, CaseIterable {
        case audio
        case voice
        case document
        case photo
        case thumbnail

        /// The first segment of download paths.
        var folder: String {
            switch self {
            case .audio: "music"
            case .voice: "voice"
            case .document: "documents"
            case .photo: "photos"
            case .thumbnail: "thumbnails"
            }
        }

        /// The first byte of file ids, as Telegram numbers its kinds of files.
        var code: UInt8 {
            switch self {
            case .thumbnail: 0
            case .photo: 2
            case .voice: 3
            case .document: 5
            case .audio: 9
            }
        }

        /// How Telegram's errors call it.
        var displayName: String {
            switch self {
            case .audio: "Audio"
            case .voice: "VoiceNote"
            case .document: "Document"
            case .photo: "Photo"
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
    /// Pixels.
    var width = 0
    /// Pixels.
    var height = 0
    /// Another file: the small cover picture.
    var thumbnail: Int64?

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
        case .photo, .thumbnail: return ".jpg"
        case .document: return ""
        }
    }
}
