import Domain
import Foundation
import GRDB

/// Result codes of SQLite that are named here. Source: sqlite.org/rescode.html.
enum SQLiteCode {
    /// SQLITE_ABORT: the transaction was rolled back under a statement.
    static let aborted = 4
    /// SQLITE_CANTOPEN.
    static let cannotOpen = 14
    /// SQLITE_MISUSE: what SQLite itself answers on a closed connection.
    static let closed = 21
}

extension StoreError {
    /// What an error that came out of the database means to the caller. Holds no value of any document.
    init(_ error: any Error, during operation: Operation) {
        switch error {
        case let error as StoreError:
            self = error
        case let error as DatabaseError:
            self.init(error, during: operation)
        case let error as DecodingError:
            self = .corrupt(collection: operation.collection, detail: error.place)
        default:
            self = .corrupt(collection: operation.collection, detail: "a row cannot be read")
        }
    }

    private init(_ error: DatabaseError, during operation: Operation) {
        switch error.resultCode {
        case .SQLITE_CONSTRAINT:
            self = .conflict(collection: operation.collection)
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_IOERR, .SQLITE_FULL, .SQLITE_CANTOPEN, .SQLITE_READONLY,
            .SQLITE_NOMEM, .SQLITE_INTERRUPT, .SQLITE_PROTOCOL:
            let code = Int(error.extendedResultCode.rawValue)
            self = .unavailable(source: operation.source, code: code)
        default:
            // A damaged file or a statement that cannot be carried out: it would fail again, however long one waits.
            let code = error.extendedResultCode.rawValue
            self = .corrupt(collection: operation.collection, detail: "SQLite answered with code \(code)")
        }
    }
}
