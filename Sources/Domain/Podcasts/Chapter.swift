import Foundation

/// A part of an episode, from its beginning to the next chapter's.
public struct Chapter: Codable, Equatable, Sendable {
    /// Longest title, in Unicode scalars; more is cut off.
    public static let titleLength = 200
    /// So many chapters an episode may have.
    static let count = 100

    /// Whole, so that every store keeps it as it is.
    private var startMilliseconds: Int64
    public var title: String

    /// How far from the episode's beginning it starts.
    public var start: Duration { .milliseconds(startMilliseconds) }

    public init(start: Duration, title: String) {
        startMilliseconds = start.wholeMilliseconds
        self.title = title
    }

    /// Reads `00:00 text` or `1:02:03 text`; a dash between the two is passed over.
    /// - Returns: nil where the line is none of these.
    init?(line: some StringProtocol) {
        let line = String(line).trimmingCharacters(in: .whitespaces)
        guard let match = line.wholeMatch(of: /(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:\s*[-–—]\s*|\s+)(\S.*)/),
            let minutes = Int64(match.2), let seconds = Int64(match.3), seconds < 60
        else { return nil }
        var hours: Int64 = 0
        if let written = match.1 {
            guard let number = Int64(written), minutes < 60 else { return nil }
            hours = number
        }
        let title = PlainText.line(String(match.4), limit: Self.titleLength)
        guard !title.isEmpty else { return nil }
        self.init(start: .seconds(hours * 3600 + minutes * 60 + seconds), title: title)
    }

    /// In the order of their beginnings, the first of those that begin at the same moment, at most 100.
    static func inOrder(_ chapters: [Chapter]) -> [Chapter] {
        var kept: [Chapter] = []
        for chapter in chapters.prefix(count) where !kept.contains(where: { $0.start == chapter.start }) {
            kept.append(chapter)
        }
        return kept.sorted { $0.start < $1.start }
    }
}
