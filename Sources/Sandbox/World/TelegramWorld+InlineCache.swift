import Foundation

/// A question of which the answer may be shown again.
struct InlineCacheKey: Codable, Sendable, Hashable {
    let bot: Int64
    let text: String
    let offset: String
    /// For whom the answer was; nothing: for everybody.
    let person: Int64?
}

/// What a bot offered, until when it may be shown again.
struct CachedInlineAnswer: Codable, Sendable {
    let answer: InlineAnswer
    let until: Date
}

/// Answers of bots that are kept (`cache_time`, `is_personal`). Source: Bot API, `answerInlineQuery`.
extension TelegramWorld {
    /// Answers kept at once; beyond it the one that ends first is forgotten.
    private static let cacheCapacity = 1_000

    /// What the bot said to the same question before, if that still holds for this person.
    func cachedAnswer(to query: InlineQuery, now: Date) -> InlineAnswer? {
        guard settings.cachesInline else { return nil }
        for person in [query.person, nil] {
            let kept = inlineCache[InlineCacheKey(query, person: person)]
            if let kept, kept.until > now { return kept.answer }
        }
        return nil
    }

    /// Keeps what a bot said for as long as it wants.
    mutating func keepAnswer(to query: InlineQuery, now: Date) {
        inlineCache = inlineCache.filter { $0.value.until > now }
        guard settings.cachesInline, let answer = query.answer, answer.cacheTime > 0 else { return }
        if inlineCache.count >= TelegramWorld.cacheCapacity,
            let first = inlineCache.min(by: { $0.value.until < $1.value.until })?.key
        {
            inlineCache[first] = nil
        }
        let key = InlineCacheKey(query, person: answer.isPersonal ? query.person : nil)
        let until = now.addingTimeInterval(TimeInterval(answer.cacheTime))
        inlineCache[key] = CachedInlineAnswer(answer: answer, until: until)
    }
}

extension InlineCacheKey {
    init(_ query: InlineQuery, person: Int64?) {
        self.init(bot: query.bot, text: query.text, offset: query.offset, person: person)
    }
}
