import Domain
import Foundation

/// A call of the Bot API that waits in the outbox: what a prepared message holds.
enum OutgoingCall: Codable, Equatable, Sendable {
    case sendMessage(SendMessage)
    case sendPrompt(SendPrompt)
    case editMessageText(EditMessageText)
    case answerCallbackQuery(AnswerCallbackQuery)
    case answerInlineQuery(AnswerInlineQuery)
    case sendVoice(SendVoice)
    case sendAudio(SendAudio)
    case sendDocument(SendDocument)
    case sendVideo(SendVideo)
    case sendVideoNote(SendVideoNote)
    case copyMessage(CopyMessage)
    case uploadDocument(UploadDocument)
    case setMyCommands(SetMyCommands)
    case deleteMyCommands(DeleteMyCommands)
    case approveJoinRequest(ApproveChatJoinRequest)
    case declineJoinRequest(DeclineChatJoinRequest)
    case uploadPhoto(UploadPhoto)
    case sendPhoto(SendPhoto)
    case setMemberTag(SetChatMemberTag)

    /// Whether carrying it out twice is the same as once.
    var isRepeatable: Bool {
        switch self {
        case .sendMessage: SendMessage.isRepeatable
        case .sendPrompt: SendPrompt.isRepeatable
        case .editMessageText: EditMessageText.isRepeatable
        case .answerCallbackQuery: AnswerCallbackQuery.isRepeatable
        case .answerInlineQuery: AnswerInlineQuery.isRepeatable
        case .sendVoice: SendVoice.isRepeatable
        case .sendAudio: SendAudio.isRepeatable
        case .sendDocument: SendDocument.isRepeatable
        case .sendVideo: SendVideo.isRepeatable
        case .sendVideoNote: SendVideoNote.isRepeatable
        case .copyMessage: CopyMessage.isRepeatable
        case .uploadDocument: UploadDocument.isRepeatable
        case .setMyCommands: SetMyCommands.isRepeatable
        case .deleteMyCommands: DeleteMyCommands.isRepeatable
        case .approveJoinRequest: ApproveChatJoinRequest.isRepeatable
        case .declineJoinRequest: DeclineChatJoinRequest.isRepeatable
        case .uploadPhoto: UploadPhoto.isRepeatable
        case .sendPhoto: SendPhoto.isRepeatable
        case .setMemberTag: SetChatMemberTag.isRepeatable
        }
    }

    /// As an outbox row keeps it.
    var body: OutboxDraft.Body {
        get throws { .prepared(try DocumentJSON.encode(self)) }
    }

    /// Whether what is stored puts no message into a chat: the answer to a tap, results in inline mode.
    static func isNoMessage(_ body: OutboxDraft.Body) -> Bool {
        guard case .prepared(let data) = body else { return false }
        return noMessages.contains { data.starts(with: $0) }
    }

