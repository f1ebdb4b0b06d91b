import Domain
import Foundation
import Testing

@testable import Bot

/// What a person sees of the answer to one update.
struct Seen: Sendable {
    /// A text with its buttons.
    struct Screen: Sendable {
        var chat: Int64
        /// The message that changed; nil for a new one.
        var changed: Int64?
        var source: String
        var rows: [[InlineButton]]

        /// The text as it is read.
        var text: String {
            get throws { try TelegramText(source).plain }
        }

        var labels: [[String]] { rows.map { $0.map(\.text) } }
        var buttons: [InlineButton] { rows.flatMap { $0 } }

        /// The data of the button with this label.
        func data(_ label: String) throws -> String {
            let button = buttons.first { $0.text == label }
            return try #require(button?.callbackData, "there is no button \(label) among \(labels)")
        }
    }

    /// A recording that was sent.
    struct Sound: Equatable, Sendable {
        /// The method by which it was sent.
        var method: String
        /// The file's id or, where it was copied, the message in the channel.
        var source: String
        var caption: String
    }

    let drafts: [OutboxDraft]
    let calls: [OutgoingCall]

    init(_ drafts: [OutboxDraft]) throws {
        self.drafts = drafts
        calls = try drafts.map { draft in
            guard case .prepared(let data) = draft.body else { throw UnpreparedDraft() }
            return try OutgoingCall(prepared: data)
        }
    }

    init(_ calls: [OutgoingCall]) {
        drafts = []
        self.calls = calls
    }

    var keys: [String] { drafts.map(\.dedupeKey) }
    var screens: [Screen] { calls.compactMap(Self.screen) }
    var sounds: [Sound] { calls.compactMap(Self.sound) }

    var toasts: [AnswerCallbackQuery] {
        calls.compactMap { call in
            guard case .answerCallbackQuery(let toast) = call else { return nil }
            return toast
        }
    }

    /// The one answer to a question in inline mode.
    var results: AnswerInlineQuery {
        get throws {
            let answers = calls.compactMap { call -> AnswerInlineQuery? in
                guard case .answerInlineQuery(let answer) = call else { return nil }
                return answer
            }
            return try #require(answers.count == 1 ? answers.first : nil, "\(answers.count) answers")
        }
    }

    /// The one screen of an answer that has one.
    var screen: Screen {
        get throws { try #require(screens.count == 1 ? screens.first : nil, "\(screens.count) screens") }
    }

    /// The one toast of an answer to a tap.
    var toast: AnswerCallbackQuery {
        get throws { try #require(toasts.count == 1 ? toasts.first : nil, "\(toasts.count) toasts") }
    }

    private static func screen(_ call: OutgoingCall) -> Screen? {
        switch call {
        case .sendMessage(let call):
            Screen(chat: call.chatId, source: call.text, rows: call.replyMarkup?.inlineKeyboard ?? [])
        case .editMessageText(let call):
            Screen(
                chat: call.chatId,
                changed: call.messageId,
                source: call.text,
                rows: call.replyMarkup?.inlineKeyboard ?? []
            )
        case .sendPrompt(let call): Screen(chat: call.chatId, source: call.text, rows: [])
        case .answerCallbackQuery, .answerInlineQuery, .sendVoice, .sendAudio, .sendDocument, .sendVideo,
            .sendVideoNote, .copyMessage, .uploadDocument, .setMyCommands, .deleteMyCommands, .approveJoinRequest,
            .declineJoinRequest, .setMemberTag, .uploadPhoto, .sendPhoto:
            nil
        }
    }

    private static func sound(_ call: OutgoingCall) -> Sound? {
        switch call {
        case .sendVoice(let call): Sound(method: SendVoice.name, source: call.voice, caption: call.caption ?? "")
        case .sendAudio(let call): Sound(method: SendAudio.name, source: call.audio, caption: call.caption ?? "")
        case .sendDocument(let call):
            Sound(method: SendDocument.name, source: call.document, caption: call.caption ?? "")
        case .sendVideo(let call): Sound(method: SendVideo.name, source: call.video, caption: call.caption ?? "")
        case .sendVideoNote(let call): Sound(method: SendVideoNote.name, source: call.videoNote, caption: "")
        case .copyMessage(let call):
            Sound(method: CopyMessage.name, source: "\(call.messageId)", caption: call.caption ?? "")
        case .sendMessage, .sendPrompt, .editMessageText, .answerCallbackQuery, .answerInlineQuery, .uploadDocument,
            .setMyCommands, .deleteMyCommands, .approveJoinRequest, .declineJoinRequest, .setMemberTag, .uploadPhoto,
            .sendPhoto:
            nil
        }
    }
}

/// An answer of the bot is laid out at once; only what the club tells on its own account is not.
private struct UnpreparedDraft: Error {}
