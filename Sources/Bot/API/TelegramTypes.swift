import Foundation

// The Bot API's objects, as far as the program reads them. Names and meanings are Telegram's; see
// https://core.telegram.org/bots/api. All that is not needed to make sense of an object is `@Lenient`.

/// A person or a bot.
public struct TelegramUser: Decodable, Sendable, Equatable {
    public var id: Int64
    @Lenient public var isBot: Bool?
    @Lenient public var firstName: String?
    @Lenient public var lastName: String?
    @Lenient public var username: String?
    @Lenient public var languageCode: String?
}

/// A conversation: private, group, supergroup or channel.
public struct TelegramChat: Decodable, Sendable, Equatable {
    public var id: Int64
    @Lenient public var type: String?
    @Lenient public var title: String?
    @Lenient public var username: String?

    var isPrivate: Bool { type == "private" }
}

/// A file with sound, with or without pictures, in one of the shapes in which it may be posted.
public struct TelegramFile: Decodable, Sendable, Equatable {
    public var fileId: String
    public var fileUniqueId: String
    @Lenient public var duration: Int64?
    @Lenient public var performer: String?
    @Lenient public var title: String?
    @Lenient public var fileName: String?
    @Lenient public var mimeType: String?
    @Lenient public var fileSize: Int64?
}

/// A message or a channel's post.
public struct TelegramMessage: Decodable, Sendable, Equatable {
    public var messageId: Int64
    public var chat: TelegramChat
    @Lenient public var from: TelegramUser?
    /// In whose name it was written, where that is a chat: in a group, the group itself by an admin who hides.
    @Lenient var senderChat: TelegramChat?
    @Lenient public var date: Int64?
    @Lenient public var editDate: Int64?
    @Lenient public var authorSignature: String?
    @Lenient public var text: String?
    @Lenient var entities: [TelegramEntity]?
    @Lenient public var caption: String?
    @Lenient public var voice: TelegramFile?
    @Lenient public var audio: TelegramFile?
    @Lenient public var document: TelegramFile?
    @Lenient public var video: TelegramFile?
    @Lenient public var videoNote: TelegramFile?
    /// Moving pictures without sound. Telegram sends them as a document as well.
    @Lenient public var animation: TelegramFile?
    /// The bot from whose inline results it was chosen.
    @Lenient public var viaBot: TelegramUser?
    /// Names the album of which it is a part.
    @Lenient public var mediaGroupId: String?
    /// Whether it is a channel's post that Telegram has put into the channel's discussion group.
    @Lenient public var isAutomaticForward: Bool?
    @Lenient public var forwardOrigin: TelegramForwardOrigin?
    @Lenient public var replyToMessage: TelegramRepliedMessage?
    /// The supergroup that this group has become.
    @Lenient var migrateToChatId: Int64?
    /// The group that this supergroup was.
    @Lenient var migrateFromChatId: Int64?
    /// A picture in all its sizes.
    @Lenient public var photo: [TelegramPhoto]?

    /// Whether it has a file that cannot be read.
    var hasUnreadableFile: Bool {
        $voice.isUnreadable || $audio.isUnreadable || $document.isUnreadable || $video.isUnreadable
            || $videoNote.isUnreadable
    }
}

/// A tap on a button under a message.
public struct TelegramCallbackQuery: Decodable, Sendable, Equatable {
    /// The message under which the button is; `date` is 0 where it is not accessible any more.
    struct Place: Decodable, Sendable, Equatable {
        var messageId: Int64
        var chat: TelegramChat
        @Lenient var text: String?
    }

    var id: String
    var from: TelegramUser
    @Lenient var message: Place?
    @Lenient var data: String?
}

/// What came in: one of these kinds, or one that this program does not know.
public struct TelegramUpdate: Decodable, Sendable, Equatable {
    var updateId: Int64
    @Lenient var message: TelegramMessage?
    @Lenient var channelPost: TelegramMessage?
    @Lenient var editedChannelPost: TelegramMessage?
    @Lenient var callbackQuery: TelegramCallbackQuery?
    @Lenient var inlineQuery: TelegramInlineQuery?
    @Lenient var myChatMember: TelegramChatMemberUpdate?
    @Lenient var chatMember: TelegramChatMemberUpdate?
    @Lenient var chatJoinRequest: TelegramJoinRequest?

    /// Whether it is of a kind that the program asks for, but not of the shape that this kind has.
    var hasUnreadableKind: Bool {
        $message.isUnreadable || $channelPost.isUnreadable || $editedChannelPost.isUnreadable
            || $callbackQuery.isUnreadable || $inlineQuery.isUnreadable || $myChatMember.isUnreadable
            || $chatMember.isUnreadable || $chatJoinRequest.isUnreadable
    }

    /// The kinds that the program asks for. Without names, Telegram would send kinds that nobody here reads.
    static let kinds = [
        "message", "channel_post", "edited_channel_post", "callback_query", "inline_query", "my_chat_member",
        "chat_member", "chat_join_request",
    ]
}

/// What `getWebhookInfo` answers.
public struct TelegramWebhook: Decodable, Sendable, Equatable {
    /// Where Telegram sends the updates to, which may hold a secret; empty where nothing is set.
    var url: String
    /// How many updates wait to be fetched.
    @Lenient public var pendingUpdateCount: Int?

    /// The host of the address; nil where no webhook is set.
    public var host: String? { url.isEmpty ? nil : URL(string: url)?.host() ?? "an address" }
}

/// What `getFile` answers.
struct TelegramFileLocation: Decodable, Sendable, Equatable {
    var fileUniqueId: String
    @Lenient var fileSize: Int64?
    @Lenient var filePath: String?
}

/// The part of a sent message that the sender keeps.
struct SentMessage: Decodable, Sendable, Equatable {
    @Lenient var messageId: Int64?
}