    private static let noMessages = [#"{"answerCallbackQuery":"#, #"{"answerInlineQuery":"#].map { Data($0.utf8) }

    init(prepared: Data) throws {
        self = try DocumentJSON.decode(OutgoingCall.self, from: prepared)
    }

    /// The same for another chat: a group has become a supergroup. The messages of the one are not those of the other,
    /// so that an edit becomes a message of its own.
    func moved(to chat: ChatID) -> OutgoingCall {
        let id = chat.rawValue
        switch self {
        case .sendMessage(var call):
            call.chatId = id
            return .sendMessage(call)
        case .sendPrompt(var call):
            call.chatId = id
            return .sendPrompt(call)
        case .editMessageText(let call):
            return call.chatId == id ? self : asNewMessage?.moved(to: chat) ?? self
        case .answerCallbackQuery, .answerInlineQuery, .setMyCommands, .deleteMyCommands:
            // None of them is about a group.
            return self
        case .uploadDocument(var call):
            call.chatId = id
            return .uploadDocument(call)
        case .sendVoice(var call):
            call.chatId = id
            return .sendVoice(call)
        case .sendAudio(var call):
            call.chatId = id
            return .sendAudio(call)
        case .sendDocument(var call):
            call.chatId = id
            return .sendDocument(call)
        case .sendVideo(var call):
            call.chatId = id
            return .sendVideo(call)
        case .sendVideoNote(var call):
            call.chatId = id
            return .sendVideoNote(call)
        case .copyMessage(var call):
            call.chatId = id
            return .copyMessage(call)
        case .approveJoinRequest(var call):
            call.chatId = id
            return .approveJoinRequest(call)
        case .declineJoinRequest(var call):
            call.chatId = id
            return .declineJoinRequest(call)
        case .uploadPhoto(var call):
            call.chatId = id
            return .uploadPhoto(call)
        case .sendPhoto(var call):
            call.chatId = id
            return .sendPhoto(call)
        case .setMemberTag(var call):
            call.chatId = id
            return .setMemberTag(call)
        }
    }

    /// The same without markup, or nil where it has none.
    var withoutMarkup: OutgoingCall? {
        switch self {
        case .sendMessage(var call):
            guard call.parseMode != nil else { return nil }
            call.text = HTML.plain(call.text)
            call.parseMode = nil
            return .sendMessage(call)
        case .sendPrompt(var call):
            guard call.parseMode != nil else { return nil }
            call.text = HTML.plain(call.text)
            call.parseMode = nil
            return .sendPrompt(call)
        case .editMessageText(var call):
            guard call.parseMode != nil else { return nil }
            call.text = HTML.plain(call.text)
            call.parseMode = nil
            return .editMessageText(call)
        case .sendVoice(var call):
            guard call.parseMode != nil else { return nil }
            (call.caption, call.parseMode) = (call.caption.map(HTML.plain), nil)
            return .sendVoice(call)
        case .sendAudio(var call):
            guard call.parseMode != nil else { return nil }
            (call.caption, call.parseMode) = (call.caption.map(HTML.plain), nil)
            return .sendAudio(call)
        case .sendDocument(var call):
            guard call.parseMode != nil else { return nil }
            (call.caption, call.parseMode) = (call.caption.map(HTML.plain), nil)
            return .sendDocument(call)
        case .sendVideo(var call):
            guard call.parseMode != nil else { return nil }
            (call.caption, call.parseMode) = (call.caption.map(HTML.plain), nil)
            return .sendVideo(call)
        case .copyMessage(var call):
            guard call.parseMode != nil else { return nil }
            (call.caption, call.parseMode) = (call.caption.map(HTML.plain), nil)
            return .copyMessage(call)
        case .uploadDocument(var call):
            guard call.parseMode != nil else { return nil }
            (call.caption, call.parseMode) = (call.caption.map(HTML.plain), nil)
            return .uploadDocument(call)
        case .uploadPhoto, .sendPhoto:
            return asText?.withoutMarkup
        case .answerCallbackQuery, .answerInlineQuery, .sendVideoNote, .setMyCommands, .deleteMyCommands,
            .approveJoinRequest, .declineJoinRequest, .setMemberTag:
            return nil
        }
    }

    /// The same without a sound, where it would make one that nobody asked for.
    var silent: OutgoingCall {
        switch self {
        case .sendMessage(var call):
            call.disableNotification = true
            return .sendMessage(call)
        case .uploadPhoto(var call):
            call.disableNotification = true
            return .uploadPhoto(call)
        case .sendPhoto(var call):
            call.disableNotification = true
            return .sendPhoto(call)
        case .sendPrompt, .editMessageText, .answerCallbackQuery, .answerInlineQuery, .sendVoice, .sendAudio,
            .sendDocument, .sendVideo, .sendVideoNote, .copyMessage, .uploadDocument, .setMyCommands,
            .deleteMyCommands, .approveJoinRequest, .declineJoinRequest, .setMemberTag:
            return self
        }
    }

    /// The caption, with its markup, where the call sends a recording; empty for a round video, which has none.
    var recordingCaption: String? {
        switch self {
        case .sendVoice(let call): call.caption
        case .sendAudio(let call): call.caption
        case .sendDocument(let call): call.caption
        case .sendVideo(let call): call.caption
        case .copyMessage(let call): call.caption
        case .sendVideoNote: ""
        case .sendMessage, .sendPrompt, .editMessageText, .answerCallbackQuery, .answerInlineQuery, .uploadDocument,
            .setMyCommands, .deleteMyCommands, .approveJoinRequest, .declineJoinRequest, .uploadPhoto, .sendPhoto,
            .setMemberTag:
            nil
        }
    }

    /// Whether it takes a message from another place.
    var isCopy: Bool {
        if case .copyMessage = self { true } else { false }
    }

    /// Whether it answers somebody who asks to be let into a chat: it says nothing to anybody.
    var isJoinRequestAnswer: Bool {
        switch self {
        case .approveJoinRequest, .declineJoinRequest: true
        case .sendMessage, .sendPrompt, .editMessageText, .answerCallbackQuery, .answerInlineQuery, .sendVoice,
            .sendAudio, .sendDocument, .sendVideo, .sendVideoNote, .copyMessage, .uploadDocument, .setMyCommands,
            .deleteMyCommands, .uploadPhoto, .sendPhoto, .setMemberTag:
            false
        }
    }

    /// An edit as a message of its own: for when the message to edit is gone.
    var asNewMessage: OutgoingCall? {
        guard case .editMessageText(let call) = self else { return nil }
        return .sendMessage(
            SendMessage(
                chatId: call.chatId,
                text: call.text,
                parseMode: call.parseMode,
                linkPreviewOptions: call.linkPreviewOptions,
                replyMarkup: call.replyMarkup
            )
        )
    }
}

extension TelegramAPI {
    /// Carries a call out.
    /// - Returns: The id of the message that it made or changed, where there is one.
    func perform(_ call: OutgoingCall) async throws(TelegramError) -> Int64? {
        switch call {
        case .sendMessage(let method): return try await self.call(method).messageId
        case .sendPrompt(let method): return try await self.call(method).messageId
        case .editMessageText(let method): return try await self.call(method).messageId
        case .answerCallbackQuery(let method):
            _ = try await self.call(method)
            return nil
        case .answerInlineQuery(let method):
            _ = try await self.call(method)
            return nil
        case .sendVoice(let method): return try await self.call(method).messageId
        case .sendAudio(let method): return try await self.call(method).messageId
        case .sendDocument(let method): return try await self.call(method).messageId
        case .sendVideo(let method): return try await self.call(method).messageId
        case .sendVideoNote(let method): return try await self.call(method).messageId
        case .copyMessage(let method): return try await self.call(method).messageId
        case .uploadDocument(let method): return try await upload(method).messageId
        case .uploadPhoto(let method): return try await upload(method).messageId
        case .sendPhoto(let method): return try await self.call(method).messageId
        case .setMemberTag(let method):
            _ = try await self.call(method)
            return nil
        case .setMyCommands(let method):
            _ = try await self.call(method)
            return nil
        case .approveJoinRequest(let method):
            _ = try await self.call(method)
            return nil
        case .declineJoinRequest(let method):
            _ = try await self.call(method)
            return nil
        case .deleteMyCommands(let method):
            _ = try await self.call(method)
            return nil
        }
    }
}
