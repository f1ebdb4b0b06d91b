import Foundation

/// Tells by a file's first bytes what kind of audio it is.
enum AudioSignature {
    /// So many bytes are enough.
    static let length = 12

    /// The media type of a file, or nil where its beginning is none that is known.
    static func mediaType(of file: URL) -> String? {
        guard let handle = try? FileHandle(forReadingFrom: file) else { return nil }
        defer { try? handle.close() }
        return mediaType(beginning: (try? handle.read(upToCount: length)) ?? Data())
    }

    /// Sources: RFC 3533 (Ogg), RFC 9639 (FLAC), RFC 8794 (EBML: WebM), ISO/IEC 14496-12 (`ftyp`), id3.org,
    /// ISO/IEC 11172-3 and 13818-7 (frame headers of MP3 and AAC).
    static func mediaType(beginning bytes: Data) -> String? {
        let bytes = Array(bytes)
        let begins = { (text: String, at: Int) in bytes.dropFirst(at).starts(with: text.utf8) }
        if begins("OggS", 0) { return "audio/ogg" }
        if begins("fLaC", 0) { return "audio/flac" }
        if begins("ID3", 0) { return "audio/mpeg" }
        if begins("RIFF", 0), begins("WAVE", 8) { return "audio/wav" }
        if begins("ftyp", 4) { return "audio/mp4" }
        if bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) { return "audio/webm" }
        guard bytes.count >= 2, bytes[0] == 0xFF, bytes[1] & 0xE0 == 0xE0 else { return nil }
        // Both are frames of MPEG audio; AAC's have layer 0, MP3's layer 3.
        switch bytes[1] & 0x06 {
        case 0x00: return "audio/aac"
        case 0x02: return "audio/mpeg"
        default: return nil
        }
    }
}
