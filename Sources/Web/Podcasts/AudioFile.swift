import Domain

/// One file of a recording, as it is handed out.
struct AudioFile: Sendable {
    /// The value of `?format=` for what was posted.
    static let originalFormat = "original"

    var key: MediaKey
    var bytes: Int64
    var mediaType: String
    /// Under which name it is kept by whoever downloads it.
    var name: String

    /// `isOriginal`: whether it has to be what was posted, and not the copy for browsers.
    /// - Throws: `.recordingOnItsWay`, `.heardInMessengerOnly` where there is no file.
    init(_ recording: Recording, of podcast: Podcast, isOriginal: Bool) throws(Refusal) {
        switch recording.media {
        case .awaited: throw .recordingOnItsWay
        case .messengerOnly: throw .heardInMessengerOnly
        case .stored(let key, let bytes):
            if !isOriginal, let copy = recording.rendition {
                (self.key, self.bytes, mediaType) = (copy.key, copy.bytes, copy.mediaType)
                let base = recording.fileName.map(Self.withoutEnding) ?? podcast.plainTitle
                name = base + "." + Self.ending(of: copy.mediaType)
            } else {
                (self.key, self.bytes, mediaType) = (key, bytes, recording.mediaType)
                name = recording.fileName ?? podcast.plainTitle + "." + Self.ending(of: recording.mediaType)
            }
        }
    }

    private static func withoutEnding(_ name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
        return String(name[..<dot])
    }

    private static func ending(of mediaType: String) -> String {
        switch mediaType {
        case "audio/ogg", "audio/opus": "ogg"
        case "audio/mpeg", "audio/mp3": "mp3"
        case "audio/mp4", "audio/x-m4a", "audio/aac": "m4a"
        case "audio/flac", "audio/x-flac": "flac"
        case "audio/wav", "audio/x-wav": "wav"
        case "audio/webm": "weba"
        case "video/mp4": "mp4"
        case "video/quicktime": "mov"
        case "video/webm": "webm"
        default: mediaType.hasPrefix("video/") ? "video" : "audio"
        }
    }
}

extension Podcast {
    /// The title as part of a file's name.
    fileprivate var plainTitle: String {
        String(title.map { $0 == "/" || $0 == "\\" ? "-" : $0 })
    }
}
