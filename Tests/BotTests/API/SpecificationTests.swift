import Foundation
import Testing

@testable import Bot

/// Every request that the bots make, held against the Bot API's machine-readable specification.
struct SpecificationTests {
    /// The file that `BOTAPI_SPEC` names.
    static let path = ProcessInfo.processInfo.environment["BOTAPI_SPEC"]

    private struct Field: Decodable {
        var name: String
        var types: [String]
        var required: Bool
    }

    private struct Item: Decodable {
        var fields: [Field]?
        var subtypes: [String]?
    }

    private struct Specification: Decodable {
        var methods: [String: Item]
        var types: [String: Item]
    }

    static let keyboard = InlineKeyboard(
        inlineKeyboard: [[InlineButton(text: "a", callbackData: "b"), InlineButton(text: "c", url: "https://d.test")]]
    )

    /// A result of each kind.
    static let inline = AnswerInlineQuery(
        inlineQueryId: "1",
        results: [
            .article(
                "1",
                title: "t",
                description: "d",
                content: InputTextMessageContent(
                    messageText: "t",
                    parseMode: "HTML",
                    linkPreviewOptions: LinkPreviewOptions(isDisabled: true)
                ),
                replyMarkup: keyboard
            ),
            .voice("2", fileID: "f", title: "t", caption: HTML("c"), replyMarkup: keyboard),
            .audio("3", fileID: "f", caption: HTML("c"), replyMarkup: keyboard),
            .document("4", fileID: "f", title: "t", description: "d", caption: HTML("c"), replyMarkup: keyboard),
            .video("5", fileID: "f", title: "t", description: "d", caption: HTML("c"), replyMarkup: keyboard),
        ],
        cacheTime: 0,
        isPersonal: true,
        nextOffset: "5",
        button: InlineResultsButton(text: "t", startParameter: "s")
    )

    /// One of each method, with every parameter set.
    static let requests: [any TelegramMethod] = [
        GetMe(), GetChat(chatId: "@x"), GetChatMember(chatId: "@x", userId: 1), GetWebhookInfo(),
        DeleteWebhook(dropPendingUpdates: false), GetFile(fileId: "f"),
        GetUpdates(offset: 1, limit: 100, timeout: 30, allowedUpdates: TelegramUpdate.kinds),
        SetMyCommands(commands: [BotCommand(command: "a", description: "b")], languageCode: "ru"),
        SendMessage(
            chatId: 1,
            text: "t",
            parseMode: "HTML",
            linkPreviewOptions: LinkPreviewOptions(isDisabled: true),
            replyMarkup: keyboard
        ),
        SendPrompt(chatId: 1, text: "t", parseMode: "HTML", replyMarkup: ForceReply(selective: true)),
        EditMessageText(
            chatId: 1,
            messageId: 2,
            text: "t",
            parseMode: "HTML",
            linkPreviewOptions: LinkPreviewOptions(isDisabled: true),
            replyMarkup: keyboard
        ),
        AnswerCallbackQuery(callbackQueryId: "1", text: "t", showAlert: true),
        inline,
        SendVoice(chatId: 1, voice: "f", caption: "c", parseMode: "HTML", replyMarkup: keyboard),
        SendAudio(chatId: 1, audio: "f", caption: "c", parseMode: "HTML", replyMarkup: keyboard),
        SendDocument(chatId: 1, document: "f", caption: "c", parseMode: "HTML", replyMarkup: keyboard),
        SendVideo(chatId: 1, video: "f", caption: "c", parseMode: "HTML", replyMarkup: keyboard),
        SendVideoNote(chatId: 1, videoNote: "f", replyMarkup: keyboard),
        CopyMessage(chatId: 1, fromChatId: 2, messageId: 3, caption: "c", parseMode: "HTML"),
        ApproveChatJoinRequest(chatId: 1, userId: 2), DeclineChatJoinRequest(chatId: 1, userId: 2),
    ]

    @Test(.enabled(if: path != nil, "BOTAPI_SPEC names no specification"), arguments: requests.indices)
    func `each request is one that the Bot API knows`(index: Int) throws {
        let specification = try JSONDecoder().decode(
            Specification.self,
            from: Data(contentsOf: URL(filePath: try #require(Self.path)))
        )
        let request = Self.requests[index]
        let name = type(of: request).name
        let method = try #require(specification.methods[name], "there is no method \(name)")
        let object = try JSONSerialization.jsonObject(with: try TelegramAPI.encoder().encode(request))

        check(object, against: method.fields ?? [], types: specification.types, path: name)
    }

    private func check(_ value: Any, against fields: [Field], types: [String: Item], path: String) {
        guard let object = value as? [String: Any] else {
            Issue.record("\(path) is no object")
            return
        }
        for field in fields where field.required {
            #expect(object[field.name] != nil, "\(path) lacks \(field.name)")
        }
        for (name, value) in object {
            guard let field = fields.first(where: { $0.name == name }) else {
                Issue.record("\(path) has no field \(name)")
                continue
            }
            let isFitting = field.types.contains { fits(value, $0, types: types, path: "\(path).\(name)") }
            #expect(isFitting, "\(path).\(name) is none of \(field.types)")
        }
    }

    /// Whether an object has what a kind needs and nothing that it does not know; of a result, also the kind's name.
    private func isOne(_ value: Any, _ kind: String, types: [String: Item], path: String) -> Bool {
        guard let object = value as? [String: Any], let fields = types[kind]?.fields,
            fields.allSatisfy({ !$0.required || object[$0.name] != nil }),
            Set(object.keys).isSubset(of: fields.map(\.name))
        else { return false }
        if let type = object["type"] as? String {
            let name = type == "article" ? "Article" : "Cached" + type.prefix(1).uppercased() + type.dropFirst()
            guard kind == "InlineQueryResult\(name)" else { return false }
        }
        check(value, against: fields, types: types, path: path)
        return true
    }

    private func fits(_ value: Any, _ type: String, types: [String: Item], path: String) -> Bool {
        if type.hasPrefix("Array of ") {
            guard let values = value as? [Any] else { return false }
            return values.allSatisfy { fits($0, String(type.dropFirst("Array of ".count)), types: types, path: path) }
        }
        switch type {
        case "String": return value is String
        case "Integer": return (value as? NSNumber).map { $0 == NSNumber(value: $0.int64Value) } ?? false
        case "Float": return value is NSNumber
        case "Boolean", "True": return value is Bool
        case "InlineQueryResult", "InputMessageContent":
            return (types[type]?.subtypes ?? []).contains { isOne(value, $0, types: types, path: path) }
        default:
            guard let fields = types[type]?.fields, let object = value as? [String: Any],
                fields.allSatisfy({ !$0.required || object[$0.name] != nil })
            else { return false }
            check(value, against: fields, types: types, path: path)
            return true
        }
    }
}
