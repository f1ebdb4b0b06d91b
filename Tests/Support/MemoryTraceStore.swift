import Domain
import Foundation

struct MemoryTraceStore: TraceStore {
    let club: MemoryClubStore

    func traces(of person: TracedPerson, limit: Int) async throws(StoreError) -> Traces {
        let limit = max(0, limit)
        return try club.read { state in
            let sessions = state.authSessions.documents.values.filter { $0.memberID == person.member }
            let links = state.signInLinks.documents.values.filter { $0.confirmedBy == person.member }
            let messages = state.outbox.rows.filter { !$0.isForgotten && $0.isTo(person) }.map(\.record)
            let updates = state.inbox.open(in: person.lane)
            return Traces(
                sessions: Array(
                    sessions.sorted { ($0.createdAt, $0.id.rawValue) > ($1.createdAt, $1.id.rawValue) }.prefix(limit)
                ),
                links: Array(
                    links.sorted { ($0.expiresAt, $0.id.rawValue) > ($1.expiresAt, $1.id.rawValue) }.prefix(limit)
                ),
                messages: Array(messages.reversed().prefix(limit)),
                notifications: Array(state.notifications(of: person.member).prefix(limit)),
                updates: Array(updates.sorted { $0.sequence > $1.sequence }.map(\.entry).prefix(limit))
            )
        }
    }

    func erase(_ person: TracedPerson) async throws(StoreError) {
        try club.write { (state) throws(StoreError) in
            state.authSessions.remove { $0.memberID == person.member }
            state.signInLinks.remove { $0.confirmedBy == person.member }
            state.notifications = state.notifications.filter { $0.value.member != person.member }
            state.outbox.forget { $0.isTo(person) && $0.state != .sending }
            state.inbox.dropSetAside(in: person.lane)
        }
    }
}

extension MemoryOutbox.Row {
    fileprivate func isTo(_ person: TracedPerson) -> Bool {
        person.telegramID?.privateChat == record.draft.chat
    }
}

extension MemoryInbox {
    /// Updates of a lane that are pending or set aside, in no order.
    fileprivate func open(in lane: String?) -> [InboxItem] {
        (rows.values + pastRows).filter { row in
            if case .finished = row.standing { return false }
            return row.item.entry.lane == lane
        }.map(\.item)
    }

    fileprivate mutating func dropSetAside(in lane: String?) {
        func isKept(_ row: Row) -> Bool {
            guard case .setAside = row.standing else { return true }
            return row.item.entry.lane != lane
        }
        rows = rows.filter { isKept($0.value) }
        pastRows = pastRows.filter(isKept)
    }
}
