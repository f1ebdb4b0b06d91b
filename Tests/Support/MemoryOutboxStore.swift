import Domain
import Foundation

/// The messages of a `MemoryClubStore`.
struct MemoryOutbox: Sendable {
    struct Row {
        var record: OutboxRecord
        /// Whether it was sent or given up so long ago that only its dedupe key counts.
        var isForgotten = false

        /// What counts of it; nil where it is forgotten.
        var state: OutboxRecord.State? { isForgotten ? nil : record.state }
    }

    struct Conversation: Hashable {
        var bot: BotName
        var chat: ChatID
    }

    /// In the order of arrival, that is of their sequences.
    private(set) var rows: [Row] = []
    private var keys: Set<String> = []
    var holds: [Conversation: Date] = [:]
    private var lastSequence: Int64 = 0

    /// - Returns: Those that are new, whether they are to be sent or not.
    mutating func append(_ drafts: [OutboxDraft], now: Date) -> [OutboxDraft] {
        drafts.filter { draft in
            guard keys.insert(draft.dedupeKey).inserted else { return false }
            guard draft.isSent else { return true }
            lastSequence += 1
            rows.append(Row(record: OutboxRecord(sequence: lastSequence, draft: draft.unlisted, createdAt: now)))
            return true
        }
    }

    /// Keeps a message that came from another store, in place of the one with its number.
    mutating func load(_ record: OutboxRecord) {
        keys.insert(record.draft.dedupeKey)
        lastSequence = max(lastSequence, record.sequence)
        let index = rows.firstIndex { $0.record.sequence >= record.sequence } ?? rows.endIndex
        if index < rows.endIndex, rows[index].record.sequence == record.sequence { rows.remove(at: index) }
        rows.insert(Row(record: record), at: index)
    }

    mutating func load(_ record: OutboxKeyRecord) {
        keys.insert(record.dedupeKey)
    }

    /// Dedupe keys that have no message any more, in no order.
    var forgottenKeys: Set<String> {
        keys.subtracting(rows.filter { !$0.isForgotten }.map(\.record.draft.dedupeKey))
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
        for index in rows.indices where rows[index].record.draft.bot == bot {
            switch rows[index].state {
            case .sending: resting.insert(rows[index].record.draft.chat)
            case .queued: lines[rows[index].record.draft.chat, default: []].append(index)
            case .sent, .failed, .unreachable, .unknown, nil: break
            }
        }
        for (conversation, until) in holds where conversation.bot == bot && now < until {
            resting.insert(conversation.chat)
        }
        let due = lines.filter { !resting.contains($0.key) }.compactMap { first(of: $0.value, lanes: lanes, now: now) }
        let chosen = due.sorted { place($0) < place($1) }.prefix(max(0, limit))
        return chosen.map { index in
            rows[index].record.state = .sending
            rows[index].record.attempts += 1
            let record = rows[index].record
            return OutboxRow(
                sequence: record.sequence,
                draft: record.draft,
                attempts: record.attempts,
                isUncertain: record.isUncertain,
                createdAt: record.createdAt
            )
        }
    }

    /// The row of one conversation that may go now. Expired ones that stand before it are dropped.
    private mutating func first(of indices: [Int], lanes: Set<OutboxLane>, now: Date) -> Int? {
        var passed: OutboxLane?
        for index in indices.sorted(by: { place($0) < place($1) }) where rows[index].record.draft.lane != passed {
            let record = rows[index].record
            if let expiresAt = record.draft.expiresAt, expiresAt < now {
                end(index, as: record.isUncertain ? .unknown : .failed, reason: "expired", now: now)
                continue
            }
            guard record.notBefore ?? now <= now else { return nil }
            if lanes.contains(record.draft.lane) { return index }
            passed = record.draft.lane
        }
        return nil
    }

    private func place(_ index: Int) -> (Int, Int) {
        (rows[index].record.draft.lane.rawValue, index)
    }

