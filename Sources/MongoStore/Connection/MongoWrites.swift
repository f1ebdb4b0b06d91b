import Domain

/// What became of a write command's statements.
struct MongoWriteReply: Sendable {
    /// How many documents were inserted, matched or deleted.
    var count: Int
    /// Places, from 0, of statements that a unique index refused.
    var duplicates: Set<Int>

    init(_ reply: BSON) throws(MongoFailure) {
        count = Int(reply["n"]?.integer ?? 0)
        duplicates = []
        for error in reply["writeErrors"]?.array ?? [] {
            switch MongoFailure(serverCode: Int(error["code"]?.integer ?? 0)) {
            case .duplicate: duplicates.insert(Int(error["index"]?.integer ?? 0))
            case let failure: throw failure
            }
        }
    }
}

/// One statement of an update command.
struct MongoUpdate: Sendable {
    var filter: BSON
    /// Operators, or a whole document in place of the one that fits.
    var change: BSON
    var isUpsert = false
    var isForMany = false
}

extension MongoClient {
    /// How many statements one command holds at most, well below the server's own limit.
    private static let statements = 500
    /// How many bytes they have at most where there are several; with one it is that one's size.
    /// Source: mongodb.com/docs/manual/reference/limits: a command is a document, of 16 MiB at most.
    private static let statementBytes = 8 << 20

    /// The places of statements, in their order, as many together as one command holds.
    static func parts(_ statements: [BSON]) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = 0
        var bytes = 0
        for (place, statement) in statements.enumerated() {
            let size = statement.byteCount
            if place > start, place - start == Self.statements || bytes + size > statementBytes {
                parts.append(start..<place)
                (start, bytes) = (place, 0)
            }
            bytes += size
        }
        if start < statements.count { parts.append(start..<statements.count) }
        return parts
    }

    /// Inserts documents, each for itself.
    /// - Returns: Places of those whose place is taken. After an answer that was lost, those are among them that this
    ///   very call has inserted.
    func insert(_ documents: [BSON], into collection: String) throws(MongoFailure) -> Set<Int> {
        var taken: Set<Int> = []
        for part in Self.parts(documents) {
            let documents = BSON.array(Array(documents[part]))
            let reply = try MongoWriteReply(
                write(["insert": .string(collection), "ordered": false, "documents": documents])
            )
            taken.formUnion(reply.duplicates.map { $0 + part.lowerBound })
        }
        return taken
    }

    /// Updates documents, each statement for itself.
    /// - Returns: How many documents were matched or made. After an answer that was lost it may be less.
    /// - Throws: `.duplicate` where a unique index refuses one of the statements.
    func update(_ updates: [MongoUpdate], in collection: String) throws(MongoFailure) -> Int {
        var count = 0
        let statements = updates.map { update -> BSON in
            [
                "q": update.filter, "u": update.change, "upsert": .bool(update.isUpsert),
                "multi": .bool(update.isForMany),
            ]
        }
        for part in Self.parts(statements) {
            let statements = BSON.array(Array(statements[part]))
            let reply = try MongoWriteReply(
                write(["update": .string(collection), "ordered": false, "updates": statements])
            )
            guard reply.duplicates.isEmpty else { throw .duplicate }
            count += reply.count
        }
        return count
    }

    /// Deletes every document that fits.
    func delete(_ filter: BSON, from collection: String) throws(MongoFailure) {
        let statement: BSON = ["q": filter, "limit": 0]
        _ = try MongoWriteReply(write(["delete": .string(collection), "deletes": [statement]]))
    }

    /// The first document that fits, or nil.
    func first(_ query: MongoQuery) throws(MongoFailure) -> BSON? {
        var query = query
        query.limit = 1
        return try find(query).first
    }

    /// How many documents fit.
    func count(_ filter: BSON, in collection: String) throws(MongoFailure) -> Int {
        Int(try read(["count": .string(collection), "query": filter])["n"]?.integer ?? 0)
    }

    /// Numbers that nobody else gets, each greater than all before it. Some may never be used.
    /// - Returns: The first of `count` that follow one another.
    func numbers(_ count: Int, for name: String) throws(MongoFailure) -> Int64 {
        let command: BSON = [
            "findAndModify": "counters",
            "query": ["_id": .string(name)],
            "update": ["$inc": ["value": .integer(Int64(count))]],
            "new": true,
            "upsert": true,
        ]
        let reply: BSON
        do {
            reply = try write(command)
        } catch .duplicate {
            // Two made the counter at the same moment; it is there now.
            reply = try write(command)
        }
        guard let last = reply["value.value"]?.integer else { throw .refused(code: 0) }
        return last - Int64(count) + 1
    }

    /// Lets later numbers be greater than `number`.
    func raise(_ name: String, to number: Int64?) throws(MongoFailure) {
        guard let number else { return }
        let raised = MongoUpdate(
            filter: ["_id": .string(name)],
            change: ["$max": ["value": .integer(number)]],
            isUpsert: true
        )
        do {
            _ = try update([raised], in: "counters")
        } catch .duplicate {
            // Two made the counter at the same moment; it is there now.
            _ = try update([raised], in: "counters")
        }
    }

    /// The greatest number that a document of a collection has, nil where none has one.
    func greatestNumber(in collection: String) throws(MongoFailure) -> Int64? {
        let query = MongoQuery(
            collection: collection,
            filter: ["sequence": ["$exists": true]],
            sort: ["sequence": -1],
            projection: ["sequence": 1]
        )
        return try first(query)?["sequence"]?.integer
    }
}
