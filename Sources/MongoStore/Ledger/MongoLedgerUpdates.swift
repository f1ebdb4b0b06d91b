import Domain

/// The statements that carry out a change of the ledger, each of which changes its document once at most.
struct MongoLedgerUpdates {
    /// The change's number.
    let number: Int64
    /// When it was decided, in milliseconds since 1970.
    let at: Int64

    func lines(of batch: MongoLedgerBatch) -> [MongoUpdate] {
        batch.written.map { line in
            MongoUpdate(
                filter: earlier(line.id),
                change: line.document.with(["through": .integer(number)]),
                isUpsert: true
            )
        } + batch.removed.map(emptying)
    }

    func sums(of batch: MongoLedgerBatch) -> [MongoUpdate] {
        batch.sums.map { id, sum in
            let added = sum.added.map { BSON.Field(name: $0.key, value: .integer(Int64($0.value))) }
            return MongoUpdate(
                filter: earlier(id),
                change: [
                    "$inc": .document(added), "$set": sum.fields.with(["through": .integer(number)]),
                    "$unset": ["emptied_at": ""],
                ],
                isUpsert: true
            )
        } + batch.emptied.map(emptying)
    }

    /// Leaves nothing of a document but that it was there.
    private func emptying(_ id: String) -> MongoUpdate {
        MongoUpdate(filter: earlier(id), change: ["through": .integer(number), "emptied_at": .integer(at)])
    }

    private func earlier(_ id: String) -> BSON {
        ["_id": .string(id), "through": ["$lt": .integer(number)]]
    }
}
