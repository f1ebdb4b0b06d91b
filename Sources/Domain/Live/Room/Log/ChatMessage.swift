import Foundation

/// Something that was written in a room, as it is kept: with its words, as long as nobody deleted them.
public struct ChatMessage: TransferRecord, Identifiable {
    public let id: RoomMessageID
    public let session: LiveSessionID
    /// The number of its event.
    public let seq: Int
    public let member: MemberID
    public let kind: RoomMessage.Kind
    public let at: Date
    /// Nil once it was deleted, as the two after it.
    public internal(set) var text: String?
    /// As the author was called then.
    public internal(set) var name: String?
    public internal(set) var username: String?
    /// Unique among the messages that a member wrote in one show; nil where it was no chat, and for what was forgotten.
    public internal(set) var clientID: String?

    public static let collection = "chat_messages"

    public var key: String { id.rawValue }

    init(session: LiveSessionID, seq: Int, message: RoomMessage, words: RoomMessage.Words) {
        id = message.id
        self.session = session
        self.seq = seq
        member = message.member
        kind = message.kind
        at = message.at
        text = words.text
        name = words.name
        username = words.username
        clientID = words.clientID
    }

    /// What it says; nil once that was deleted.
    public var words: RoomMessage.Words? {
        guard let text, let name else { return nil }
        return RoomMessage.Words(text: text, name: name, username: username, clientID: clientID)
    }

    /// Whether it is chat that can be read.
    public var isShown: Bool { text != nil && (kind == .chat || kind == .question) }

    /// As the room knows it.
    public var message: RoomMessage {
        RoomMessage(id: id, member: member, kind: kind, at: at, words: words)
    }

    /// Nothing of what it said. Its `clientID` stays, so that it cannot come again.
    public var emptied: ChatMessage {
        var copy = self
        (copy.text, copy.name, copy.username) = (nil, nil, nil)
        return copy
    }

    /// Nothing that its author chose.
    public var forgotten: ChatMessage {
        var copy = emptied
        copy.clientID = nil
        return copy
    }
}

/// Reads what was written in the rooms. It is written by `RoomLogStore.append`.
public protocol ChatMessageStore: Sendable {
    /// The last chat messages and questions before `seq` (nil: of all) whose words were not deleted, the oldest of them
    /// first; at most `limit`.
    func page(of session: LiveSessionID, before seq: Int?, limit: Int) async throws(StoreError) -> [ChatMessage]

    /// The messages that have these ids, in no order, deleted ones included.
    func find(_ ids: [RoomMessageID]) async throws(StoreError) -> [ChatMessage]

    /// The message that a member's program sent with this id, deleted or not.
    func find(
        clientID: String,
        of member: MemberID,
        in session: LiveSessionID
    ) async throws(StoreError) -> ChatMessage?

    /// What a member wrote and nobody deleted, the newest first, then by id; at most `limit`.
    func written(by member: MemberID, limit: Int) async throws(StoreError) -> [ChatMessage]

    /// Leaves nothing of what a member wrote. It may be done again.
    func forget(_ member: MemberID) async throws(StoreError)
}
