import Domain
import Foundation

/// The messages of a `MemoryClubStore`.
struct MemoryOutbox: Sendable {
    enum Standing: Equatable {
        case queued(notBefore: Date?)
        case sending
        case sent(at: Date)
        case failed(at: Date)
        case unreachable(at: Date)
        case unknown(at: Date)
        /// Sent or given up so long ago that only its dedupe key counts.
        case forgotten

        /// When it was sent or given up, nil where neither has happened or it is forgotten.
        var settledAt: Date? {
            switch self {
            case .queued, .sending, .forgotten: nil
            case .sent(let at), .failed(let at), .unreachable(let at), .unknown(let at): at
            }
        }
    }

    struct Row {
        let sequence: Int64
        var draft: OutboxDraft
        let createdAt: Date
        var attempts = 0
        var isUncertain = false
        var standing = Standing.queued(notBefore: nil)
    }

    struct Conversation: Hashable {
        var bot: BotName
        var chat: ChatID
    }

    /// In the order of arrival; a row's sequence is its place, counted from 1.
    private(set) var rows: [Row] = []
    private var keys: Set<String> = []
    var holds: [Conversation: Date] = [:]

    mutating func append(_ drafts: [OutboxDraft], now: Date) {
        for draft in drafts where keys.insert(draft.dedupeKey).inserted {
            rows.append(Row(sequence: Int64(rows.count) + 1, draft: draft, createdAt: now))
        }
    }

    mutating func claim(
        bot: BotName,
        lanes: Set<OutboxLane>,
        excluding excluded: Set<ChatID>,
        limit: Int,
        now: Date
    ) -> [OutboxRow] {
        var resting = excluded
        var lines: [ChatID: [Int]] = [:]
        for index in rows.indices where rows[index].draft.bot == bot {
            switch rows[index].standing {
            case .sending: resting.insert(rows[index].draft.chat)
            case .queued: lines[rows[index].draft.chat, default: []].append(index)
            case .sent, .failed, .unreachable, .unknown, .forgotten: break
            }
        }
        for (conversation, until) in holds where conversation.bot == bot && now < until {
            resting.insert(conversation.chat)
        }
        let due = lines.filter { !resting.contains($0.key) }.compactMap { first(of: $0.value, lanes: lanes, now: now) }
        let chosen = due.sorted { place($0) < place($1) }.prefix(max(0, limit))
        return chosen.map { index in
            rows[index].standing = .sending
            rows[index].attempts += 1
            let row = rows[index]
            return OutboxRow(
                sequence: row.sequence,
                draft: row.draft,
                attempts: row.attempts,
                isUncertain: row.isUncertain,
                createdAt: row.createdAt
            )
        }
    }

    /// The row of one conversation that may go now. Expired ones that stand before it are dropped.
    private mutating func first(of indices: [Int], lanes: Set<OutboxLane>, now: Date) -> Int? {
        var passed: OutboxLane?
        for index in indices.sorted(by: { place($0) < place($1) }) where rows[index].draft.lane != passed {
            if let expiresAt = rows[index].draft.expiresAt, expiresAt < now {
                rows[index].standing = rows[index].isUncertain ? .unknown(at: now) : .failed(at: now)
                continue
            }
            guard case .queued(let notBefore) = rows[index].standing, notBefore ?? now <= now else { return nil }
            if lanes.contains(rows[index].draft.lane) { return index }
            passed = rows[index].draft.lane
        }
        return nil
    }

    private func place(_ index: Int) -> (Int, Int) {
        (rows[index].draft.lane.rawValue, index)
    }

    mutating func settle(_ outcomes: [(sequence: Int64, outcome: OutboxOutcome)], now: Date) {
        for (sequence, outcome) in outcomes {
            guard let index = rows.firstIndex(where: { $0.sequence == sequence && $0.standing == .sending }) else {
                continue
            }
            switch outcome {
            case .sent: rows[index].standing = .sent(at: now)
            case .retry(let notBefore): rows[index].standing = .queued(notBefore: notBefore)
            case .unknown(let notBefore): doubt(index, notBefore: notBefore, now: now)
            case .failed: rows[index].standing = .failed(at: now)
            case .unreachable: rows[index].standing = .unreachable(at: now)
            }
        }
    }

    /// - Returns: How many rows had been on their way.
    mutating func recover(bot: BotName, now: Date) -> Int {
        let interrupted = rows.indices.filter { rows[$0].draft.bot == bot && rows[$0].standing == .sending }
        for index in interrupted { doubt(index, notBefore: nil, now: now) }
        return interrupted.count
    }

    mutating func move(bot: BotName, from: ChatID, to: ChatID) {
        for index in rows.indices where rows[index].draft.bot == bot && rows[index].draft.chat == from {
            switch rows[index].standing {
            case .queued, .sending: rows[index].draft.chat = to
            case .sent, .failed, .unreachable, .unknown, .forgotten: break
            }
        }
    }

    func counts(bot: BotName) -> OutboxCounts {
        var counts = OutboxCounts()
        for row in rows where row.draft.bot == bot {
            switch row.standing {
            case .queued: counts.queued += 1
            case .sending: counts.sending += 1
            case .sent: counts.sent += 1
            case .failed: counts.failed += 1
            case .unreachable: counts.unreachable += 1
            case .unknown: counts.unknown += 1
            case .forgotten: break
            }
        }
        return counts
    }

    mutating func forgetSettled(before moment: Date) {
        for index in rows.indices {
            if let at = rows[index].standing.settledAt, at < moment { rows[index].standing = .forgotten }
        }
    }

    private mutating func doubt(_ index: Int, notBefore: Date?, now: Date) {
        rows[index].standing = rows[index].isUncertain ? .unknown(at: now) : .queued(notBefore: notBefore)
        rows[index].isUncertain = true
    }
}

struct MemoryOutboxStore: OutboxStore {
    let club: MemoryClubStore

    func append(_ drafts: [OutboxDraft], now: Date) async throws(StoreError) {
        try club.write { (state) throws(StoreError) in state.outbox.append(drafts, now: now) }
    }

    func claim(
        bot: BotName,
        lanes: Set<OutboxLane>,
        excluding excluded: Set<ChatID>,
        limit: Int,
        now: Date
    ) async throws(StoreError) -> [OutboxRow] {
        try club.write { (state) throws(StoreError) in
            state.outbox.claim(bot: bot, lanes: lanes, excluding: excluded, limit: limit, now: now)
        }
    }

    func settle(_ outcomes: [(sequence: Int64, outcome: OutboxOutcome)], now: Date) async throws(StoreError) {
        try club.write { (state) throws(StoreError) in state.outbox.settle(outcomes, now: now) }
    }

    func hold(bot: BotName, chat: ChatID, until: Date) async throws(StoreError) {
        try club.write { (state) throws(StoreError) in
            let conversation = MemoryOutbox.Conversation(bot: bot, chat: chat)
            state.outbox.holds[conversation] = max(until, state.outbox.holds[conversation] ?? until)
        }
    }

    func recover(bot: BotName, now: Date) async throws(StoreError) -> Int {
        try club.write { (state) throws(StoreError) in state.outbox.recover(bot: bot, now: now) }
    }

    func move(bot: BotName, from: ChatID, to: ChatID) async throws(StoreError) {
        try club.write { (state) throws(StoreError) in state.outbox.move(bot: bot, from: from, to: to) }
    }

    func counts(bot: BotName) async throws(StoreError) -> OutboxCounts {
        try club.read { $0.outbox.counts(bot: bot) }
    }
}
