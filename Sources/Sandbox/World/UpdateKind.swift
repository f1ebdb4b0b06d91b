/// What an update can be about: the optional members of the Bot API's `Update`.
enum UpdateKind: String, Codable, Sendable, CaseIterable {
    case message
    case editedMessage = "edited_message"
    case channelPost = "channel_post"
    case editedChannelPost = "edited_channel_post"
    case businessConnection = "business_connection"
    case businessMessage = "business_message"
    case editedBusinessMessage = "edited_business_message"
    case deletedBusinessMessages = "deleted_business_messages"
    case guestMessage = "guest_message"
    case messageReaction = "message_reaction"
    case messageReactionCount = "message_reaction_count"
    case inlineQuery = "inline_query"
    case chosenInlineResult = "chosen_inline_result"
    case callbackQuery = "callback_query"
    case shippingQuery = "shipping_query"
    case preCheckoutQuery = "pre_checkout_query"
    case purchasedPaidMedia = "purchased_paid_media"
    case poll
    case pollAnswer = "poll_answer"
    case myChatMember = "my_chat_member"
    case chatMember = "chat_member"
    case chatJoinRequest = "chat_join_request"
    case chatBoost = "chat_boost"
    case removedChatBoost = "removed_chat_boost"
    case managedBot = "managed_bot"
    case subscription
    case stoppedMessageGeneration = "stopped_message_generation"

    /// What a bot gets without asking: all but the kinds that must be asked for by name.
    /// Source: Bot API, `getUpdates`, parameter `allowed_updates`.
    static let byDefault = Set(allCases).subtracting([.chatMember, .messageReaction, .messageReactionCount])

    /// The set that an `allowed_updates` value selects.
    ///
    /// - Returns: `nil` when the value is missing or no array, so that the earlier setting stays; the default kinds
    ///   for an array without any known name.
    static func selection(from value: JSON?) -> Set<UpdateKind>? {
        guard let names = value?.elements else { return nil }
        let known = Set(names.compactMap { $0.string.flatMap { UpdateKind(rawValue: $0.lowercased()) } })
        return known.isEmpty ? byDefault : known
    }
}
