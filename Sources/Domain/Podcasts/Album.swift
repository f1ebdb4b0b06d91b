import Foundation

/// The messenger's identity of an album: a group of posts in one channel.
public struct AlbumID: Codable, Hashable, Sendable, CustomStringConvertible {
    public var channel: ChatID
    /// As the messenger names it, unique within the channel.
    public var group: String

    public init(channel: ChatID, group: String) {
        self.channel = channel
        self.group = group
    }

    public var description: String { "\(channel):\(group)" }
}

/// The posts that make one episode together. They come one by one and in any order.
public struct Album: Codable, Equatable, Sendable {
    /// How long after the last part nothing may have come for the album to be complete.
    /// Source: the parts of one album arrive within a second of each other, as a rule.
    public static let patience: Duration = .milliseconds(1_500)
    /// So many parts are remembered. Source: Telegram's albums have 10 at most.
    static let partCount = 20

    /// One of its posts, as it is after its last edit.
    public struct Part: Codable, Equatable, Sendable {
        var message: Int64
        var postedAt: Date
        var revisedAt: Date
        var caption: String
        var signature: String?
        /// What the file says about itself, where it says something.
        var fileTitle: String?

        public init(
            message: Int64,
            postedAt: Date,
            revisedAt: Date,
            caption: String,
            signature: String?,
            fileTitle: String?
        ) {
            self.message = message
            self.postedAt = postedAt
            self.revisedAt = revisedAt
            self.caption = caption
            self.signature = signature
            self.fileTitle = fileTitle
        }
    }

    public let id: AlbumID
    /// In the order of their numbers in the channel.
    var parts: [Part]
    /// While parts may still come: when it is complete. Nil once it is.
    public internal(set) var gathersUntil: Date?
    /// Whether its parts became episodes of their own; what comes late does, too.
    public internal(set) var isSplit = false

    public init(id: AlbumID, first part: Part, gathersUntil: Date) {
        self.id = id
        parts = [part]
        self.gathersUntil = gathersUntil
    }

    /// When its words were written or edited the last time.
    var revisedAt: Date? { parts.map(\.revisedAt).max() }

    /// The part whose words are the episode's: the first one that has any, else the first.
    var speaker: Part? {
        parts.first { !$0.caption.isEmpty } ?? parts.first
    }

    /// The title that the files give it, in their order.
    var fileTitle: String? { parts.lazy.compactMap(\.fileTitle).first }

    func part(_ message: Int64) -> Part? {
        parts.first { $0.message == message }
    }

    /// Takes signatures out of the parts.
    mutating func forget(signature isForgotten: (String?) -> Bool) {
        for index in parts.indices where isForgotten(parts[index].signature) { parts[index].signature = nil }
    }

    /// Forgets the parts that do not belong to it any more.
    mutating func keepParts(where isKept: (_ message: Int64) -> Bool) {
        parts.removeAll { !isKept($0.message) }
    }

    /// Keeps a part as a post has it now; an edit that was overtaken by a later one changes nothing.
    mutating func take(_ part: Part) {
        if let index = parts.firstIndex(where: { $0.message == part.message }) {
            if part.revisedAt >= parts[index].revisedAt { parts[index] = part }
        } else if parts.count < Self.partCount {
            parts.append(part)
            parts.sort { $0.message < $1.message }
        }
    }
}
