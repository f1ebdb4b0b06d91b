import Foundation

/// Updates that were given up after they had failed too often, for admins to look at, try again or drop.
public struct InboxFailures: Sendable {
    private let store: any ClubStore
    private let clock: any ClubClock
    private let ids: IDSource

    public init(store: any ClubStore, clock: any ClubClock, ids: IDSource) {
        self.store = store
        self.clock = clock
        self.ids = ids
    }

    /// Those of both bots, those that came last coming first, at most `limit`.
    /// - Throws: `.notAllowed` where `admin` is none.
    public func list(for admin: Member, limit: Int) async throws(ChangeFailure) -> [SetAsideUpdate] {
        guard admin.isAdmin else { throw .refused(.notAllowed) }
        return try await reading { () throws(StoreError) in
            var found: [SetAsideUpdate] = []
            for bot in [BotName.club, .recorder] {
                found += try await store.inbox.setAside(bot: bot, limit: limit)
            }
            return Array(found.sorted { $0.entry.receivedAt > $1.entry.receivedAt }.prefix(limit))
        }
    }

    /// Lets an update be handled once more, behind all others that wait.
    /// - Throws: `.notAllowed`; `.nothingToDecide` where it is not set aside any more.
    public func retry(bot: BotName, updateID: Int64, by admin: Member) async throws(ChangeFailure) {
        let entry = try entry(.updateRetried, bot, updateID, admin)
        let isDone = try await reading { () throws(StoreError) in
            try await store.inbox.retry(bot: bot, updateID: updateID, audit: [entry])
        }
        guard isDone else { throw .refused(.nothingToDecide) }
    }

    /// Drops an update: it will never be handled.
    /// - Throws: `.notAllowed`; `.nothingToDecide` where it is not set aside any more.
    public func discard(bot: BotName, updateID: Int64, by admin: Member) async throws(ChangeFailure) {
        let entry = try entry(.updateDiscarded, bot, updateID, admin)
        let now = clock.now
        let isDone = try await reading { () throws(StoreError) in
            try await store.inbox.discard(bot: bot, updateID: updateID, audit: [entry], now: now)
        }
        guard isDone else { throw .refused(.nothingToDecide) }
    }

    private func entry(
        _ action: AuditAction,
        _ bot: BotName,
        _ updateID: Int64,
        _ admin: Member
    ) throws(ChangeFailure) -> AuditEntry {
        guard admin.isAdmin else { throw .refused(.notAllowed) }
        return AuditPen(ids: ids, now: clock.now, actor: admin.id).entry(action, of: .update(bot, updateID))
    }
}
