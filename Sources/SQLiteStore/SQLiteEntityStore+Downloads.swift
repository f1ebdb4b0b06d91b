import Domain
import GRDB

extension DownloadHit: IndexedDocument {
    static var indexColumns: [String] { ["last_at"] }

    var indexValues: [(any DatabaseValueConvertible)?] { [Timestamp.milliseconds(lastAt)] }

    static func condition(_ key: Key) -> (sql: String, arguments: StatementArguments) {
        switch key {
        case .id(let id): ("id = ?", [id.rawValue])
        }
    }
}

extension DownloadCount: IndexedDocument {
    static var indexColumns: [String] { [] }

    var indexValues: [(any DatabaseValueConvertible)?] { [] }

    static func condition(_ key: Key) -> (sql: String, arguments: StatementArguments) {
        switch key {
        case .id(let id): ("id = ?", [id.rawValue])
        }
    }
}

extension SQLiteEntityStore: DownloadHitStore where Entity == DownloadHit {}

extension SQLiteEntityStore: DownloadCountStore where Entity == DownloadCount {}
