import Domain
import Foundation

/// The updates of a `MemoryClubStore`.
struct MemoryInbox: Sendable {
    struct Name: Hashable {
        var bot: BotName
        var updateID: Int64
    }

    enum Standing: Equatable {
        case pending
        case finished(Date)
        case setAside(Date, error: String)

        /// When it was handled, nil where it is pending.
        var handledAt: Date? {
            switch self {
            case .pending: nil
            case .finished(let at), .setAside(let at, _): at
            }
        }
    }

    struct Row {
        var item: InboxItem
        var standing: Standing
    }

    var rows: [Name: Row] = [:]
    /// Updates whose number another one has by now.
    var pastRows: [Row] = []
    var offsets: [BotName: Int64] = [:]
    var lastSequence: Int64 = 0

    /// - Returns: How many were new.
    mutating func receive(_ entries: [InboxEntry]) -> Int {
        var count = 0
        for entry in entries {
            let name = Name(bot: entry.bot, updateID: entry.updateID)
            if let row = rows[name] {
                let remembered = entry.receivedAt.addingTimeInterval(-Cause.remembered.seconds)
                guard let handledAt = row.standing.handledAt, handledAt < remembered else { continue }
                pastRows.append(row)
            }
            lastSequence += 1
            rows[name] = Row(item: InboxItem(sequence: lastSequence, entry: entry), standing: .pending)
            count += 1
        }
        return count
    }

    /// Keeps an update that came from another store, in place of the one with its number in the order of arrival.
    /// - Returns: Whether it could: false where another update has the bot's number now.
    mutating func load(_ record: InboxRecord) -> Bool {
        let name = Name(bot: record.entry.bot, updateID: record.entry.updateID)
        pastRows.removeAll { $0.item.sequence == record.sequence }
        for (name, row) in rows where row.item.sequence == record.sequence { rows[name] = nil }
        let row = Row(item: InboxItem(sequence: record.sequence, entry: record.entry), standing: Standing(record))
        lastSequence = max(lastSequence, record.sequence)
        if record.isPast {
            pastRows.append(row)
            return true
        }
        guard rows[name] == nil else { return false }
        rows[name] = row
        return true
    }

    func pending(_ bot: BotName) -> [InboxItem] {
        rows.values.filter { $0.item.entry.bot == bot && $0.standing == .pending }
            .map(\.item)
            .sorted { $0.sequence < $1.sequence }
    }

    mutating func change(
        _ bot: BotName,
        _ updateID: Int64,
        _ body: (inout Row) -> Void
    ) throws(StoreError) {
        let name = Name(bot: bot, updateID: updateID)
        guard var row = rows[name] else { throw .missing(collection: "inbox") }
        body(&row)
        rows[name] = row
    }

    mutating func forget(finishedBefore finished: Date, setAsideBefore setAside: Date) {
        func isKept(_ row: Row) -> Bool {
            switch row.standing {
            case .pending: true
            case .finished(let at): at >= finished
            case .setAside(let at, _): at >= setAside
            }
        }
        rows = rows.filter { isKept($0.value) }
        pastRows = pastRows.filter(isKept)
    }
}

struct MemoryInboxStore: InboxStore {
    let club: MemoryClubStore

    func receive(_ entries: [InboxEntry], nextOffset: Int64, bot: BotName) async throws(StoreError) -> Int {
        try club.write { (state) throws(StoreError) in
            state.inbox.offsets[bot] = nextOffset
            return state.inbox.receive(entries)
        }
    }

    func offset(bot: BotName) async throws(StoreError) -> Int64? {
        try club.read { $0.inbox.offsets[bot] }
    }

    func pending(bot: BotName, after sequence: Int64, limit: Int) async throws(StoreError) -> [InboxItem] {
        let items = try club.read { $0.inbox.pending(bot) }
        return Array(items.filter { $0.sequence > sequence }.prefix(max(0, limit)))
    }

    func pending(
        bot: BotName,
        lane: String,
        after sequence: Int64,
        limit: Int
    ) async throws(StoreError) -> [InboxItem] {
        let items = try club.read { $0.inbox.pending(bot) }
        return Array(items.filter { $0.sequence > sequence && $0.entry.lane == lane }.prefix(max(0, limit)))
    }

    func pendingCount(bot: BotName) async throws(StoreError) -> Int {
        try club.read { $0.inbox.pending(bot).count }
    }

    func finish(bot: BotName, updateID: Int64, outbox: [OutboxDraft], now: Date) async throws(StoreError) {
        try club.write { (state) throws(StoreError) in
            try state.inbox.change(bot, updateID) { row in
                if case .finished = row.standing { return }
                row.standing = .finished(now)
                row.item.entry.payload = Data()
            }
            state.append(outbox, now: now)
        }
    }

    func recordFailure(bot: BotName, updateID: Int64) async throws(StoreError) -> Int {
        try club.write { (state) throws(StoreError) in
            var failures = 0
            try state.inbox.change(bot, updateID) { row in
                row.item.entry.failures += 1
                failures = row.item.entry.failures
            }
            return failures
        }
    }

    func setAside(
        bot: BotName,
        updateID: Int64,
        error: String,
        outbox: [OutboxDraft],
        now: Date
    ) async throws(StoreError) {
        try club.write { (state) throws(StoreError) in
            try state.inbox.change(bot, updateID) { row in
                if row.standing == .pending { row.standing = .setAside(now, error: error) }
            }
            state.append(outbox, now: now)
        }
    }

    func setAside(bot: BotName, limit: Int) async throws(StoreError) -> [SetAsideUpdate] {
        let found = try club.read { state in
            (state.inbox.rows.values + state.inbox.pastRows).compactMap { row -> (Date, Int64, SetAsideUpdate)? in
                guard row.item.entry.bot == bot, case .setAside(let at, let error) = row.standing else { return nil }
                return (at, row.item.sequence, SetAsideUpdate(entry: row.item.entry, error: error))
            }
        }
        return found.sorted { ($0.0, $0.1) > ($1.0, $1.1) }.prefix(max(0, limit)).map(\.2)
    }
}
