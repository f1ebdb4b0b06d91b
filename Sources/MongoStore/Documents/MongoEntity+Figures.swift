import Domain

extension ShowFigures: MongoEntity {
    static var indexes: [MongoIndex] { commonIndexes }
    var index: BSON { .empty }

    static func filters(_ key: Key) -> [BSON] {
        switch key {
        case .id(let id): [["_id": .string(id.rawValue)]]
        }
    }
}

extension DeliveryDay: MongoEntity {
    static var indexes: [MongoIndex] { commonIndexes }
    var index: BSON { .empty }

    static func filters(_ key: Key) -> [BSON] {
        switch key {
        case .id(let id): [["_id": .string(id.rawValue)]]
        }
    }
}

extension MongoEntityStore: ShowFiguresStore where Entity == ShowFigures {}
extension MongoEntityStore: DeliveryDayStore where Entity == DeliveryDay {}
