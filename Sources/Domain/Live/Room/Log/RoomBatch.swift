import Foundation

/// What one commit adds to a room's log.
public struct RoomBatch: TransferRecord {
    public let session: LiveSessionID
    /// From 1 on, without gaps; two batches of one show never have the same one.
    public let number: Int
    /// How many numbered events the log had before.
    public let seqBefore: Int
    /// In the order in which they happened; at least one.
    public let facts: [RoomFact]

    public static let collection = "room_events"

    /// Show and number.
    public var key: String { Self.key(session, number) }

    /// - `facts`: Their messages keep their words; coded, the batch has none.
    public init(session: LiveSessionID, number: Int, seqBefore: Int, facts: [RoomFact]) {
        self.session = session
        self.number = number
        self.seqBefore = seqBefore
        self.facts = facts
    }

    public static func key(_ session: LiveSessionID, _ number: Int) -> String {
        "\(session) \(RecordKey.text(sequence: Int64(number)))"
    }

    /// The show and the number of which `key` made a text, nil where it did not.
    public static func place(_ key: String) -> (session: LiveSessionID, number: Int)? {
        guard let space = key.lastIndex(of: " "), let number = Int(key[key.index(after: space)...]) else { return nil }
        return (LiveSessionID(rawValue: String(key[..<space])), number)
    }

    /// The numbered events, with their numbers.
    public var numbered: [(seq: Int, fact: RoomFact)] {
        var seq = seqBefore
        return facts.compactMap { fact in
            guard fact.news.isNumbered else { return nil }
            seq += 1
            return (seq, fact)
        }
    }

    /// What was written, words included, as it is kept beside the log.
    public var messages: [ChatMessage] {
        numbered.compactMap { seq, fact in
            guard let message = fact.news.message, let words = message.words else { return nil }
            return ChatMessage(session: session, seq: seq, message: message, words: words)
        }
    }

    /// Messages whose words have to go.
    public var deleted: [RoomMessageID] {
        facts.compactMap { if case .deleted(let id, _) = $0.news { id } else { nil } }
    }
}

/// Keeps the rooms' logs and what is written in them: the only truth about a room.
public protocol RoomLogStore: Sendable {
    /// Adds a batch with the words of its messages, and takes away the words of what it deletes; all or nothing, and
    /// for good when it returns.
    /// - Throws: `.conflict(collection: "room_events")` where the batch's number is taken: read on and decide anew.
    ///   `.conflict(collection: "chat_messages")` where a member's message of this `clientID` is there already.
    func append(_ batch: RoomBatch) async throws(StoreError)

    /// The batches behind a number, in their order, without words; at most `limit`.
    func batches(of session: LiveSessionID, after number: Int, limit: Int) async throws(StoreError) -> [RoomBatch]
}
