import Foundation

/// The picture of an episode, a JPEG file. Without one, the episode has a drawn one of its own.
public struct Cover: Codable, Equatable, Sendable {
    public var fileUniqueID: FileUniqueID
    /// By which each bot has the file; a bot knows only its own.
    public var fileIDs: [String: String]
    /// As announced by the messenger.
    public var announcedBytes: Int64?
    public var media: Recording.Media

    public init(fileUniqueID: FileUniqueID, fileID: String, bot: BotName, announcedBytes: Int64?) {
        self.fileUniqueID = fileUniqueID
        fileIDs = [bot.rawValue: fileID]
        self.announcedBytes = announcedBytes
        media = .awaited
    }
}

/// Where an episode's card is: a message of the bot in the admins' chat.
public struct CardPlace: Codable, Equatable, Sendable {
    public var chat: ChatID
    public var message: Int64

    public init(chat: ChatID, message: Int64) {
        self.chat = chat
        self.message = message
    }
}

/// A recording that leaves an episode to become one of its own, on its way between the two.
public struct Departure: Codable, Equatable, Sendable {
    /// The episode that it becomes.
    var podcastID: PodcastID
    var recording: Recording
    var title: String
    var caption: String
    var signature: String?
    var publishedAt: Date?
    /// When its own post was written or edited; nil where it has none.
    var revisedAt: Date?
}
