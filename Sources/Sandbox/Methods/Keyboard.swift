/// What a bot puts below a message (`reply_markup`), checked as Telegram checks it.
enum Keyboard: Sendable, Hashable {
    /// Buttons that belong to the message: an `InlineKeyboardMarkup`.
    case inline(JSON)
    /// Buttons in place of the person's keyboard, their removal, or a forced reply: shown once, not part of the
    /// message.
    case reply(JSON)

    /// Bytes of `callback_data`. Source: Bot API, `InlineKeyboardButton`.
    static let dataLength = 64
    /// Buttons of one message.
    static let capacity = 100

    /// Reads a `reply_markup` argument; nothing where it is empty or an inline keyboard without buttons.
    static func parse(_ text: String) throws(CallFailure) -> Keyboard? {
        guard !text.isEmpty else { return nil }
        guard let value = JSON(parsing: text) else {
            throw .badRequest("can't parse reply keyboard markup JSON object")
        }
        guard value.members != nil else { throw .badRequest("object expected as reply markup") }
        if let rows = value["inline_keyboard"] { return try buttons(rows) }
        if let rows = value["keyboard"] {
            guard let lists = rows.elements, lists.allSatisfy({ $0.elements != nil }) else {
                throw .badRequest("field \"keyboard\" of the ReplyKeyboardMarkup must be an Array of Arrays")
            }
            return .reply(value)
        }
        let isOther = value["remove_keyboard"]?.boolean == true || value["force_reply"]?.boolean == true
        return isOther ? .reply(value) : nil
    }

    private static func buttons(_ rows: JSON) throws(CallFailure) -> Keyboard? {
        guard let lists = rows.elements else {
            throw .badRequest("field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array")
        }
        var result: [JSON] = []
        var count = 0
        for list in lists {
            guard let row = list.elements else {
                throw .badRequest("field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays")
            }
            var line: [JSON] = []
            for value in row { line.append(try button(value)) }
            count += line.count
            if !line.isEmpty { result.append(.array(line)) }
        }
        guard count <= capacity else { throw .badRequest("reply markup is too long") }
        return result.isEmpty ? nil : .inline(.fields(["inline_keyboard": .array(result)]))
    }

    private static func button(_ value: JSON) throws(CallFailure) -> JSON {
        guard value.members != nil else {
            throw .badRequest("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
        }
        guard let text = value["text"]?.string, !text.isEmpty else {
            throw .badRequest("can't parse inline keyboard button: Field \"text\" must be of type String")
        }
        let head = JSON.fields(["text": .string(text)])
        if let url = value["url"]?.string, !url.isEmpty {
            if let person = LinkAddress.person(of: url) {
                return head.followed(by: .fields(["url": .string("tg://user?id=\(person)")]))
            }
            guard let address = LinkAddress(checking: url) else {
                throw .badRequest("inline keyboard button URL '\(url)' is invalid: Wrong HTTP URL")
            }
            return head.followed(by: .fields(["url": .string(address.text)]))
        }
        if let data = value["callback_data"]?.string, !data.isEmpty {
            guard data.utf8.count <= dataLength else { throw .badRequest("BUTTON_DATA_INVALID") }
            return head.followed(by: .fields(["callback_data": .string(data)]))
        }
        if let app = value["web_app"] {
            let url = app["url"]?.string ?? ""
            guard url.lowercased().hasPrefix("https://"), let address = LinkAddress(checking: url) else {
                throw .badRequest(
                    "inline keyboard button Web App URL '\(url)' is invalid: Only HTTPS links are allowed"
                )
            }
            return head.followed(by: .fields(["web_app": .fields(["url": .string(address.text)])]))
        }
        for name in passedThrough {
            if let member = value[name] { return head.followed(by: .object([JSON.Member(name: name, value: member)])) }
        }
        throw .badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    }

    /// Kinds of buttons that need nothing from the stand-in.
    private static let passedThrough = [
        "login_url", "switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat",
        "copy_text", "pay", "callback_game",
    ]
}

extension Keyboard {
    /// The `callback_data` of all buttons of an `InlineKeyboardMarkup`.
    static func data(in markup: JSON?) -> [String] {
        let rows = markup?["inline_keyboard"]?.elements ?? []
        return rows.flatMap { $0.elements ?? [] }.compactMap { $0["callback_data"]?.string }
    }
}
