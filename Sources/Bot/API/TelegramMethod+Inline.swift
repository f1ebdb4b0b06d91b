/// Answers a question in inline mode. Good for half a minute or so after it was asked.
struct AnswerInlineQuery: TelegramMethod {
    typealias Answer = Acknowledgement
    static let name = "answerInlineQuery"
    static let isRepeatable = true
    /// Source: Bot API, `answerInlineQuery`, parameter `results`.
    static let resultLimit = 50

    var inlineQueryId: String
    /// At most `resultLimit`.
    var results: [InlineResult]
    /// Seconds.
    var cacheTime: Int
    /// Whether the answer is for this person alone.
    var isPersonal: Bool
    /// At most 64 bytes; empty where there is no more.
    var nextOffset: String
    var button: InlineResultsButton?
}

/// A button above the results that leads to the bot.
struct InlineResultsButton: Codable, Equatable, Sendable {
    var text: String
    /// What the bot is told: 1 to 64 letters, digits, `_` and `-`.
    var startParameter: String
}

/// The text that a result sends.
struct InputTextMessageContent: Codable, Equatable, Sendable {
    var messageText: String
    var parseMode: String
    var linkPreviewOptions: LinkPreviewOptions
}

/// One result: a text, or a file by the id that this bot has for it. Made by its functions, so that each kind has the
/// fields that it may have.
struct InlineResult: Codable, Equatable, Sendable {
    private(set) var type: String
    /// 1 to 64 bytes.
    private(set) var id: String
    private(set) var title: String?
    private(set) var description: String?
    private(set) var inputMessageContent: InputTextMessageContent?
    private(set) var voiceFileId: String?
    private(set) var audioFileId: String?
    private(set) var documentFileId: String?
    private(set) var videoFileId: String?
    /// At most 1,024 code points.
    private(set) var caption: String?
    private(set) var parseMode: String?
    private(set) var replyMarkup: InlineKeyboard?

    private init(_ type: String, _ id: String, _ replyMarkup: InlineKeyboard?) {
        self.type = type
        self.id = id
        self.replyMarkup = replyMarkup
    }

    /// A text of which title and description are shown.
    static func article(
        _ id: String,
        title: String,
        description: String,
        content: InputTextMessageContent,
        replyMarkup: InlineKeyboard?
    ) -> InlineResult {
        var result = InlineResult("article", id, replyMarkup)
        (result.title, result.description) = (title, description)
        result.inputMessageContent = content
        return result
    }

    static func voice(
        _ id: String,
        fileID: String,
        title: String,
        caption: HTML,
        replyMarkup: InlineKeyboard?
    ) -> InlineResult {
        var result = InlineResult("voice", id, replyMarkup)
        (result.voiceFileId, result.title) = (fileID, title)
        (result.caption, result.parseMode) = (caption.source, "HTML")
        return result
    }

    /// Title and performer are those of the file.
    static func audio(_ id: String, fileID: String, caption: HTML, replyMarkup: InlineKeyboard?) -> InlineResult {
        var result = InlineResult("audio", id, replyMarkup)
        result.audioFileId = fileID
        (result.caption, result.parseMode) = (caption.source, "HTML")
        return result
    }

    static func document(
        _ id: String,
        fileID: String,
        title: String,
        description: String,
        caption: HTML,
        replyMarkup: InlineKeyboard?
    ) -> InlineResult {
        var result = InlineResult("document", id, replyMarkup)
        (result.documentFileId, result.title, result.description) = (fileID, title, description)
        (result.caption, result.parseMode) = (caption.source, "HTML")
        return result
    }

    static func video(
        _ id: String,
        fileID: String,
        title: String,
        description: String,
        caption: HTML,
        replyMarkup: InlineKeyboard?
    ) -> InlineResult {
        var result = InlineResult("video", id, replyMarkup)
        (result.videoFileId, result.title, result.description) = (fileID, title, description)
        (result.caption, result.parseMode) = (caption.source, "HTML")
        return result
    }
}
