import Foundation

public struct RecordingID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// The messenger's identity of a file: the same for every bot and every post of it.
public struct FileUniqueID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// A message in a channel.
public struct PostReference: Codable, Hashable, Sendable {
    public var channel: ChatID
    public var message: Int64

    public init(channel: ChatID, message: Int64) {
        self.channel = channel
        self.message = message
    }
}

/// One media file of a podcast.
public struct Recording: Codable, Equatable, Identifiable, Sendable {
    /// As what it was posted: decides how it is sent again.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        /// Spoken into the messenger: Ogg Opus.
        case voice
        /// An audio file that the messenger knows as music.
        case audio
        /// A file of an audio or video type.
        case document
        /// A video that the messenger plays.
        case video
        /// A short round video that was made in the messenger.
        case videoNote = "video_note"
    }

    /// Where the file is.
    public enum Media: Codable, Equatable, Sendable {
        /// Still to be fetched from the messenger.
        case awaited
        /// In the club's own media folder.
        case stored(MediaKey, bytes: Int64)
        /// Can be heard in the messenger only.
        case messengerOnly(MessengerOnlyReason)
    }

    /// Why a file cannot be fetched.
    public enum MessengerOnlyReason: String, Codable, CaseIterable, Sendable {
        /// The messenger hands no files of this size to bots.
        case tooLarge = "too_large"
        /// The messenger does not know the file any more.
        case gone
        /// What came is not what the messenger had announced.
        case damaged
        /// The messenger's local server has the file, but it cannot be read here.
        case unreadable
        /// Only its post is known, from before the club had this program, and bots cannot fetch a post's file.
        /// An edit of the post heals it.
        case onlyPostKnown = "only_post_known"
        /// There is no sound in the file, whatever its name says.
        case notSound = "not_sound"
    }

    public let id: RecordingID
    /// Every post of it, the one that brought it first. Empty where it did not come from a post.
    public var posts: [PostReference]
    public var kind: Kind
    /// Nil where no bot has seen the file: it did not come from a post, or the post is older than this program.
    public var fileUniqueID: FileUniqueID?
    /// By which each bot sends the file again; a bot knows only its own.
    public var fileIDs: [String: String]
    /// As the poster's program named it, for example `audio/ogg`.
    public var mediaType: String
    /// Fit to be offered for a download; nil where it had none.
    public var fileName: String?
    /// Whole, so that every store keeps it as it is.
    private var durationMilliseconds: Int64?
    /// As announced by the messenger.
    public var announcedBytes: Int64?
    public var media: Media
    /// What was made of the stored file; nil where it is still to be looked into.
    public var preparation: Preparation?

    /// How long it is, in whole milliseconds; what is finer is cut off.
    public var duration: Duration? {
        get { durationMilliseconds.map { .milliseconds($0) } }
        set { durationMilliseconds = newValue.map(\.wholeMilliseconds) }
    }

    public init(id: RecordingID, posts: [PostReference], file: PostedFile) {
        self.id = id
        self.posts = posts
        kind = file.kind
        fileUniqueID = file.uniqueID
        fileIDs = [file.bot.rawValue: file.fileID]
        mediaType = file.mediaType
        fileName = file.fileName
        announcedBytes = file.bytes
        media = .awaited
        duration = file.duration
    }

    /// A recording that came from elsewhere, of which no bot has seen the file.
    /// `posts`: where it can be heard in the messenger; empty where it was never posted.
    /// `mediaType`, `fileName`: nil where they are not known. The name tells the type where that is none of audio.
    public init(
        id: RecordingID,
        posts: [PostReference],
        kind: Kind,
        mediaType: String?,
        fileName: String?,
        duration: Duration?,
        media: Media
    ) {
        self.id = id
        self.posts = posts
        self.kind = kind
        fileIDs = [:]
        self.mediaType = MediaType.cleaned(mediaType, fileName: fileName, kind: kind)
        self.fileName = fileName.flatMap(PlainText.fileName)
        self.media = media
        self.duration = duration
    }

    /// Takes over what a bot knows of its file, which no bot had seen before. It is fetched, unless it is here.
    mutating func recognise(_ file: PostedFile) {
        kind = file.kind
        fileUniqueID = file.uniqueID
        fileIDs[file.bot.rawValue] = file.fileID
        if case .stored = media { return }
        mediaType = file.mediaType
        fileName = file.fileName ?? fileName
        duration = file.duration ?? duration
        announcedBytes = file.bytes
        media = .awaited
    }

    /// Whether fetching it has failed in a way that another post of it may heal.
    var isGivenUp: Bool {
        [.messengerOnly(.gone), .messengerOnly(.damaged), .messengerOnly(.unreadable)].contains(media)
    }

    /// By what `bot` sends the file, or nil where that bot has not seen it.
    public func fileID(of bot: BotName) -> String? {
        fileIDs[bot.rawValue]
    }
}

/// A file as a bot saw it in a post.
public struct PostedFile: Equatable, Sendable {
    public var kind: Recording.Kind
    public var uniqueID: FileUniqueID
    public var fileID: String
    /// The bot to which `fileID` belongs.
    public var bot: BotName
    public var mediaType: String
    public var fileName: String?
    public var performer: String?
    public var title: String?
    public var duration: Duration?
    public var bytes: Int64?

    /// Names and types come from strangers' programs and are cleaned here.
    public init(
        kind: Recording.Kind,
        uniqueID: FileUniqueID,
        fileID: String,
        bot: BotName,
        mediaType: String?,
        fileName: String? = nil,
        performer: String? = nil,
        title: String? = nil,
        duration: Duration? = nil,
        bytes: Int64? = nil
    ) {
        self.kind = kind
        self.uniqueID = uniqueID
        self.fileID = fileID
        self.bot = bot
        self.mediaType = MediaType.cleaned(mediaType, fileName: fileName, kind: kind)
        self.fileName = fileName.flatMap(PlainText.fileName)
        self.performer = performer.map { PlainText.line($0, limit: 128) }
        self.title = title.map { PlainText.line($0, limit: 200) }
        self.duration = duration
        self.bytes = bytes
    }
}

/// A recording that was posted in the recording channel, or such a post as it is after an edit.
public struct RecordingPost: Equatable, Sendable {
    public var post: PostReference
    public var file: PostedFile
    public var caption: String
    public var signature: String?
    /// The album of which it is a part.
    public var album: AlbumID?
    /// The episode or announcement that it answers, or the episode that it names by a link: it is to be a part of that
    /// show's recording. Nil where it says nothing of the kind.
    public var belongsTo: Podcast.Key?
    public var postedAt: Date
    /// When it was edited the last time, nil where it is as it was posted.
    public var editedAt: Date?

    public init(
        post: PostReference,
        file: PostedFile,
        caption: String,
        signature: String?,
        album: AlbumID? = nil,
        belongsTo: Podcast.Key? = nil,
        postedAt: Date,
        editedAt: Date? = nil
    ) {
        self.post = post
        self.file = file
        self.caption = caption
        self.signature = signature.map { PlainText.line($0, limit: 128) }
        self.album = album
        self.belongsTo = belongsTo
        self.postedAt = postedAt
        self.editedAt = editedAt
    }

    /// When the words that it has were written.
    public var revisedAt: Date { editedAt ?? postedAt }
}
