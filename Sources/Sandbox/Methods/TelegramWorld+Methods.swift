/// Which method is answered where.
extension TelegramWorld {
    /// Answers every method but `getUpdates`, which may have to wait.
    mutating func answer(_ call: BotCall) throws(CallFailure) -> Answer {
        switch call.method {
        case .getMe: .success(try account(call).json(asItself: true))
        case .getUpdates: throw .methodNotFound
        case .setWebhook: try setWebhook(call)
        case .deleteWebhook: deleteWebhook(call)
        case .getWebhookInfo: .success(try webhookInfo(call))
        case .sendMessage: .success(try sendMessage(call))
        case .sendAudio: .success(try sendMedia(call, .audio))
        case .sendVoice: .success(try sendMedia(call, .voice))
        case .sendDocument: .success(try sendMedia(call, .document))
        case .sendVideo: .success(try sendMedia(call, .video))
        case .sendVideoNote: .success(try sendMedia(call, .videoNote))
        case .sendMediaGroup: .success(try sendMediaGroup(call))
        case .sendPhoto: .success(try sendMedia(call, .photo))
        case .copyMessage: .success(try copyMessage(call))
        case .forwardMessage: .success(try forwardMessage(call))
        case .deleteMessage: .success(try deleteMessage(call))
        case .editMessageText: .success(try editMessageText(call))
        case .editMessageCaption: .success(try editMessageCaption(call))
        case .editMessageMedia: .success(try editMessageMedia(call))
        case .editMessageReplyMarkup: .success(try editMessageReplyMarkup(call))
        case .answerCallbackQuery: .success(try answerCallbackQuery(call))
        case .sendChatAction: .success(try sendChatAction(call))
        case .getFile: .success(try getFile(call))
        case .getChat: .success(try getChat(call))
        case .getChatMember: .success(try getChatMember(call))
        case .getChatAdministrators: .success(try getChatAdministrators(call))
        case .getChatMemberCount: .success(try getChatMemberCount(call))
        case .setMyCommands: .success(try setMyCommands(call))
        case .getMyCommands: .success(try getMyCommands(call))
        case .deleteMyCommands: .success(try deleteMyCommands(call))
        case .setChatMenuButton: .success(try setChatMenuButton(call))
        case .getChatMenuButton: .success(try getChatMenuButton(call))
        case .approveChatJoinRequest: .success(try decideJoinRequest(call, approve: true))
        case .declineChatJoinRequest: .success(try decideJoinRequest(call, approve: false))
        case .createChatInviteLink: .success(try createInviteLink(call))
        case .editChatInviteLink: .success(try editInviteLink(call))
        case .revokeChatInviteLink: .success(try revokeInviteLink(call))
        case .exportChatInviteLink: .success(try exportInviteLink(call))
        case .banChatMember: .success(try banMember(call))
        case .unbanChatMember: .success(try unbanMember(call))
        case .restrictChatMember: .success(try restrictMember(call))
        case .promoteChatMember: .success(try promoteMember(call))
        case .answerInlineQuery: .success(try answerInlineQuery(call))
        case .leaveChat: .success(try leaveChat(call))
        case .pinChatMessage: .success(try pinChatMessage(call))
        case .unpinChatMessage: .success(try unpinChatMessage(call))
        case .setMessageReaction: .success(try setMessageReaction(call))
        case .setMyDescription: .success(try setDescription(call, short: false))
        case .getMyDescription: .success(try description(call, short: false))
        case .setMyShortDescription: .success(try setDescription(call, short: true))
        case .getMyShortDescription: .success(try description(call, short: true))
        }
    }

    /// The calling bot.
    func account(_ call: BotCall) throws(CallFailure) -> BotAccount {
        guard let bot = bots[call.bot] else { throw .unauthorized }
        return bot
    }
}
