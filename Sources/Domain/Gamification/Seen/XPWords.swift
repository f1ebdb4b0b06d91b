import Foundation

/// The ledger in plain words, for the bot and the site.
public struct XPWords: Sendable {
    private let phrases: Phrasebook
    private let language: Language

    public init(phrases: Phrasebook, language: Language) {
        self.phrases = phrases
        self.language = language
    }

    /// From what a group came.
    public func title(_ group: XPHistory.Group) -> String {
        if let title = group.title { return title }
        let phrase: SeenPhrase =
            switch group.source {
            case .show?: .sourceShow
            case .episode?, .listening?: .sourceEpisode
            case .correction?, nil: group.lines.first?.rule == .correction ? .sourceClub : .sourceImported
            }
        return phrases.text(phrase, language)
    }

    /// What a line was for: “12 messages in the chat”.
    public func what(_ line: XPTransaction) -> String {
        guard line.rule.countsTime else { return phrases.text(SeenPhrase(line.rule), language, count: line.count) }
        return phrases.text(SeenPhrase(line.rule), language, count: line.count / 60_000)
    }

    public func day(_ day: ClubDay, in zone: TimeZone) -> String {
        Phrasebook.day(day.start(in: zone), language: language, zone: zone)
    }

    /// With its sign: `+1 200`, `−50`, `0`.
    public static func signed(_ xp: Int) -> String {
        xp > 0 ? "+\(grouped(xp))" : xp < 0 ? "−\(grouped(-xp))" : "0"
    }

    /// A number with narrow spaces between its thousands.
    public static func grouped(_ number: Int) -> String {
        let digits = String(abs(number))
        var parts: [Substring] = []
        var end = digits.endIndex
        while end > digits.startIndex {
            let start = digits.index(end, offsetBy: -3, limitedBy: digits.startIndex) ?? digits.startIndex
            parts.insert(digits[start..<end], at: 0)
            end = start
        }
        return (number < 0 ? "−" : "") + parts.joined(separator: "\u{202F}")
    }
}
