import Domain

extension DownloadHit: MongoEntity {
    static var indexes: [MongoIndex] { commonIndexes + [MongoIndex(collection, ["index.last_at"])] }

    var index: BSON { ["last_at": .integer(Timestamp.milliseconds(lastAt))] }

    static func filters(_ key: Key) -> [BSON] {
        switch key {
        case .id(let id): [["_id": .string(id.rawValue)]]
        }
    }
}

extension DownloadCount: MongoEntity {
    static var indexes: [MongoIndex] { commonIndexes }

    var index: BSON { .empty }

    static func filters(_ key: Key) -> [BSON] {
        switch key {
        case .id(let id): [["_id": .string(id.rawValue)]]
        }
    }
}

extension MongoEntityStore: DownloadHitStore where Entity == DownloadHit {}

extension MongoEntityStore: DownloadCountStore where Entity == DownloadCount {}
