import Foundation

/// `answerInlineQuery`.
extension TelegramWorld {
    /// Results of one answer. Source: Bot API, `answerInlineQuery`.
    static let inlineCapacity = 50
    /// Bytes of a result's id, and of `next_offset`.
    private static let inlineNameLength = 64
    /// Kinds of results with a file that the bot names by its id.
    private static let cachedFiles: [(type: String, member: String, kind: MediaFile.Kind)] = [
        ("audio", "audio_file_id", .audio), ("voice", "voice_file_id", .voice), ("video", "video_file_id", .video),
        ("document", "document_file_id", .document), ("photo", "photo_file_id", .photo),
        ("gif", "gif_file_id", .animation), ("mpeg4_gif", "mpeg4_file_id", .animation),
        ("sticker", "sticker_file_id", .sticker),
    ]
    /// Kinds of results that need a title.
    private static let titled: Set<String> = ["article", "audio", "voice", "video", "document", "location", "venue"]
    private static let otherTypes: Set<String> = ["location", "venue", "contact", "game"]

    mutating func answerInlineQuery(_ call: BotCall) throws(CallFailure) -> JSON {
        let id = call.arguments.string("inline_query_id")
        guard let items = call.arguments.json("results")?.elements else {
            throw .badRequest("can't parse inline query results JSON object")
        }
        guard items.count <= TelegramWorld.inlineCapacity else {
            throw .badRequest("too many inline query results specified")
        }
        var results: [InlineAnswer.Result] = []
        for item in items { results.append(try inlineResult(item, call)) }
        guard Set(results.map(\.id)).count == results.count else { throw .badRequest("RESULT_ID_DUPLICATE") }
        let next = call.arguments.string("next_offset")
        guard next.utf8.count <= TelegramWorld.inlineNameLength else { throw .badRequest("NEXT_OFFSET_INVALID") }
        let button = try resultsButton(call)
        guard let query = inlineQueries[id], query.bot == call.bot,
            call.now.timeIntervalSince(query.at) <= InlineQuery.patience
        else { throw .badRequest("query is too old and response timeout expired or query ID is invalid") }
        inlineQueries[id]?.answer = InlineAnswer(
            results: results,
            nextOffset: next,
            isPersonal: call.arguments.flag("is_personal"),
            cacheTime: call.arguments.integer("cache_time", absent: 300, in: 0...Int(Int32.max)),
            button: button
        )
        if let answered = inlineQueries[id] { keepAnswer(to: answered, now: call.now) }
        _ = nextSequence()
        return true
    }

    private func resultsButton(_ call: BotCall) throws(CallFailure) -> JSON? {
        guard !call.arguments.string("button").isEmpty else { return nil }
        guard let button = call.arguments.json("button"), button["text"]?.string?.isEmpty == false,
            button["start_parameter"]?.string != nil || button["web_app"] != nil
        else { throw .badRequest("can't parse inline query results button JSON object") }
        return button
    }

    private func inlineResult(_ item: JSON, _ call: BotCall) throws(CallFailure) -> InlineAnswer.Result {
        let prefix = "can't parse inline query result: "
        guard item.members != nil else { throw .badRequest(prefix + "expected an Object") }
        guard let type = item["type"]?.string else { throw .badRequest(prefix + "Can't find field \"type\"") }
        guard let id = item["id"]?.string, (1...TelegramWorld.inlineNameLength).contains(id.utf8.count) else {
            throw .badRequest("RESULT_ID_INVALID")
        }
        let file = TelegramWorld.cachedFiles.first { $0.type == type && item[$0.member] != nil }
        guard
            type == "article" || TelegramWorld.otherTypes.contains(type)
                || TelegramWorld.cachedFiles.contains(where: { $0.type == type })
        else { throw .badRequest(prefix + "invalid type specified") }
        // Cached audio has its title from the file, cached photos need none.
        let needsTitle = TelegramWorld.titled.contains(type) && !(type == "audio" && file != nil)
        guard !needsTitle || item["title"]?.string?.isEmpty == false else {
            throw .badRequest(prefix + "Can't find field \"title\"")
        }
        let own = BotCall(
            bot: call.bot,
            method: call.method,
            arguments: Arguments(of: item, uploads: [:]),
            now: call.now
        )
        var keyboard: JSON?
        if case .inline(let buttons) = try Keyboard.parse(own.arguments.string("reply_markup")) { keyboard = buttons }
        var body: Message.Body?
        if let content = item["input_message_content"] {
            body = try inlineContent(content, call)
        } else if type == "article" {
            throw .badRequest(prefix + "input message content is not specified")
        } else if let file {
            let key = try knownFile(item[file.member]?.string ?? "", as: file.kind, call)
            body = .media(file: key, caption: try caption(own))
        } else if type == "contact" {
            body = .card(try contactFields(own))
        } else if type == "location" || type == "venue" {
            body = .card(type == "venue" ? try venueFields(own) : try locationFields(own))
        }
        if let body { try checkLength(of: body) }
        return InlineAnswer.Result(id: id, shown: item, body: body, keyboard: keyboard)
    }

    /// The text, place or contact of an `InputMessageContent`; other contents cannot be sent here.
    private func inlineContent(_ content: JSON, _ call: BotCall) throws(CallFailure) -> Message.Body? {
        let own = BotCall(
            bot: call.bot,
            method: call.method,
            arguments: Arguments(of: content, uploads: [:]),
            now: call.now
        )
        if content["phone_number"] != nil { return .card(try contactFields(own)) }
        if content["latitude"] != nil {
            return .card(content["address"] == nil ? try locationFields(own) : try venueFields(own))
        }
        guard content["message_text"] != nil else { return nil }
        let text = try formattedText(own, "message_text", entities: "entities")
        guard !text.text.isEmpty else { throw .badRequest("message text is empty") }
        return .text(text, preview: try linkPreview(own))
    }
}
