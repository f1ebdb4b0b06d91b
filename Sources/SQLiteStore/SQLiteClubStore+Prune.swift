import Domain
import Foundation
import GRDB

extension SQLiteClubStore {
    /// How many rows one transaction deletes at most, so that other writes come in between.
    private static let pruneSize = 500
    private static let day: Duration = .seconds(24 * 3600)
    /// How long a message is kept after it was sent or given up.
    private static let settledMessages: Duration = .seconds(30 * 24 * 3600)
    /// How long an update that was set aside is kept for being looked at.
    private static let setAsideUpdates: Duration = .seconds(90 * 24 * 3600)

    public func prune(now: Date) async throws(StoreError) {
        let causes = now.addingTimeInterval(-Cause.remembered.seconds)
        let yesterday = now.addingTimeInterval(-Self.day.seconds)
        try await forget(
            "applied_causes",
            """
            DELETE FROM applied_causes WHERE (collection, entity, cause) IN (
                SELECT collection, entity, cause FROM applied_causes WHERE applied_at < ? LIMIT ?
            )
            """,
            before: causes
        )
        let setAside = now.addingTimeInterval(-Self.setAsideUpdates.seconds)
        for (state, moment) in [("finished", causes), ("set_aside", setAside)] {
            try await forget(
                "inbox",
                """
                DELETE FROM inbox WHERE sequence IN (
                    SELECT sequence FROM inbox WHERE state = '\(state)' AND handled_at < ? LIMIT ?
                )
                """,
                before: moment
            )
        }
        try await forget(
            "outbox",
            """
            DELETE FROM outbox WHERE sequence IN (
                SELECT sequence FROM outbox
                WHERE state IN ('sent', 'failed', 'unreachable', 'unknown') AND settled_at < ? LIMIT ?
            )
            """,
            before: now.addingTimeInterval(-Self.settledMessages.seconds)
        )
        for table in [SignInLink.collection, Invite.collection, AuthSession.collection] {
            try await forget(
                table,
                "DELETE FROM \(table) WHERE id IN (SELECT id FROM \(table) WHERE ends_at < ? LIMIT ?)",
                before: yesterday
            )
        }
        try await pruneAnnouncements(now)
        try await pruneDownloads(now)
    }

    /// Forgets broadcasts that were never sent, and notifications that are too old.
    private func pruneAnnouncements(_ now: Date) async throws(StoreError) {
        try await forget(
            Broadcast.collection,
            "DELETE FROM broadcasts WHERE id IN (SELECT id FROM broadcasts WHERE drafted_at < ? LIMIT ?)",
            before: now.addingTimeInterval(-Self.day.seconds)
        )
        try await forget(
            "notifications",
            "DELETE FROM notifications WHERE id IN (SELECT id FROM notifications WHERE created_at < ? LIMIT ?)",
            before: now.addingTimeInterval(-MemberNotification.lifetime.seconds)
        )
    }

    private func pruneDownloads(_ now: Date) async throws(StoreError) {
        try await forget(
            DownloadHit.collection,
            "DELETE FROM download_hits WHERE id IN (SELECT id FROM download_hits WHERE last_at < ? LIMIT ?)",
            before: now.addingTimeInterval(-DownloadHit.lifetime.seconds)
        )
    }

    /// Runs a deletion until it finds less than it may delete.
    private func forget(_ table: String, _ sql: String, before moment: Date) async throws(StoreError) {
        var deleted = Self.pruneSize
        while deleted == Self.pruneSize {
            deleted = try await database.write(Operation(table, "prune")) { transaction in
                try transaction.database.run(sql, [Timestamp.milliseconds(moment), Self.pruneSize])
            }
        }
    }
}
