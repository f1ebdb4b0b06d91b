/// A text that grows byte by byte, with the place reached in UTF-16 units, in which entities are counted.
struct TextBuilder: Sendable {
    private(set) var bytes: [UInt8] = []
    /// UTF-16 units so far.
    private(set) var offset = 0

    mutating func append(_ byte: UInt8) {
        bytes.append(byte)
        if byte & 0xC0 != 0x80 { offset += byte >= 0xF0 ? 2 : 1 }
    }

    /// What came after that many bytes.
    func text(after start: Int = 0) -> String {
        String(decoding: bytes[start...], as: UTF8.self)
    }
}
