import Testing

@testable import Sandbox

@Suite struct MediaFactsTests {
    private static func facts(_ bytes: [UInt8], size: Int? = nil) -> MediaFacts {
        MediaFacts(head: bytes, tail: Array(bytes.suffix(64)), size: size ?? bytes.count)
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    private static func big(_ value: Int, _ count: Int) -> [UInt8] {
        little(value, count).reversed()
    }

    @Test func `Ogg Opus tells its length by its last page`() {
        let first =
            Array("OggS".utf8) + [UInt8](repeating: 0, count: 24) + Array("OpusHead".utf8) + [1, 1]
            + Self.little(312, 2) + [UInt8](repeating: 0, count: 40)
        let last = Array("OggS".utf8) + [0, 4] + Self.little(48_000 * 90 + 312, 8) + [UInt8](repeating: 0, count: 20)
        #expect(Self.facts(first + last).seconds == 90)
    }

    @Test(arguments: [(176_400 * 3, 3), (0xFFFF_FFFF, 2)])
    func `WAV tells its length by its size, even when a recorder left it open`(_ written: Int, _ seconds: Int) {
        let header =
            Array("RIFF".utf8) + Self.little(0, 4) + Array("WAVEfmt ".utf8) + Self.little(16, 4)
            + Self.little(1, 2) + Self.little(2, 2) + Self.little(44_100, 4) + Self.little(176_400, 4)
            + Self.little(4, 2) + Self.little(16, 2) + Array("data".utf8) + Self.little(written, 4)
        let size = header.count + 176_400 * min(3, seconds)
        #expect(Self.facts(header, size: size).seconds == seconds)
    }

    @Test(arguments: [0, 1])
    func `M4A tells its length in the movie header`(_ version: Int) {
        let width = version == 1 ? 8 : 4
        let movie =
            Array("mvhd".utf8) + [UInt8(version), 0, 0, 0] + [UInt8](repeating: 0, count: width * 2)
            + Self.big(1_000, 4) + Self.big(61_400, width)
        let bytes =
            Self.big(16, 4) + Array("ftypM4A ".utf8) + [0, 0, 0, 0] + Self.big(100, 4) + Array("moov".utf8) + movie
        #expect(Self.facts(bytes).seconds == 61)
    }

    @Test func `MP3 of a constant rate is as long as its size says`() {
        let frame: [UInt8] = [0xFF, 0xFB, 0x90, 0x00] + [UInt8](repeating: 0, count: 400)
        #expect(Self.facts(frame, size: 16_000 * 30).seconds == 30)
    }

    @Test func `MP3 with a count of frames is as long as these`() {
        let tag = Array("ID3".utf8) + [3, 0, 0] + [0, 0, 0, 10] + [UInt8](repeating: 0, count: 10)
        let frame: [UInt8] =
            [0xFF, 0xFB, 0x90, 0x00] + [UInt8](repeating: 0, count: 32)
            + Array("Xing".utf8) + Self.big(1, 4) + Self.big(2_297, 4) + [UInt8](repeating: 0, count: 100)
        #expect(Self.facts(tag + frame, size: 1).seconds == 60)
    }

    @Test(arguments: [
        ([0x89, 0x50, 0x4E, 0x47] + [UInt8](repeating: 0, count: 12) + big(640, 4) + big(480, 4), 640, 480),
        ([0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 17, 8] + big(200, 2) + big(300, 2), 300, 200),
        (Array("GIF89a".utf8) + little(10, 2) + little(20, 2), 10, 20),
    ])
    func `a picture tells its size`(_ bytes: [UInt8], _ width: Int, _ height: Int) {
        #expect(Self.facts(bytes) == MediaFacts(width: width, height: height))
    }

    @Test(
        arguments: [
            [], [0xFF], Array("OggS".utf8), Array("RIFF0000WAVEfmt ".utf8), Array("0000ftypmvhd".utf8),
            [0xFF, 0xFB, 0x00, 0x00], Array("just a text of some length".utf8), [0x89, 0x50, 0x4E, 0x47, 0],
        ] as [[UInt8]]
    )
    func `bytes that tell nothing do no harm`(_ bytes: [UInt8]) {
        #expect(Self.facts(bytes) == MediaFacts())
    }
}
