import Foundation

/// Season and episode as posters write them: `S2E5`.
struct EpisodeNumber: Equatable {
    var season: Int
    var episode: Int

    /// Reads one word; punctuation behind it is passed over.
    init?(word: some StringProtocol) {
        guard let match = String(word).wholeMatch(of: /[Ss](\d{1,3})[Ee](\d{1,4})[.,:;)\-–—]*/),
            let season = Int(match.1), let episode = Int(match.2)
        else { return nil }
        self.season = season
        self.episode = episode
    }

    /// The first one in a line, or nil.
    init?(in line: Substring) {
        let found = line.split(whereSeparator: \.isWhitespace).lazy.compactMap { EpisodeNumber(word: $0) }.first
        guard let found else { return nil }
        self = found
    }

    /// The line without the number and the dash beside it, where it begins or ends with one; else as it is.
    static func withoutNumber(atEdgeOf line: String) -> String {
        var words = line.split(whereSeparator: \.isWhitespace)
        let isDash = { (word: Substring) in word.allSatisfy { "-–—|:·".contains($0) } }
        if let first = words.first, EpisodeNumber(word: first) != nil {
            words.removeFirst()
            if let dash = words.first, isDash(dash) { words.removeFirst() }
        } else if let last = words.last, EpisodeNumber(word: last) != nil {
            words.removeLast()
            if let dash = words.last, isDash(dash) { words.removeLast() }
        } else {
            return line
        }
        return words.joined(separator: " ")
    }
}
