import Foundation

/// Unique in the whole store: made of the show and the number of the event that brought the message.
public struct RoomMessageID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    init(session: LiveSessionID, seq: Int) {
        rawValue = "\(session).\(seq)"
    }

    /// The number of its event, where it is a message of this show.
    public func seq(in session: LiveSessionID) -> Int? {
        guard rawValue.hasPrefix("\(session).") else { return nil }
        return Int(rawValue.dropFirst(session.rawValue.count + 1))
    }
}

/// Something that was written in a room: chat, the topic of a hand, what is pinned.
///
/// Its words are kept beside the log, so that deleting them leaves nothing of them. Coded, as it is in the log, it has
/// none.
public struct RoomMessage: Codable, Equatable, Sendable, Identifiable {
    public enum Kind: String, Codable, CaseIterable, Sendable {
        case chat
        /// Chat that asks those on stage something.
        case question
        /// What a raised hand wants to speak about.
        case topic
        case pin
    }

    /// What may have to be forgotten.
    public struct Words: Equatable, Sendable {
        public var text: String
        /// As the author was called then.
        public var name: String
        public var username: String?
        /// By which the author's program knows it again; chat has one.
        public var clientID: String?

        public init(text: String, name: String, username: String? = nil, clientID: String? = nil) {
            self.text = text
            self.name = name
            self.username = username
            self.clientID = clientID
        }
    }

    public let id: RoomMessageID
    public let member: MemberID
    public let kind: Kind
    public let at: Date
    /// Nil once they were deleted, and as long as they were not read.
    public var words: Words?

    enum CodingKeys: String, CodingKey {
        case id, member, kind, at
    }

    public init(id: RoomMessageID, member: MemberID, kind: Kind, at: Date, words: Words?) {
        self.id = id
        self.member = member
        self.kind = kind
        self.at = at
        self.words = words
    }

    /// As the log keeps it.
    var withoutWords: RoomMessage {
        RoomMessage(id: id, member: member, kind: kind, at: at, words: nil)
    }
}
