/// How long an audio file plays, in seconds, told by its headers. Nothing is decoded.
enum AudioLength {
    /// Ogg with Opus or Vorbis: the last page says how many samples have been played by its end.
    /// Source: RFC 3533; RFC 7845, section 4.
    static func ogg(head: ByteReader, tail: ByteReader) -> Double? {
        guard head.has("OggS", at: 0), let page = tail.last("OggS"), let position = tail.little(page + 6, 8) else {
            return nil
        }
        if let opus = head.first("OpusHead"), let skipped = head.little(opus + 10, 2) {
            return Double(max(0, position - skipped)) / 48_000
        }
        if let vorbis = head.first("\u{1}vorbis"), let rate = head.little(vorbis + 12, 4), rate > 0 {
            return Double(position) / Double(rate)
        }
        return nil
    }

    /// WAV: the size of the samples by the bytes of a second. Source: RFC 2361 and Microsoft's RIFF description.
    static func wav(_ head: ByteReader, size: Int) -> Double? {
        guard head.has("RIFF", at: 0), head.has("WAVE", at: 8), let format = head.first("fmt "),
            let rate = head.little(format + 16, 4), rate > 0, let data = head.first("data"),
            let length = head.little(data + 4, 4)
        else { return nil }
        // A recorder that streams leaves the size open.
        return Double(min(length, size - data - 8)) / Double(rate)
    }

    /// MP4 and M4A: the movie header names its length and the unit of it. It may stand at the end of a file, too, which
    /// `anywhere` says the bytes are. Source: ISO/IEC 14496-12, `mvhd`.
    static func mp4(_ bytes: ByteReader, anywhere: Bool = false) -> Double? {
        guard anywhere || bytes.has("ftyp", at: 4), let header = bytes.first("mvhd"),
            let version = bytes.byte(header + 4)
        else { return nil }
        let isLong = version == 1
        guard let unit = bytes.big(header + (isLong ? 24 : 16), 4), unit > 0,
            let length = bytes.big(header + (isLong ? 28 : 20), isLong ? 8 : 4), length > 0
        else { return nil }
        return Double(length) / Double(unit)
    }

    /// MP3: the number of frames that a Xing header names, else the size by the bit rate of the first frame.
    /// Source: ISO/IEC 11172-3, the frame header; the `Xing`/`Info` header of LAME.
    static func mp3(_ head: ByteReader, size: Int) -> Double? {
        var start = 0
        if head.has("ID3", at: 0), let tag = tagLength(head) { start = tag + 10 }
        guard let frame = firstFrame(head, from: start) else { return nil }
        for place in [frame.at + 36, frame.at + 21, frame.at + 13]
        where head.has("Xing", at: place) || head.has("Info", at: place) {
            if let flags = head.big(place + 4, 4), flags & 1 == 1, let frames = head.big(place + 8, 4) {
                return Double(frames * frame.samples) / Double(frame.rate)
            }
        }
        return Double((size - frame.at) * 8) / Double(frame.bitRate)
    }

    private struct Frame {
        let at: Int
        let bitRate: Int
        let rate: Int
        let samples: Int
    }

    /// The tag's length is written in four times seven bits.
    private static func tagLength(_ head: ByteReader) -> Int? {
        head.big(6, 4).map { ($0 >> 24 & 0x7F) << 21 | ($0 >> 16 & 0x7F) << 14 | ($0 >> 8 & 0x7F) << 7 | $0 & 0x7F }
    }

    private static func firstFrame(_ head: ByteReader, from start: Int) -> Frame? {
        let bitRates = [
            3: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
            2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
        ]
        let rates = [3: [44_100, 48_000, 32_000], 2: [22_050, 24_000, 16_000], 0: [11_025, 12_000, 8_000]]
        for at in start..<max(start, min(start + 8_192, head.count - 4)) {
            guard head.byte(at) == 0xFF, let second = head.byte(at + 1), second & 0xE0 == 0xE0,
                let third = head.byte(at + 2)
            else { continue }
            let version = second >> 3 & 3
            let isLayer3 = second >> 1 & 3 == 1
            guard isLayer3, version != 1, let list = rates[version], third >> 2 & 3 < 3,
                let table = bitRates[version == 3 ? 3 : 2], (1..<15).contains(third >> 4)
            else { continue }
            return Frame(
                at: at,
                bitRate: table[third >> 4] * 1_000,
                rate: list[third >> 2 & 3],
                samples: version == 3 ? 1_152 : 576
            )
        }
        return nil
    }
}
