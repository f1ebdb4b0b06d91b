import Domain

@testable import Bot

/// Words of phrases that are not `BotPhrase`s.
extension BotTalk {
    /// Taps the button with this label.
    func taps(label: String, of screen: Seen.Screen, _ visitor: Visitor) async throws -> Seen {
        try await handle(tap(try screen.data(label), by: visitor))
    }

    /// Taps the button with the label of this phrase.
    func taps(_ label: some PhraseKey, of screen: Seen.Screen, _ visitor: Visitor) async throws -> Seen {
        try await taps(label: club.phrases.text(label, visitor.language), of: screen, visitor)
    }

    /// What the phrase says, as it is read.
    func words(
        _ phrase: some PhraseKey,
        _ language: Language = .ru,
        _ arguments: [String: String] = [:],
        count: Int? = nil
    ) throws -> String {
        try TelegramText(club.phrases.html(phrase, language, arguments, count: count).source).plain
    }

    func label(_ phrase: some PhraseKey, _ language: Language = .ru) -> String {
        club.phrases.text(phrase, language)
    }

    /// What a refusal says.
    func refusal(_ refusal: Refusal, _ language: Language = .ru) async throws -> String {
        club.phrases.text(refusal, language, zone: try await club.library.zone())
    }
}
