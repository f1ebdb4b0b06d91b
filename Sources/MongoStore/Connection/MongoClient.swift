import CMongoC
import Foundation

/// One connection, for the time of one call and on its thread. Everything here blocks.
struct MongoClient {
    let client: OpaquePointer
    let database: String

    /// How often a command is tried where the server was not reached. Every command that the store sends is safe to
    /// repeat.
    private static let attempts = 3
    /// After this no further attempt is begun.
    private static let patience: Duration = .seconds(5)

    /// Sends a command that changes nothing.
    func read(_ command: BSON) throws(MongoFailure) -> BSON {
        try repeating { () throws(MongoFailure) in
            try send(command) {
                mongoc_client_read_command_with_opts(client, database, $0, nil, $1, $2, &$3)
            }
        }
    }

    /// Sends a command that changes something, to be acknowledged by most members of a replica set and their journals.
    /// - Returns: The reply, with the errors of single statements in it.
    func write(_ command: BSON) throws(MongoFailure) -> BSON {
        // As an option it takes the place of what the connection string says; in the command both would stand.
        let lasting: BSON = ["writeConcern": ["w": "majority", "j": true, "wtimeout": 8_000]]
        return try repeating { () throws(MongoFailure) in
            let reply = try send(command, lasting) {
                mongoc_client_write_command_with_opts(client, database, $0, $1, $2, &$3)
            }
            if let code = reply["writeConcernError.code"]?.integer {
                throw MongoFailure(serverCode: Int(code))
            }
            return reply
        }
    }

    /// The documents that fit.
    func find(_ query: MongoQuery) throws(MongoFailure) -> [BSON] {
        try repeating { () throws(MongoFailure) in try cursor(query) }
    }

    /// Sends a command by `execute`, which fills the reply, and gives that.
    private func send(
        _ command: BSON,
        _ options: BSON = .empty,
        by execute: (
            _ command: OpaquePointer, _ options: OpaquePointer, _ reply: OpaquePointer, inout bson_error_t
        ) -> Bool
    ) throws(MongoFailure) -> BSON {
        var error = bson_error_t()
        // The library makes the reply in memory that it does not free.
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: cmongoc_document_size(),
            alignment: cmongoc_document_alignment()
        )
        defer { memory.deallocate() }
        let reply = OpaquePointer(memory)
        let isDone = command.withDocument { command in
            options.withDocument { execute(command, $0, reply, &error) }
        }
        defer { bson_destroy(reply) }
        guard isDone else { throw MongoFailure(error) }
        return BSON(document: reply)
    }

    private func cursor(_ query: MongoQuery) throws(MongoFailure) -> [BSON] {
        guard let collection = mongoc_client_get_collection(client, database, query.collection) else {
            throw .unreachable(code: 0)
        }
        defer { mongoc_collection_destroy(collection) }
        let cursor = query.filter.withDocument { filter in
            query.options.withDocument { mongoc_collection_find_with_opts(collection, filter, $0, nil) }
        }
        guard let cursor else { throw .unreachable(code: 0) }
        defer { mongoc_cursor_destroy(cursor) }
        var documents: [BSON] = []
        var document: OpaquePointer?
        while mongoc_cursor_next(cursor, &document) {
            if let document { documents.append(BSON(document: document)) }
        }
        var error = bson_error_t()
        if mongoc_cursor_error(cursor, &error) { throw MongoFailure(error) }
        return documents
    }

    /// Runs `body` until it succeeds or has failed for good.
    private func repeating<Value>(_ body: () throws(MongoFailure) -> Value) throws(MongoFailure) -> Value {
        let began = ContinuousClock.now
        for _ in 1..<Self.attempts {
            do {
                return try body()
            } catch .unreachable(let code) {
                guard ContinuousClock.now - began < Self.patience, !MongoFailure.rights.contains(code) else {
                    throw .unreachable(code: code)
                }
            }
        }
        return try body()
    }
}

/// What is looked for in a collection.
struct MongoQuery: Sendable {
    var collection: String
    var filter: BSON
    /// The fields by which the result is ordered, with 1 or -1.
    var sort: BSON = .empty
    /// How many at most; nil for all.
    var limit: Int?
    var skip = 0
    /// Fields that are given back, with 1, or left out, with 0; empty for all.
    var projection: BSON = .empty

    /// The server stops looking after this.
    static let milliseconds: Int64 = 8_000

    var options: BSON {
        .present([
            "sort": sort == .empty ? nil : sort,
            "limit": limit.map { .integer(Int64($0)) },
            "skip": skip == 0 ? nil : .integer(Int64(skip)),
            "projection": projection == .empty ? nil : projection,
            "maxTimeMS": .integer(Self.milliseconds),
        ])
    }
}
