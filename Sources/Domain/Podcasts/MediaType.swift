import Foundation

/// Media types of recordings, as RFC 6838 writes them.
public enum MediaType {
    /// Audio types by the endings of file names.
    private static let byExtension = [
        "aac": "audio/aac", "aif": "audio/aiff", "aiff": "audio/aiff", "flac": "audio/flac", "m4a": "audio/mp4",
        "m4b": "audio/mp4", "mp3": "audio/mpeg", "oga": "audio/ogg", "ogg": "audio/ogg", "opus": "audio/ogg",
        "wav": "audio/wav", "weba": "audio/webm", "wma": "audio/x-ms-wma",
    ]

    /// The type to keep for a file: the announced one where it is an audio type, else by the file's name, else by
    /// what the messenger uses for this kind.
    public static func cleaned(_ announced: String?, fileName: String?, kind: Recording.Kind) -> String {
        if let announced = announced?.lowercased(), isAudio(announced) { return announced }
        if let guessed = audioType(ofFileNamed: fileName) { return guessed }
        return kind == .voice ? "audio/ogg" : "audio/mpeg"
    }

    /// Whether a document is a recording, by its announced type or else by its name.
    public static func isRecording(announced: String?, fileName: String?) -> Bool {
        if let announced = announced?.lowercased(), isAudio(announced) { return true }
        return audioType(ofFileNamed: fileName) != nil
    }

    private static func audioType(ofFileNamed name: String?) -> String? {
        guard let ending = name?.split(separator: ".").last else { return nil }
        return byExtension[ending.lowercased()]
    }

    /// `audio/` and a name of the characters that RFC 6838 allows; nothing that could end a header line.
    private static func isAudio(_ type: String) -> Bool {
        guard type.hasPrefix("audio/"), type.count <= 100 else { return false }
        let name = type.dropFirst("audio/".count)
        return !name.isEmpty
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "!#$&-^_.+".contains($0)) }
    }
}
