import Foundation

/// The updates that wait for one bot, oldest first.
///
/// Bounded: beyond 100,000 updates or 128 MiB new ones are dropped, and each is forgotten a day after its date, as
/// Telegram does it.
struct UpdateQueue: Codable, Sendable {
    struct Item: Codable, Sendable {
        let id: Int
        /// Forgotten from then on.
        let expires: Date
        /// The update's text on the wire.
        let text: String
    }

    /// Updates kept for one bot. Source: telegram-bot-api, Client.cpp.
    static let capacity = 100_000
    /// Bytes kept for one bot.
    static let byteCapacity = 128 << 20
    /// Bytes of one answer; the list simply ends earlier.
    static let answerCapacity = 4 << 20
    /// How long an update waits, counted from its own date.
    static let retention: TimeInterval = 86_400
    /// The highest id; behind it the numbers start again. Source: tdlib/td, TQueue.h.
    static let lastID = 2_000_000_000
    /// After this long without a new update the ids start again at a random place.
    static let idleBeforeNewStart: TimeInterval = 7 * 86_400

    private(set) var items: [Item] = []
    private(set) var bytes = 0
    /// The id that the next update gets; nothing before the first one.
    private(set) var nextID: Int?
    private(set) var lastAddedAt: Date?

    /// Number of waiting updates.
    var count: Int { items.count }

    /// Queues an update. `content` is what follows the id, normally one member named after the kind; the retention
    /// counts from `date`; `random` chooses the first id, and a new one after a week without updates.
    ///
    /// - Returns: False when the queue is full: the update is lost, as with Telegram.
    @discardableResult
    mutating func add(
        _ content: [JSON.Member],
        date: Date,
        now: Date,
        random: inout some RandomNumberGenerator
    ) -> Bool {
        expire(now: now)
        guard items.count < UpdateQueue.capacity else { return false }
        if let last = lastAddedAt, items.isEmpty, now.timeIntervalSince(last) >= UpdateQueue.idleBeforeNewStart {
            nextID = nil
        }
        // At the end of the numbers what still waits is lost, for its ids would be above the new ones.
        if let next = nextID, next >= UpdateQueue.lastID {
            clear()
            nextID = nil
        }
        let id = nextID ?? Int.random(in: 2_000_001...1_000_000_000, using: &random)
        // The server breaks the line after the id.
        let text = "{\"update_id\":\(id)" + (content.isEmpty ? "}" : ",\n" + JSON.object(content).text.dropFirst())
        guard bytes + text.utf8.count <= UpdateQueue.byteCapacity else { return false }
        items.append(Item(id: id, expires: date.addingTimeInterval(UpdateQueue.retention), text: text))
        bytes += text.utf8.count
        nextID = id + 1
        lastAddedAt = now
        return true
    }

    /// Answers `getUpdates`: forgets what `offset` confirms and returns what follows, at most `limit` updates.
    ///
    /// An offset of 0 starts at the head and forgets nothing; one below 0 keeps only that many; one more than 10 above
    /// the tail or more than 100,000 below the head is treated as 0.
    mutating func take(offset: Int, limit: Int, now: Date) -> [Item] {
        expire(now: now)
        if offset < 0 {
            forget(count: items.count - min(items.count, -offset))
        } else if offset > 0, let next = nextID, offset <= next + 10 {
            let head = items.first?.id ?? next
            if offset >= head - 100_000 {
                forget(count: items.firstIndex { $0.id >= offset } ?? items.count)
            }
        }
        var size = 0
        return Array(
            items.prefix(limit).prefix { item in
                let isFirst = size == 0
                size += item.text.utf8.count
                // One that is larger by itself comes alone: nothing behind it would be reached otherwise.
                return isFirst || size <= UpdateQueue.answerCapacity
            }
        )
    }

    /// Lets the ids go on from there, as if that many updates had come before.
    ///
    /// - Returns: False where that is no id or one that was given already.
    mutating func skip(to id: Int) -> Bool {
        guard (1...UpdateQueue.lastID).contains(id), items.isEmpty || id >= nextID ?? 1 else { return false }
        nextID = id
        return true
    }

    /// Forgets everything (`drop_pending_updates`).
    mutating func clear() {
        forget(count: items.count)
    }

    /// Forgets what is older than a day.
    mutating func expire(now: Date) {
        guard let first = items.first, first.expires <= now else { return }
        items.removeAll { $0.expires <= now }
        bytes = items.reduce(0) { $0 + $1.text.utf8.count }
    }

    private mutating func forget(count: Int) {
        guard count > 0 else { return }
        bytes -= items.prefix(count).reduce(0) { $0 + $1.text.utf8.count }
        items.removeFirst(count)
    }
}
