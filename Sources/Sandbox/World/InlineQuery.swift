import Foundation

/// Something that a person typed after a bot's name, in any chat.
struct InlineQuery: Codable, Sendable {
    /// How long a bot may take to answer; Telegram publishes no time.
    static let patience: TimeInterval = 30

    let id: String
    let bot: Int64
    let person: Int64
    let text: String
    let at: Date
    /// `next_offset` of the answer that this one goes on from.
    @BlankIfMissing var offset = ""
    var answer: InlineAnswer?
}

/// What a bot offers for an inline query.
struct InlineAnswer: Codable, Sendable {
    /// One offer.
    struct Result: Codable, Sendable {
        let id: String
        /// As the bot gave it.
        let shown: JSON
        /// What is sent when it is chosen; nothing where that lies at an address, which the sandbox does not fetch.
        let body: Message.Body?
        let keyboard: JSON?
    }

    let results: [Result]
    let nextOffset: String
    let isPersonal: Bool
    /// Seconds.
    let cacheTime: Int
    /// `InlineQueryResultsButton` as the bot gave it.
    let button: JSON?

    /// As the control API shows it.
    var json: JSON {
        .fields([
            "results": .array(results.map(\.shown)),
            "next_offset": .text(nextOffset),
            "is_personal": .bool(isPersonal),
            "cache_time": .int(cacheTime),
            "button": button,
        ])
    }
}