    mutating func settle(_ outcomes: [(sequence: Int64, outcome: OutboxOutcome)], now: Date) {
        for (sequence, outcome) in outcomes {
            guard let index = rows.firstIndex(where: { $0.record.sequence == sequence && $0.state == .sending }) else {
                continue
            }
            switch outcome {
            case .sent(let message):
                rows[index].record.message = message
                end(index, as: .sent, now: now)
            case .retry(let notBefore):
                rows[index].record.state = .queued
                rows[index].record.notBefore = notBefore
            case .unknown(let notBefore): doubt(index, notBefore: notBefore, now: now)
            case .failed(let reason): end(index, as: .failed, reason: reason, now: now)
            case .unreachable(let reason): end(index, as: .unreachable, reason: reason, now: now)
            }
        }
    }

    /// - Returns: How many rows had been on their way.
    mutating func recover(bot: BotName, now: Date) -> Int {
        let interrupted = rows.indices.filter { rows[$0].record.draft.bot == bot && rows[$0].state == .sending }
        for index in interrupted { doubt(index, notBefore: nil, now: now) }
        return interrupted.count
    }

    mutating func move(bot: BotName, from: ChatID, to: ChatID) {
        for index in rows.indices where rows[index].record.draft.bot == bot && rows[index].record.draft.chat == from {
            switch rows[index].state {
            case .queued, .sending: rows[index].record.draft.chat = to
            case .sent, .failed, .unreachable, .unknown, nil: break
            }
        }
    }

    func counts(where isCounted: (OutboxDraft) -> Bool) -> OutboxCounts {
        var counts = OutboxCounts()
        for row in rows where isCounted(row.record.draft) {
            switch row.state {
            case .queued: counts.queued += 1
            case .sending: counts.sending += 1
            case .sent: counts.sent += 1
            case .failed: counts.failed += 1
            case .unreachable: counts.unreachable += 1
            case .unknown: counts.unknown += 1
            case nil: break
            }
        }
        return counts
    }

    mutating func forgetSettled(before moment: Date) {
        for index in rows.indices {
            if let at = rows[index].record.settledAt, at < moment { rows[index].isForgotten = true }
        }
    }

    mutating func forget(where isErased: (Row) -> Bool) {
        for index in rows.indices where isErased(rows[index]) { rows[index].isForgotten = true }
    }

    private mutating func doubt(_ index: Int, notBefore: Date?, now: Date) {
        if rows[index].record.isUncertain {
            end(index, as: .unknown, now: now)
        } else {
            rows[index].record.state = .queued
            rows[index].record.isUncertain = true
            rows[index].record.notBefore = notBefore
        }
    }

    private mutating func end(_ index: Int, as state: OutboxRecord.State, reason: String? = nil, now: Date) {
        rows[index].record.state = state
        rows[index].record.settledAt = now
        rows[index].record.reason = reason
    }
}

struct MemoryOutboxStore: OutboxStore {
    let club: MemoryClubStore

    func append(_ drafts: [OutboxDraft], now: Date) async throws(StoreError) {
        try club.write { (state) throws(StoreError) in state.append(drafts, now: now) }
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
        try club.read { $0.outbox.counts { $0.bot == bot } }
    }

    func counts(batch: OutboxBatch) async throws(StoreError) -> OutboxCounts {
        try club.read { $0.outbox.counts { $0.batch == batch } }
    }

    func settled(after place: OutboxPlace, before end: Date, limit: Int) async throws(StoreError) -> [OutboxRecord] {
        try club.read { state in
            let places = state.outbox.rows.filter { !$0.isForgotten }.compactMap { row in
                OutboxPlace(row.record).map { (place: $0, record: row.record) }
            }
            let behind = places.filter { place < $0.place && $0.place.settledAt < end }
            return behind.sorted { $0.place < $1.place }.prefix(max(0, limit)).map(\.record)
        }
    }

    func withdraw(batch: OutboxBatch) async throws(StoreError) {
        try club.write { (state) throws(StoreError) in
            state.outbox.forget { $0.record.draft.batch == batch && $0.state == .queued }
        }
    }
}
