import Domain
import GRDB

extension ShowFigures: IndexedDocument {
    static var indexColumns: [String] { [] }
    var indexValues: [(any DatabaseValueConvertible)?] { [] }

    static func condition(_ key: Key) -> (sql: String, arguments: StatementArguments) {
        switch key {
        case .id(let id): ("id = ?", [id.rawValue])
        }
    }
}

extension DeliveryDay: IndexedDocument {
    static var indexColumns: [String] { [] }
    var indexValues: [(any DatabaseValueConvertible)?] { [] }

    static func condition(_ key: Key) -> (sql: String, arguments: StatementArguments) {
        switch key {
        case .id(let id): ("id = ?", [id.rawValue])
        }
    }
}

extension SQLiteEntityStore: ShowFiguresStore where Entity == ShowFigures {}
extension SQLiteEntityStore: DeliveryDayStore where Entity == DeliveryDay {}
