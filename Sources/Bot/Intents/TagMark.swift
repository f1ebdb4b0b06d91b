import Domain

/// A tag as a button names it: whole, or by a fingerprint where it is too long for a button.
struct TagMark: Equatable, Sendable {
    /// Bytes of UTF-8 that a button has for a tag; as many as for the words of a search.
    private static let budget = 40
    private static let sign: Character = "~"

    /// As the button's data hold it.
    let text: String

    /// `tag`: as `SearchTokeniser.tag` writes it.
    init(_ tag: String) {
        text = tag.utf8.count <= Self.budget ? tag : "\(Self.sign)\(Self.fingerprint(tag))"
    }

    /// - Returns: nil where `text` is not one that `init` made.
    init?(text: String) {
        if text.first == Self.sign {
            guard text.wholeMatch(of: /~[0-9a-z]{1,13}/) != nil else { return nil }
        } else {
            guard text.utf8.count <= Self.budget, SearchTokeniser.tag(text) == text else { return nil }
        }
        self.text = text
    }

    /// The tag itself; nil where only its fingerprint is known.
    var tag: String? { text.first == Self.sign ? nil : text }

    func names(_ tag: String) -> Bool { TagMark(tag) == self }

    /// FNV-1a with 64 bits, always the same. Source: RFC 9923.
    private static func fingerprint(_ tag: String) -> String {
        let hash = tag.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(hash, radix: 36)
    }
}
