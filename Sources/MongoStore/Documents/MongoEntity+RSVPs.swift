import Domain
import Foundation

extension RSVP: MongoEntity {
    /// Each list is of the documents that have its field: whose it is, where the answer belongs to it.
    static var indexes: [MongoIndex] {
        commonIndexes
            + ["index.coming", "index.reminded", "index.given", "index.by"].map { field in
                MongoIndex(collection, [field, "index.created_at", "_id"], onlyWhere: field)
            }
    }

    var index: BSON {
        .present([
            "created_at": .integer(Timestamp.milliseconds(createdAt)),
            "coming": isComing ? .string(session.rawValue) : nil,
            "reminded": wantsReminders ? .string(session.rawValue) : nil,
            "given": isGiven ? .string(session.rawValue) : nil,
            "by": isGiven ? .string(member.rawValue) : nil,
        ])
    }

    static func filters(_ key: Key) -> [BSON] {
        switch key {
        case .id(let id): [["_id": .string(id.rawValue)]]
        }
    }
}

extension MongoEntityStore: RSVPStore where Entity == RSVP {
    func list(_ listing: RSVPListing, from start: PageStart, limit: Int) async throws(StoreError) -> Page<RSVP> {
        // One more is looked for, so the greatest number has to be left out; MongoDB counts with 32 bits.
        let limit = min(max(0, limit), Int(Int32.max) - 1)
        var search = MongoQuery(
            collection: RSVP.collection,
            filter: listing.filter,
            sort: ["index.created_at": -1, "_id": -1],
            limit: limit + 1
        )
        switch start {
        case .first: break
        case .after(let cursor):
            search.filter = listing.filter.with(cursor.filter(behind: "index.created_at", isAscending: false))
        case .offset(let count): search.skip = min(max(0, count), Int(Int32.max))
        }
        let found = try await entities("list", search)
        let items = Array(found.prefix(limit))
        let last = found.count > limit ? items.last : nil
        return Page(items: items, next: last.map { PageCursor(time: $0.createdAt, id: $0.id.rawValue) })
    }

    func count(_ listing: RSVPListing) async throws(StoreError) -> Int {
        try await database.run(MongoCall(RSVP.collection, "count")) { client in
            try client.count(listing.filter, in: RSVP.collection)
        }
    }
}

extension RSVPListing {
    /// What has to hold of a document.
    fileprivate var filter: BSON {
        switch self {
        case .coming(let session): ["index.coming": .string(session.rawValue)]
        case .reminded(let session): ["index.reminded": .string(session.rawValue)]
        case .given(let session): ["index.given": .string(session.rawValue)]
        case .by(let member): ["index.by": .string(member.rawValue)]
        }
    }
}
