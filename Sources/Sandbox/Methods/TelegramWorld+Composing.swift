/// Reading the parts of a message from a call.
extension TelegramWorld {
    /// The text that two arguments and `parse_mode` describe, cleaned.
    func formattedText(
        _ call: BotCall,
        _ argument: String,
        entities entitiesArgument: String
    ) throws(CallFailure) -> FormattedText {
        let text = call.arguments.string(argument)
        guard text.utf8.count <= FormattedText.argumentLength else { throw .badRequest("text is too long") }
        switch call.arguments.string("parse_mode").lowercased() {
        case "", "none":
            let entities = call.arguments.json(entitiesArgument)?.elements?.compactMap(MessageEntity.init(json:)) ?? []
            return known(FormattedText(text: text, entities: entities)).cleaned()
        case "markdown", "markdownv2":
            do throws(MarkdownText.Failure) {
                let isFirst = call.arguments.string("parse_mode").lowercased() == "markdown"
                return known(isFirst ? try MarkdownText.parse(text) : try MarkdownV2Text.parse(text)).cleaned()
            } catch {
                throw .badRequest("can't parse entities: \(error.text)")
            }
        case "html":
            do throws(HTMLText.Failure) {
                return known(try HTMLText.parse(text)).cleaned()
            } catch {
                throw .badRequest("can't parse entities: \(error.text)")
            }
        default: throw .badRequest("unsupported parse_mode")
        }
    }

    /// A text for a message: neither empty nor too long.
    func messageText(_ call: BotCall) throws(CallFailure) -> FormattedText {
        let text = try formattedText(call, "text", entities: "entities")
        guard !text.text.isEmpty else { throw .badRequest("message text is empty") }
        return text
    }

    /// A caption, which may be empty.
    func caption(_ call: BotCall) throws(CallFailure) -> FormattedText {
        try formattedText(call, "caption", entities: "caption_entities")
    }

    /// Drops mentions of people whom nobody knows.
    private func known(_ text: FormattedText) -> FormattedText {
        var text = text
        text.entities.removeAll { $0.person.map { people[$0] == nil } ?? false }
        return text
    }

    /// Refuses what is longer than Telegram allows.
    func checkLength(of body: Message.Body) throws(CallFailure) {
        switch body {
        case .text(let text, _):
            guard text.length <= FormattedText.messageLength else { throw .badRequest("message is too long") }
        case .media(_, let caption):
            guard caption.length <= FormattedText.captionLength else {
                throw .badRequest("message caption is too long")
            }
        case .pinned, .joined, .left, .notice, .card: break
        }
    }

    /// `link_preview_options`, or what the older `disable_web_page_preview` means in its words.
    func linkPreview(_ call: BotCall) throws(CallFailure) -> JSON? {
        if call.arguments.values["link_preview_options"] != nil {
            guard let options = call.arguments.json("link_preview_options"), let members = options.members else {
                throw .badRequest("can't parse link preview options JSON object")
            }
            let names: Set = ["is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"]
            let kept = members.filter { names.contains($0.name) && $0.value != .bool(false) }
            return kept.isEmpty ? nil : .object(kept)
        }
        return call.arguments.flag("disable_web_page_preview") ? .fields(["is_disabled": true]) : nil
    }
}
