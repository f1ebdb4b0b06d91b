/// Which bytes of a file a request wants. Source: RFC 9110, section 14.
enum ByteRange: Equatable, Sendable {
    /// All of it: no range is asked for, or one that may be passed over (another unit, several ranges, nonsense).
    case whole
    case part(ClosedRange<Int64>)
    /// None of the bytes is there.
    case unsatisfiable

    /// - Parameters:
    ///   - header: The value of `Range`, or nil.
    ///   - length: The file's length in bytes.
    init(_ header: String?, length: Int64) {
        self = .whole
        guard let header, header.lowercased().hasPrefix("bytes=") else { return }
        let spec = header.dropFirst("bytes=".count).filter { $0 != " " && $0 != "\t" }
        let ends = spec.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else { return }
        switch (Self.number(ends[0]), Self.number(ends[1])) {
        case (nil, nil):
            return
        case (nil, let count?):
            guard count > 0, length > 0 else {
                self = .unsatisfiable
                return
            }
            self = .part(max(0, length - count)...(length - 1))
        case (let first?, let last):
            if let last, last < first { return }
            guard first < length else {
                self = .unsatisfiable
                return
            }
            self = .part(first...min(last ?? .max, length - 1))
        }
    }

    /// Nil for no digits. What is too large for a number is the largest one.
    private static func number(_ digits: Substring) -> Int64? {
        digits.isEmpty ? nil : Int64(digits) ?? .max
    }
}
