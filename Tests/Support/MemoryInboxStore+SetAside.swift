import Domain
import Foundation

extension MemoryInboxStore {
    func retry(bot: BotName, updateID: Int64, audit: [AuditEntry]) async throws(StoreError) -> Bool {
        try release(bot, updateID, audit) { row, sequence in
            row.standing = .pending
            row.item.sequence = sequence
            row.item.entry.failures = 0
        }
    }

    func discard(
        bot: BotName,
        updateID: Int64,
        audit: [AuditEntry],
        now: Date
    ) async throws(StoreError) -> Bool {
        try release(bot, updateID, audit) { row, _ in
            row.standing = .finished(now)
            row.item.entry.payload = Data()
        }
    }

    private func release(
        _ bot: BotName,
        _ updateID: Int64,
        _ audit: [AuditEntry],
        _ body: (inout MemoryInbox.Row, Int64) -> Void
    ) throws(StoreError) -> Bool {
        try club.write { (state) throws(StoreError) in
            let name = MemoryInbox.Name(bot: bot, updateID: updateID)
            guard var row = state.inbox.rows[name], case .setAside = row.standing else { return false }
            state.inbox.lastSequence += 1
            body(&row, state.inbox.lastSequence)
            state.inbox.rows[name] = row
            state.append(audit)
            return true
        }
    }
}
