import Domain
import Foundation

extension MongoClubStore {
    /// How many documents are forgotten at once, so that other calls come in between.
    private static let pruneSize = 500
    private static let day: Duration = .seconds(24 * 3600)
    /// How long a message is kept after it was sent or given up.
    private static let settledMessages: Duration = .seconds(30 * 24 * 3600)
    /// How long an update that was set aside is kept for being looked at.
    private static let setAsideUpdates: Duration = .seconds(90 * 24 * 3600)

    public func prune(now: Date) async throws(StoreError) {
        func before(_ duration: Duration) -> BSON {
            ["$lt": .integer(Timestamp.milliseconds(now.addingTimeInterval(-duration.seconds)))]
        }
        try await forget(SpilledCause.collection, ["at": before(Cause.remembered)])
        let causes = Timestamp.milliseconds(now.addingTimeInterval(-Cause.remembered.seconds))
        try await forgetCauses(Member.self, before: causes)
        try await forgetCauses(Podcast.self, before: causes)
        try await forgetCauses(LiveSession.self, before: causes)
        try await forgetCauses(RSVP.self, before: causes)
        try await forgetCauses(Thanks.self, before: causes)
        try await forgetCauses(ClubSettings.self, before: causes)
        try await forgetCauses(SignInLink.self, before: causes)
        try await forgetCauses(Invite.self, before: causes)
        try await forgetCauses(Broadcast.self, before: causes)
        try await forgetCauses(AuthSession.self, before: causes)
        try await forgetCauses(ListeningDay.self, before: causes)
        try await forgetCauses(Listen.self, before: causes)
        try await forgetCauses(EpisodeFigures.self, before: causes)
        try await forgetCauses(DownloadHit.self, before: causes)
        try await forgetCauses(DownloadCount.self, before: causes)
        try await forgetCauses(XPCorrection.self, before: causes)
        try await forgetCauses(BadgeAward.self, before: causes)
        try await forgetCauses(ToldProgress.self, before: causes)
        try await forgetCauses(ShowFigures.self, before: causes)
        try await forgetCauses(DeliveryDay.self, before: causes)
        try await forget(MongoInboxStore.collection, ["state": "finished", "handled_at": before(Cause.remembered)])
        try await forget(
            MongoInboxStore.collection,
            ["state": "set_aside", "handled_at": before(Self.setAsideUpdates)]
        )
        try await forgetMessages(settled: before(Self.settledMessages))
        for collection in [SignInLink.collection, Invite.collection, AuthSession.collection] {
            // What the last change of it asked for has to be handed on first.
            let isDone: BSON = ["effects_since": ["$exists": false]]
            try await forget(collection, isDone.with(["index.ends_at": before(Self.day)]))
        }
        try await forget(Broadcast.collection, ["index.drafted_at": before(Self.day)])
        try await forget(DownloadHit.collection, ["index.last_at": before(DownloadHit.lifetime)])
        try await forget(MongoNotificationStore.collection, ["at": before(MemberNotification.lifetime)])
    }

    /// Takes old causes out of documents. One that is changed at the same moment keeps them until the next time.
    private func forgetCauses<Entity: MongoEntity>(_ type: Entity.Type, before: Int64) async throws(StoreError) {
        let collection = Entity.collection
        try await inPortions(collection, ["causes_since": ["$lt": .integer(before)]]) { client, ids in
            let query = MongoQuery(
                collection: collection,
                filter: ["_id": ["$in": .array(ids)]],
                projection: ["version": 1, "causes": 1]
            )
            let updates = try client.find(query).map { found -> MongoUpdate in
                let left = MongoDocument<Entity>.causes(in: found).filter { $0.at >= before }
                let set: BSON = ["causes": MongoDocument<Entity>.encoded(left)]
                let since = MongoDocument<Entity>.since(left)
                return MongoUpdate(
                    filter: ["_id": found["_id"] ?? .null, "version": found["version"] ?? .null],
                    change: since.map { ["$set": set.with(["causes_since": $0])] }
                        ?? ["$set": set, "$unset": ["causes_since": ""]]
                )
            }
            _ = try client.update(updates, in: collection)
        }
    }

    /// Deletes in portions until nothing more fits. A document that does not fit any more by then is kept: its number
    /// may be another update's.
    private func forget(_ collection: String, _ filter: BSON) async throws(StoreError) {
        try await inPortions(collection, filter) { client, ids in
            try client.delete(filter.with(["_id": ["$in": .array(ids)]]), from: collection)
        }
    }

    /// Leaves nothing of a message but its dedupe key, in one step, so that it can never be sent a second time.
    private func forgetMessages(settled: BSON) async throws(StoreError) {
        let states: BSON = ["$in": ["sent", "failed", "unreachable", "unknown"]]
        let collection = MongoOutbox.collection
        try await inPortions(collection, ["state": states, "settled_at": settled]) { client, ids in
            let emptied = ids.map { MongoUpdate(filter: ["_id": $0], change: ["forgotten": true]) }
            _ = try client.update(emptied, in: collection)
        }
    }

    private func inPortions(
        _ collection: String,
        _ filter: BSON,
        _ body: @escaping @Sendable (MongoClient, [BSON]) throws -> Void
    ) async throws(StoreError) {
        var count = Self.pruneSize
        while count == Self.pruneSize {
            count = try await database.run(MongoCall(collection, "prune")) { client in
                let query = MongoQuery(
                    collection: collection,
                    filter: filter,
                    limit: Self.pruneSize,
                    projection: ["_id": 1]
                )
                let ids = try client.find(query).compactMap { $0["_id"] }
                if !ids.isEmpty { try body(client, ids) }
                return ids.count
            }
        }
    }
}
