/// The head of an answer, gathered line by line as libcurl delivers it.
struct ResponseHead {
    /// Most bytes of header lines of one request, those of redirects included. More is hostile.
    static let maximumBytes = 64 * 1024

    /// The status of the last answer; 0 before the first status line.
    private(set) var status = 0
    /// The fields of the last answer.
    private(set) var headers = HTTPHeaders()
    /// Whether the empty line after the last answer's fields has come.
    private(set) var isComplete = false
    private var bytes = 0

    /// Takes one line with its line break, that of a status, a field, or the empty one at the end.
    ///
    /// A status line begins anew, because answers of redirects and `100 Continue` come before the last one.
    /// - Returns: Whether the head is still within its bounds.
    mutating func receive(_ line: UnsafeRawBufferPointer) -> Bool {
        bytes += line.count
        guard bytes <= Self.maximumBytes else { return false }
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            status = text.split(separator: " ").dropFirst().first.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
            headers = HTTPHeaders()
            isComplete = false
        } else if let colon = text.firstIndex(of: ":") {
            headers.add(
                name: String(text[..<colon]),
                value: String(text[text.index(after: colon)...].trimmingWhitespace)
            )
        } else if text.allSatisfy(\.isNewline) {
            isComplete = true
        }
        return true
    }
}

extension Substring {
    /// Without the white space and line breaks around it.
    fileprivate var trimmingWhitespace: Substring {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return start[...last]
    }
}
