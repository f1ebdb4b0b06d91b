import Domain
import Foundation

/// What members were told, in a `MemoryClubStore`.
struct MemoryNotificationStore: NotificationStore {
    let club: MemoryClubStore

    func list(
        of member: MemberID,
        after cursor: PageCursor?,
        limit: Int
    ) async throws(StoreError) -> Page<MemberNotification> {
        let newest = try club.read { $0.notifications(of: member) }
        let rest = newest.drop { entry in cursor.map { entry.place >= ($0.time, $0.id) } ?? false }
        let items = Array(rest.prefix(max(0, limit)))
        return Page(items: items, next: rest.count > items.count ? items.last?.cursor : nil)
    }

    func unread(of member: MemberID) async throws(StoreError) -> Int {
        try club.read { $0.notifications(of: member).count { $0.readAt == nil } }
    }

    func read(_ id: NotificationID, of member: MemberID, now: Date) async throws(StoreError) -> Bool {
        try club.write { (state) throws(StoreError) in
            guard var entry = state.notifications[id], entry.member == member else { return false }
            entry.readAt = entry.readAt ?? now
            state.notifications[id] = entry
            return true
        }
    }

    func readAll(of member: MemberID, now: Date) async throws(StoreError) {
        try club.write { (state) throws(StoreError) in
            for var entry in state.notifications(of: member) where entry.readAt == nil && entry.createdAt <= now {
                entry.readAt = now
                state.notifications[entry.id] = entry
            }
        }
    }
}

extension MemberNotification {
    fileprivate var place: (time: Date, id: String) { (createdAt, id.rawValue) }
}

extension MemoryState {
    /// Keeps messages that are new, and what of them stands in people's lists.
    mutating func append(_ drafts: [OutboxDraft], now: Date) {
        for entry in outbox.append(drafts, now: now).compactMap({ $0.notification(at: now) })
        where notifications[entry.id] == nil {
            notifications[entry.id] = entry
        }
    }

    /// A member's entries, the newest first.
    func notifications(of member: MemberID) -> [MemberNotification] {
        notifications.values.filter { $0.member == member }.sorted { $0.place > $1.place }
    }
}
