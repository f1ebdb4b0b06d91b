/// Width and height of a picture in pixels, told by its header: JPEG, PNG, GIF or WebP.
struct PictureSize: Hashable {
    let width: Int
    let height: Int

    init?(_ bytes: ByteReader) {
        guard
            let (width, height) = PictureSize.png(bytes) ?? PictureSize.gif(bytes) ?? PictureSize.webP(bytes)
                ?? PictureSize.jpeg(bytes), width > 0, height > 0
        else { return nil }
        self.width = width
        self.height = height
    }

    private static func png(_ bytes: ByteReader) -> (Int, Int)? {
        guard bytes.big(0, 4) == 0x8950_4E47, let width = bytes.big(16, 4), let height = bytes.big(20, 4) else {
            return nil
        }
        return (width, height)
    }

    private static func gif(_ bytes: ByteReader) -> (Int, Int)? {
        guard bytes.has("GIF8", at: 0), let width = bytes.little(6, 2), let height = bytes.little(8, 2) else {
            return nil
        }
        return (width, height)
    }

    private static func webP(_ bytes: ByteReader) -> (Int, Int)? {
        guard bytes.has("RIFF", at: 0), bytes.has("WEBP", at: 8) else { return nil }
        if bytes.has("VP8X", at: 12), let width = bytes.little(24, 3), let height = bytes.little(27, 3) {
            return (width + 1, height + 1)
        }
        if bytes.has("VP8 ", at: 12), let width = bytes.little(26, 2), let height = bytes.little(28, 2) {
            return (width & 0x3FFF, height & 0x3FFF)
        }
        if bytes.has("VP8L", at: 12), let bits = bytes.little(21, 4) {
            return ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        }
        return nil
    }

    /// Goes from segment to segment until the one that begins a frame.
    private static func jpeg(_ bytes: ByteReader) -> (Int, Int)? {
        guard bytes.big(0, 2) == 0xFFD8 else { return nil }
        var at = 2
        while let marker = bytes.big(at, 2), marker >> 8 == 0xFF {
            let kind = marker & 0xFF
            let isFrame = (0xC0...0xCF).contains(kind) && ![0xC4, 0xC8, 0xCC].contains(kind)
            if isFrame, let height = bytes.big(at + 5, 2), let width = bytes.big(at + 7, 2) { return (width, height) }
            guard let length = bytes.big(at + 2, 2), length >= 2 else { return nil }
            at += 2 + length
        }
        return nil
    }
}
