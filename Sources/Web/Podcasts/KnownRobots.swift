import Foundation

/// Programs that fetch sound without anybody listening, by pieces of what they call themselves.
struct KnownRobots: Sendable {
    /// In lower case.
    private let pieces: [String]

    /// Reads a list: one piece a line; lines that begin with `#` are notes.
    /// - Throws: `.resourceUnreadable`.
    init(file: URL) throws(WebServerFault) {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw .resourceUnreadable(path: file.path)
        }
        self.init(text)
    }

    init(_ text: String) {
        pieces = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces).lowercased() }.filter {
            !$0.isEmpty && !$0.hasPrefix("#")
        }
    }

    /// Whether a program is one of them. One that does not say what it is may be anything, and counts as one.
    func include(_ agent: String?) -> Bool {
        guard let agent = agent?.lowercased(), !agent.isEmpty else { return true }
        return pieces.contains { agent.contains($0) }
    }
}
