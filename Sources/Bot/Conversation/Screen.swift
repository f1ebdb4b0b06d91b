import Domain
import Foundation

/// What a person sees: a text with buttons under it.
struct Screen: Equatable, Sendable {
    /// A button with its label in plain text.
    enum Control: Equatable, Sendable {
        case tap(String, Button)
        case link(String, URL)
    }

    var text: HTML
    var rows: [[Control]] = []

    /// The buttons as Telegram takes them; nil without any.
    var keyboard: InlineKeyboard? {
        let rows = rows.filter { !$0.isEmpty }
        guard !rows.isEmpty else { return nil }
        return InlineKeyboard(
            inlineKeyboard: rows.map { row in
                row.map { control in
                    switch control {
                    case .tap(let label, let button): InlineButton(text: label, callbackData: button.data)
                    case .link(let label, let url): InlineButton(text: label, url: url.absoluteString)
                    }
                }
            }
        )
    }
}

/// What the bot answers to one update.
enum Reply: Equatable, Sendable {
    /// A new message.
    case show(Screen)
    /// A new message in reply to another one of the chat; without the reply where that one is gone.
    case reply(to: MessagePlace, Screen)
    /// The message that has the tapped button changes; where it is unknown, a new message.
    case change(MessagePlace?, Screen)
    /// A note over the chat that answers a tap; without a text it only ends the waiting.
    case toast(queryID: String, text: String?, isAlert: Bool)
    /// The results of a question in inline mode.
    case results(AnswerInlineQuery)
    /// A question that opens the reply: for everybody in the chat, or for the one whom it mentions.
    case prompt(HTML, isForOne: Bool)
    /// The answer to somebody who asks to be let into the chat.
    case clubChatRequest(TelegramUserID, isApproved: Bool)
    /// A recording, by the id that this bot knows.
    case recording(Recording.Kind, fileID: String, caption: HTML)
    /// A recording of which this bot knows only the post.
    case copy(PostReference, caption: HTML)
    /// A file that is made for this one message.
    case file(name: String, contents: Data, caption: HTML)
    /// A picture with words and buttons under it.
    case card(CardPicture, Screen)
    /// The tag that somebody bears in the group from now on; empty: none.
    case tag(TelegramUserID, String)
    /// The commands that the person is offered from now on; nil: those of everybody.
    case menu([BotCommand]?)

    /// How long it is worth something; nil for ever.
    ///
    /// A tap and a question in inline mode are answered at once or not at all: Telegram says "query is too old" then.
    var lifetime: Duration? {
        switch self {
        case .toast, .results: .seconds(15)
        case .show, .reply, .change, .prompt, .clubChatRequest, .recording, .copy, .file, .menu, .card, .tag: nil
        }
    }

    /// The message to which it replies; nil where it stands for itself.
    private var answered: MessagePlace? {
        if case .reply(let place, _) = self { place } else { nil }
    }

    /// The call that carries it out in a chat.
    func call(in chat: ChatID) -> OutgoingCall {
        let noPreview = LinkPreviewOptions(isDisabled: true)
        let id = chat.rawValue
        switch self {
        case .show(let screen), .reply(_, let screen), .change(nil, let screen):
            return .sendMessage(
                SendMessage(
                    chatId: id,
                    text: screen.text.source,
                    parseMode: "HTML",
                    linkPreviewOptions: noPreview,
                    replyParameters: answered.map {
                        ReplyParameters(messageId: $0.message, allowSendingWithoutReply: true)
                    },
                    replyMarkup: screen.keyboard
                )
            )
        case .change(.some(let place), let screen):
            return .editMessageText(
                EditMessageText(
                    chatId: place.chat.rawValue,
                    messageId: place.message,
                    text: screen.text.source,
                    parseMode: "HTML",
                    linkPreviewOptions: noPreview,
                    replyMarkup: screen.keyboard
                )
            )
        case .toast(let queryID, let text, let isAlert):
            return .answerCallbackQuery(
                AnswerCallbackQuery(
                    callbackQueryId: queryID,
                    text: text.map { String($0.prefix(200)) },
                    showAlert: isAlert ? true : nil
                )
            )
        case .results(let answer):
            return .answerInlineQuery(answer)
        case .prompt(let text, let isForOne):
            return .sendPrompt(
                SendPrompt(
                    chatId: id,
                    text: text.source,
                    parseMode: "HTML",
                    replyMarkup: ForceReply(selective: isForOne)
                )
            )
        case .clubChatRequest(let user, let isApproved):
            return isApproved
                ? .approveJoinRequest(ApproveChatJoinRequest(chatId: id, userId: user.rawValue))
                : .declineJoinRequest(DeclineChatJoinRequest(chatId: id, userId: user.rawValue))
        case .recording(let kind, let fileID, let caption):
            let text = caption.source
            switch kind {
            case .voice: return .sendVoice(SendVoice(chatId: id, voice: fileID, caption: text, parseMode: "HTML"))
            case .audio: return .sendAudio(SendAudio(chatId: id, audio: fileID, caption: text, parseMode: "HTML"))
            case .document:
                return .sendDocument(SendDocument(chatId: id, document: fileID, caption: text, parseMode: "HTML"))
            case .video: return .sendVideo(SendVideo(chatId: id, video: fileID, caption: text, parseMode: "HTML"))
            case .videoNote: return .sendVideoNote(SendVideoNote(chatId: id, videoNote: fileID))
            }
        case .copy(let post, let caption):
            return .copyMessage(
                CopyMessage(
                    chatId: id,
                    fromChatId: post.channel.rawValue,
                    messageId: post.message,
                    caption: caption.source,
                    parseMode: "HTML"
                )
            )
        case .file(let name, let contents, let caption):
            return .uploadDocument(
                UploadDocument(
                    chatId: id,
                    fileName: name,
                    contents: contents,
                    caption: caption.source,
                    parseMode: "HTML"
                )
            )
        case .card(let picture, let screen):
            return picture.call(in: id, screen)
        case .tag(let user, let tag):
            return .setMemberTag(SetChatMemberTag(chatId: id, userId: user.rawValue, tag: tag))
        case .menu(let commands?):
            return .setMyCommands(SetMyCommands(commands: commands, scope: .chat(chat)))
        case .menu(nil):
            return .deleteMyCommands(DeleteMyCommands(scope: .chat(chat)))
        }
    }
}
