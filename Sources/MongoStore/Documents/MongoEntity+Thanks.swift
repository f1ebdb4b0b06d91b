import Domain
import Foundation

extension Thanks: MongoEntity {
    /// Each list is of the documents that have its field; those that were erased have none.
    static var indexes: [MongoIndex] {
        commonIndexes
            + ["index.from", "index.to", "index.podcast"].map { field in
                MongoIndex(collection, [field, "index.at", "_id"], onlyWhere: field)
            }
    }

    var index: BSON {
        let isListed = erasedAt == nil
        return .present([
            "at": .integer(Timestamp.milliseconds(at)),
            "from": isListed ? .string(from.rawValue) : nil,
            "to": isListed ? .string(to.rawValue) : nil,
            "podcast": isListed ? .string(podcast.rawValue) : nil,
        ])
    }

    static func filters(_ key: Key) -> [BSON] {
        switch key {
        case .id(let id): [["_id": .string(id.rawValue)]]
        }
    }
}

extension MongoEntityStore: ThanksStore where Entity == Thanks {
    func list(_ listing: ThanksListing, from start: PageStart, limit: Int) async throws(StoreError) -> Page<Thanks> {
        // One more is looked for, so the greatest number has to be left out; MongoDB counts with 32 bits.
        let limit = min(max(0, limit), Int(Int32.max) - 1)
        var search = MongoQuery(
            collection: Thanks.collection,
            filter: listing.filter,
            sort: ["index.at": -1, "_id": -1],
            limit: limit + 1
        )
        switch start {
        case .first: break
        case .after(let cursor):
            search.filter = listing.filter.with(cursor.filter(behind: "index.at", isAscending: false))
        case .offset(let count): search.skip = min(max(0, count), Int(Int32.max))
        }
        let found = try await entities("list", search)
        let items = Array(found.prefix(limit))
        let last = found.count > limit ? items.last : nil
        return Page(items: items, next: last.map { PageCursor(time: $0.at, id: $0.id.rawValue) })
    }

    func count(_ listing: ThanksListing) async throws(StoreError) -> Int {
        try await database.run(MongoCall(Thanks.collection, "count")) { client in
            try client.count(listing.filter, in: Thanks.collection)
        }
    }
}

extension ThanksListing {
    /// What has to hold of a document.
    fileprivate var filter: BSON {
        switch self {
        case .to(let member): ["index.to": .string(member.rawValue)]
        case .from(let member): ["index.from": .string(member.rawValue)]
        case .about(let podcast): ["index.podcast": .string(podcast.rawValue)]
        }
    }
}
