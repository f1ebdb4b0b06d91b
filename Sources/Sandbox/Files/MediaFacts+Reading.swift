import Foundation

/// Reading facts from files. Only what stands at the beginning and the end of a file is looked at.
extension MediaFacts {
    /// Bytes read from the beginning of a file.
    private static let headLength = 256 << 10
    /// Bytes read from the end.
    private static let tailLength = 64 << 10

    /// Looks into a file; what is not understood gives no facts.
    init(of url: URL) {
        self.init()
        guard let handle = try? FileHandle(forReadingFrom: url) else { return }
        defer { try? handle.close() }
        guard let head = try? handle.read(upToCount: MediaFacts.headLength), !head.isEmpty,
            let size = try? handle.seekToEnd()
        else { return }
        let start = size > UInt64(MediaFacts.tailLength) ? size - UInt64(MediaFacts.tailLength) : 0
        try? handle.seek(toOffset: start)
        let tail = (try? handle.readToEnd()) ?? Data()
        self.init(head: Array(head), tail: Array(tail), size: Int(size))
    }

    /// Looks at the two ends of a file of `size` bytes.
    init(head: [UInt8], tail: [UInt8], size: Int) {
        self.init()
        let bytes = ByteReader(head)
        if let picture = PictureSize(bytes) {
            width = picture.width
            height = picture.height
        } else {
            let end = ByteReader(tail)
            let length =
                AudioLength.ogg(head: bytes, tail: end) ?? AudioLength.wav(bytes, size: size)
                ?? AudioLength.mp4(bytes) ?? AudioLength.mp4(end, anywhere: true)
                ?? AudioLength.mp3(bytes, size: size)
            seconds = length.map { Int($0.rounded()) }
        }
    }
}

/// Numbers and marks at places of a byte array; outside of it there is nothing.
struct ByteReader {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var count: Int { bytes.count }

    func byte(_ at: Int) -> Int? {
        at >= 0 && at < bytes.count ? Int(bytes[at]) : nil
    }

    /// A big-endian number of `length` bytes.
    func big(_ at: Int, _ length: Int) -> Int? {
        guard at >= 0, at + length <= bytes.count else { return nil }
        return bytes[at..<at + length].reduce(0) { $0 << 8 | Int($1) }
    }

    /// A little-endian number of `length` bytes.
    func little(_ at: Int, _ length: Int) -> Int? {
        guard at >= 0, at + length <= bytes.count else { return nil }
        return bytes[at..<at + length].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// True where those ASCII letters stand.
    func has(_ mark: String, at: Int) -> Bool {
        let letters = Array(mark.utf8)
        guard at >= 0, at + letters.count <= bytes.count else { return false }
        return bytes[at..<at + letters.count].elementsEqual(letters)
    }

    /// The first place of those letters.
    func first(_ mark: String) -> Int? {
        guard let letter = mark.utf8.first else { return nil }
        return bytes.indices.first { bytes[$0] == letter && has(mark, at: $0) }
    }

    /// The last place of those letters.
    func last(_ mark: String) -> Int? {
        guard let letter = mark.utf8.first else { return nil }
        return bytes.indices.last { bytes[$0] == letter && has(mark, at: $0) }
    }
}
