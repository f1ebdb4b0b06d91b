extension OutgoingCall {
    /// A message with a picture as one without it: for when Telegram does not take the picture.
    var asText: OutgoingCall? {
        let text: String?
        let (parseMode, chat, isSilent, keyboard): (String?, Int64, Bool?, InlineKeyboard?)
        switch self {
        case .uploadPhoto(let call):
            (text, parseMode, chat) = (call.caption, call.parseMode, call.chatId)
            (isSilent, keyboard) = (call.disableNotification, call.replyMarkup)
        case .sendPhoto(let call):
            (text, parseMode, chat) = (call.caption, call.parseMode, call.chatId)
            (isSilent, keyboard) = (call.disableNotification, call.replyMarkup)
        case .sendMessage, .sendPrompt, .editMessageText, .answerCallbackQuery, .answerInlineQuery, .sendVoice,
            .sendAudio, .sendDocument, .sendVideo, .sendVideoNote, .copyMessage, .uploadDocument, .setMyCommands,
            .deleteMyCommands, .approveJoinRequest, .declineJoinRequest, .setMemberTag:
            return nil
        }
        guard let text else { return nil }
        return .sendMessage(
            SendMessage(
                chatId: chat,
                text: text,
                parseMode: parseMode,
                linkPreviewOptions: LinkPreviewOptions(isDisabled: true),
                disableNotification: isSilent,
                replyMarkup: keyboard
            )
        )
    }

    /// Whether it gives a member of a group a tag.
    var isTag: Bool {
        if case .setMemberTag = self { true } else { false }
    }
}
