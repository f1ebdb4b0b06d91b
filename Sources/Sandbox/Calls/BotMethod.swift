/// The methods of the Bot API that the stand-in answers.
enum BotMethod: String, CaseIterable, Sendable {
    case getMe
    case getUpdates
    case setWebhook
    case deleteWebhook
    case getWebhookInfo
    case sendMessage
    case sendAudio
    case sendVoice
    case sendDocument
    case sendVideo
    case sendVideoNote
    case sendMediaGroup
    case sendPhoto
    case sendAnimation
    case sendSticker
    case sendLocation
    case sendVenue
    case sendContact
    case sendDice
    case copyMessage
    case copyMessages
    case forwardMessage
    case forwardMessages
    case deleteMessage
    case deleteMessages
    case editMessageText
    case editMessageCaption
    case editMessageMedia
    case editMessageReplyMarkup
    case answerCallbackQuery
    case sendChatAction
    case getFile
    case getChat
    case getChatMember
    case getChatAdministrators
    case getChatMemberCount
    case setMyCommands
    case getMyCommands
    case deleteMyCommands
    case setChatMenuButton
    case getChatMenuButton
    case approveChatJoinRequest
    case declineChatJoinRequest
    case createChatInviteLink
    case editChatInviteLink
    case revokeChatInviteLink
    case exportChatInviteLink
    case banChatMember
    case unbanChatMember
    case restrictChatMember
    case promoteChatMember
    case setChatMemberTag
    case answerInlineQuery
    case leaveChat
    case pinChatMessage
    case unpinChatMessage
    case unpinAllChatMessages
    case setChatTitle
    case setChatDescription
    case getUserProfilePhotos
    case setMyName
    case getMyName
    case setMessageReaction
    case setMyDescription
    case getMyDescription
    case setMyShortDescription
    case getMyShortDescription

    /// Finds a method by its name in any case.
    init?(name: String) {
        guard let method = BotMethod.byName[name.lowercased()] else { return nil }
        self = method
    }

    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue.lowercased(), $0) })
}

extension BotMethod {
    /// The Bot API's spelling of a method that it has and the sandbox has not.
    static func missing(_ name: String) -> String? {
        missing.first { $0.lowercased() == name.lowercased() }
    }

    /// Methods of Bot API 10.3 that are not answered here. They get an error that says so, and the log names them.
    static let missing: Set<String> = [
        "addStickerToSet", "answerChatJoinRequestQuery", "answerGuestQuery", "answerPreCheckoutQuery",
        "answerShippingQuery", "answerWebAppQuery", "approveSuggestedPost", "banChatSenderChat", "close",
        "closeForumTopic", "closeGeneralForumTopic", "convertGiftToStars", "createChatSubscriptionInviteLink",
        "createForumTopic", "createInvoiceLink", "createNewStickerSet", "declineSuggestedPost",
        "deleteAllMessageReactions", "deleteBusinessMessages", "deleteChatPhoto", "deleteChatStickerSet",
        "deleteEphemeralMessage", "deleteForumTopic", "deleteMessageReaction", "deleteStickerFromSet",
        "deleteStickerSet", "deleteStory", "editChatSubscriptionInviteLink", "editEphemeralMessageCaption",
        "editEphemeralMessageMedia", "editEphemeralMessageReplyMarkup", "editEphemeralMessageText", "editForumTopic",
        "editGeneralForumTopic", "editMessageChecklist", "editMessageLiveLocation", "editStory",
        "editUserStarSubscription", "getAvailableGifts", "getBusinessAccountGifts", "getBusinessAccountStarBalance",
        "getBusinessConnection", "getChatGifts", "getCustomEmojiStickers", "getForumTopicIconStickers",
        "getGameHighScores", "getManagedBotAccessSettings", "getManagedBotToken", "getMyDefaultAdministratorRights",
        "getMyStarBalance", "getStarTransactions", "getStickerSet", "getUserChatBoosts", "getUserGifts",
        "getUserPersonalChatMessages", "getUserProfileAudios", "giftPremiumSubscription", "hideGeneralForumTopic",
        "logOut", "postStory", "readBusinessMessage", "refundStarPayment", "removeBusinessAccountProfilePhoto",
        "removeChatVerification", "removeMyProfilePhoto", "removeUserVerification", "reopenForumTopic",
        "reopenGeneralForumTopic", "replaceManagedBotToken", "replaceStickerInSet", "repostStory",
        "savePreparedInlineMessage", "savePreparedKeyboardButton", "sendChatJoinRequestWebApp", "sendChecklist",
        "sendGame", "sendGift", "sendInvoice", "sendLivePhoto", "sendMessageDraft", "sendPaidMedia", "sendPoll",
        "sendRichMessage", "sendRichMessageDraft", "setBusinessAccountBio", "setBusinessAccountGiftSettings",
        "setBusinessAccountName", "setBusinessAccountProfilePhoto", "setBusinessAccountUsername",
        "setChatAdministratorCustomTitle", "setChatPermissions", "setChatPhoto",
        "setChatStickerSet", "setCustomEmojiStickerSetThumbnail", "setGameScore", "setManagedBotAccessSettings",
        "setMyDefaultAdministratorRights", "setMyProfilePhoto", "setPassportDataErrors", "setStickerEmojiList",
        "setStickerKeywords", "setStickerMaskPosition", "setStickerPositionInSet", "setStickerSetThumbnail",
        "setStickerSetTitle", "setUserEmojiStatus", "stopMessageLiveLocation", "stopPoll",
        "transferBusinessAccountStars", "transferGift", "unbanChatSenderChat", "unhideGeneralForumTopic",
        "unpinAllForumTopicMessages", "unpinAllGeneralForumTopicMessages", "upgradeGift", "uploadStickerFile",
        "verifyChat", "verifyUser",
    ]
}
