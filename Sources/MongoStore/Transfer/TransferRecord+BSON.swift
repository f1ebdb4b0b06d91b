import Domain
import Foundation

extension InboxOffsetRecord {
    @Sendable
    init(_ document: BSON) throws {
        guard let bot = document["_id"]?.string, let next = document["next_offset"]?.integer else {
            throw StoreError.corrupt(collection: Self.collection, detail: "an offset that cannot be read")
        }
        self.init(bot: BotName(rawValue: bot), nextOffset: next)
    }

    var document: BSON { ["_id": .string(bot.rawValue), "next_offset": .integer(nextOffset)] }
}

extension InboxRecord {
    @Sendable
    init(_ document: BSON) throws {
        let entry = try InboxEntry(document)
        guard let sequence = document["sequence"]?.integer,
            let state = document["state"]?.string.flatMap(State.init(rawValue:))
        else {
            throw StoreError.corrupt(collection: Self.collection, detail: "an update that cannot be read")
        }
        self.init(
            sequence: sequence,
            entry: entry,
            state: state,
            handledAt: document["handled_at"]?.integer.map(Timestamp.date),
            error: document["error"]?.string,
            isPast: document["_id"] != MongoInboxStore.id(entry.bot, entry.updateID)
        )
    }

    var document: BSON {
        let past = BSON.string(entry.name)
        return .present([
            "_id": isPast ? past : MongoInboxStore.id(entry.bot, entry.updateID),
            "sequence": .integer(sequence),
            "bot": .string(entry.bot.rawValue),
            "update_id": .integer(entry.updateID),
            "lane": .string(entry.lane),
            "payload": .binary(entry.payload),
            "received_at": .integer(Timestamp.milliseconds(entry.receivedAt)),
            "failures": .integer(Int64(entry.failures)),
            "state": .string(state.rawValue),
            "handled_at": handledAt.map { .integer(Timestamp.milliseconds($0)) },
            "error": error.map(BSON.string),
        ])
    }
}

extension OutboxRecord {
    @Sendable
    init(_ document: BSON) throws {
        let row = try OutboxRow(document)
        guard let state = document["state"]?.string.flatMap(State.init(rawValue:)) else {
            throw StoreError.corrupt(collection: Self.collection, detail: "a message that cannot be read")
        }
        self.init(
            sequence: row.sequence,
            draft: row.draft,
            createdAt: row.createdAt,
            state: state,
            attempts: row.attempts,
            isUncertain: row.isUncertain,
            notBefore: document["not_before"]?.integer.map(Timestamp.date),
            settledAt: document["settled_at"]?.integer.map(Timestamp.date),
            message: document["message"]?.integer,
            reason: document["reason"]?.string
        )
    }

    func document() throws -> BSON {
        .present([
            "_id": .string(draft.dedupeKey),
            "sequence": .integer(sequence),
            "bot": .string(draft.bot.rawValue),
            "chat": .integer(draft.chat.rawValue),
            "lane": .integer(Int64(draft.lane.rawValue)),
            "body": try BSON(encoding: draft.body),
            "expires_at": draft.expiresAt.map { .integer(Timestamp.milliseconds($0)) },
            "batch": draft.batch.map { .string($0.rawValue) },
            "created_at": .integer(Timestamp.milliseconds(createdAt)),
            "state": .string(state.rawValue),
            "attempts": .integer(Int64(attempts)),
            "is_uncertain": .bool(isUncertain),
            "not_before": notBefore.map { .integer(Timestamp.milliseconds($0)) },
            "settled_at": settledAt.map { .integer(Timestamp.milliseconds($0)) },
            "message": message.map(BSON.integer),
            "reason": reason.map(BSON.string),
        ])
    }
}

extension OutboxHoldRecord {
    init(_ document: BSON) throws {
        guard let bot = document["bot"]?.string, let chat = document["chat"]?.integer,
            let until = document["held_until"]?.integer
        else {
            throw StoreError.corrupt(collection: Self.collection, detail: "a conversation that cannot be read")
        }
        self.init(
            bot: BotName(rawValue: bot),
            chat: ChatID(rawValue: chat),
            until: Timestamp.date(milliseconds: until)
        )
    }
}
