import Foundation

/// Media types of recordings, as RFC 6838 writes them.
public enum MediaType {
    /// Audio and video types by the endings of file names.
    private static let byExtension = [
        "aac": "audio/aac", "aif": "audio/aiff", "aiff": "audio/aiff", "flac": "audio/flac", "m4a": "audio/mp4",
        "m4b": "audio/mp4", "mp3": "audio/mpeg", "oga": "audio/ogg", "ogg": "audio/ogg", "opus": "audio/ogg",
        "wav": "audio/wav", "weba": "audio/webm", "wma": "audio/x-ms-wma",
        "avi": "video/x-msvideo", "m4v": "video/mp4", "mkv": "video/x-matroska", "mov": "video/quicktime",
        "mp4": "video/mp4", "mpeg": "video/mpeg", "mpg": "video/mpeg", "webm": "video/webm",
    ]

    /// The type to keep for a file: the announced one where it is an audio or video type, else by the file's name,
    /// else by what the messenger uses for this kind.
    public static func cleaned(_ announced: String?, fileName: String?, kind: Recording.Kind) -> String {
        if let announced = announced?.lowercased(), isMedia(announced) { return announced }
        if let guessed = type(ofFileNamed: fileName) { return guessed }
        return switch kind {
        case .voice: "audio/ogg"
        case .audio, .document: "audio/mpeg"
        case .video, .videoNote: "video/mp4"
        }
    }

    /// Whether a document is a recording, by its announced type or else by its name.
    public static func isRecording(announced: String?, fileName: String?) -> Bool {
        if let announced = announced?.lowercased(), isMedia(announced) { return true }
        return type(ofFileNamed: fileName) != nil
    }

    private static func type(ofFileNamed name: String?) -> String? {
        guard let ending = name?.split(separator: ".").last else { return nil }
        return byExtension[ending.lowercased()]
    }

    /// `audio/` or `video/` and a name of the characters that RFC 6838 allows; nothing that could end a header line.
    private static func isMedia(_ type: String) -> Bool {
        guard type.count <= 100, let prefix = ["audio/", "video/"].first(where: type.hasPrefix) else { return false }
        let name = type.dropFirst(prefix.count)
        return !name.isEmpty
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "!#$&-^_.+".contains($0)) }
    }
}
