import Foundation

/// Reads a `multipart/form-data` body piece by piece, whatever its size. Source: RFC 7578, RFC 2046.
struct MultipartParser: Sendable {
    enum Event: Sendable, Hashable {
        /// A part begins.
        case part(Part)
        /// Bytes of the part that began last.
        case data([UInt8])
        /// The part that began last is complete.
        case end
    }

    struct Part: Sendable, Hashable {
        let name: String
        /// There is one exactly when the part is a file.
        let fileName: String?
        let mediaType: String?
    }

    /// The body does not follow the format.
    struct Malformed: Error, Sendable {}

    private enum State {
        case preamble
        case headers
        case body
        case finished
    }

    /// Bytes of the headers of one part.
    private static let headerCapacity = 16 << 10

    private let delimiter: [UInt8]
    private var buffer: [UInt8]
    private var state = State.preamble

    init(boundary: String) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        buffer = [0x0D, 0x0A]
    }

    /// The boundary that a `Content-Type` names, if it is of this kind.
    static func boundary(of contentType: String) -> String? {
        let parts = contentType.split(separator: ";").map { $0.trimmingPrefix(while: \.isWhitespace) }
        guard parts.first?.lowercased() == "multipart/form-data" else { return nil }
        guard let parameter = parts.first(where: { $0.lowercased().hasPrefix("boundary=") }) else { return nil }
        let value = parameter.dropFirst("boundary=".count).trimmingPrefix("\"")
        return String(value.hasSuffix("\"") ? value.dropLast() : value)
    }

    /// Takes the next piece of the body.
    mutating func feed(_ bytes: some Sequence<UInt8>) throws(Malformed) -> [Event] {
        buffer.append(contentsOf: bytes)
        var events: [Event] = []
        while try step(&events) {}
        return events
    }

    /// To be called after the last piece.
    func finish() throws(Malformed) {
        guard state == .finished else { throw Malformed() }
    }

    /// Does one step; false when more bytes are needed.
    private mutating func step(_ events: inout [Event]) throws(Malformed) -> Bool {
        switch state {
        case .finished:
            buffer = []
            return false
        case .preamble, .body:
            guard let start = MultipartParser.index(of: delimiter, in: buffer) else {
                // What may be the beginning of a delimiter stays.
                let sure = buffer.count - (delimiter.count + 2)
                guard sure > 0 else { return false }
                if state == .body { events.append(.data(Array(buffer[..<sure]))) }
                buffer.removeFirst(sure)
                return false
            }
            let end = start + delimiter.count
            guard buffer.count >= end + 2 else { return false }
            if state == .body {
                if start > 0 { events.append(.data(Array(buffer[..<start]))) }
                events.append(.end)
            }
            let isLast = buffer[end] == UInt8(ascii: "-") && buffer[end + 1] == UInt8(ascii: "-")
            guard isLast || (buffer[end] == 0x0D && buffer[end + 1] == 0x0A) else { throw Malformed() }
            buffer.removeFirst(isLast ? end + 2 : end)
            state = isLast ? .finished : .headers
            return true
        case .headers:
            guard let end = MultipartParser.index(of: [0x0D, 0x0A, 0x0D, 0x0A], in: buffer) else {
                guard buffer.count <= MultipartParser.headerCapacity else { throw Malformed() }
                return false
            }
            events.append(.part(try MultipartParser.part(headers: String(decoding: buffer[..<end], as: UTF8.self))))
            buffer.removeFirst(end + 4)
            state = .body
            return true
        }
    }

    private static func part(headers: String) throws(Malformed) -> Part {
        var name: String?
        var fileName: String?
        var mediaType: String?
        for line in headers.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].trimmingPrefix(while: \.isWhitespace)
            switch line[..<colon].lowercased() {
            case "content-type": mediaType = String(value)
            case "content-disposition":
                name = parameter("name", of: value)
                fileName =
                    parameter("filename*", of: value).flatMap(decodedExtended) ?? parameter("filename", of: value)
            default: break
            }
        }
        guard let name else { throw Malformed() }
        return Part(name: name, fileName: fileName, mediaType: mediaType)
    }

    private static func parameter(_ name: String, of value: Substring) -> String? {
        var rest = value
        while let semicolon = rest.firstIndex(of: ";") {
            rest = rest[rest.index(after: semicolon)...].trimmingPrefix(while: \.isWhitespace)
            guard rest.lowercased().hasPrefix(name + "=") else { continue }
            let text = rest.dropFirst(name.count + 1)
            guard text.first == "\"" else { return String(text.prefix { $0 != ";" && !$0.isWhitespace }) }
            var result = ""
            var isEscaped = false
            for character in text.dropFirst() {
                if isEscaped {
                    // Browsers send backslashes as they are: only these two are escapes.
                    if character != "\"" && character != "\\" { result.append("\\") }
                    result.append(character)
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == "\"" {
                    break
                } else {
                    result.append(character)
                }
            }
            return result.replacing("%22", with: "\"")
        }
        return nil
    }

    /// `UTF-8''percent-encoded`, of RFC 5987.
    private static func decodedExtended(_ text: String) -> String? {
        let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].lowercased() == "utf-8" else { return nil }
        return String(parts[2]).removingPercentEncoding
    }

    private static func index(of pattern: [UInt8], in bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBytes { all in
            pattern.withUnsafeBytes { wanted in
                guard let start = all.baseAddress, let first = wanted.first, let base = wanted.baseAddress else {
                    return nil
                }
                var offset = 0
                while offset + wanted.count <= all.count,
                    let hit = memchr(start + offset, Int32(first), all.count - wanted.count - offset + 1)
                {
                    let found = start.distance(to: UnsafeRawPointer(hit))
                    if memcmp(start + found, base, wanted.count) == 0 { return found }
                    offset = found + 1
                }
                return nil
            }
        }
    }
}
