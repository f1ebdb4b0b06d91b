import Foundation

/// Parts text into the words by which podcasts are found: the one place where it is decided what matches what.
///
/// Words are runs of letters and digits, in lower case, ё written as е, composed (NFC), at most 32 characters long.
/// A search word matches every word that begins with it.
public enum SearchTokeniser {
    static let tokenLength = 32

    /// The different words of `text`, at most `limit`, in no order.
    public static func tokens(_ text: String, limit: Int) -> Set<String> {
        var tokens: Set<String> = []
        for word in words(text) {
            guard tokens.count < limit else { break }
            tokens.insert(word)
        }
        return tokens
    }

    /// The words that somebody searches for, each once, in their order: as many as fit `budget` bytes of UTF-8 with a
    /// space between them. The last one is cut where it does not fit.
    ///
    /// The budget is that of a button's data, so that the second page of a result searches for the same words.
    public static func query(_ text: String, budget: Int = 40) -> [String] {
        var result: [String] = []
        var left = budget
        for word in words(text) where !result.contains(word) {
            var fitting = ""
            for character in word {
                guard character.utf8.count <= left else { break }
                left -= character.utf8.count
                fitting.append(character)
            }
            // What is left of a word that was cut may be there already; twice, it would not be read back.
            if !fitting.isEmpty, !result.contains(fitting) { result.append(fitting) }
            left -= 1
            if fitting != word || left <= 0 { break }
        }
        return result
    }

    /// A tag as it is looked up, without the #: in lower case, ё written as е, composed.
    /// - Returns: nil where `text` does not begin with a tag.
    public static func tag(_ text: some StringProtocol) -> String? {
        EpisodeCaption.tags([text.drop { $0 == "#" }]).first.map(folded)
    }

    /// What is the same to whoever searches.
    static func folded(_ text: String) -> String {
        text.precomposedStringWithCanonicalMapping.lowercased().replacing("ё", with: "е")
    }

    private static func words(_ text: String) -> [String] {
        let folded = folded(text)
        var words: [String] = []
        var word = ""
        var length = 0
        for scalar in folded.unicodeScalars {
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                if length < tokenLength { word.unicodeScalars.append(scalar) }
                length += 1
            } else if length > 0 {
                words.append(word)
                (word, length) = ("", 0)
            }
        }
        if length > 0 { words.append(word) }
        return words
    }
}
