import Domain
import GRDB
import Testing

@testable import SQLiteStore

/// What SQLite's result codes mean to whoever asked the store for something.
struct StoreErrorTests {
    private static let operation = Operation("users", "change")

    @Test(arguments: [
        (ResultCode.SQLITE_BUSY, 5), (.SQLITE_BUSY_SNAPSHOT, 517), (.SQLITE_LOCKED, 6), (.SQLITE_NOMEM, 7),
        (.SQLITE_READONLY, 8), (.SQLITE_READONLY_DBMOVED, 1_032), (.SQLITE_INTERRUPT, 9), (.SQLITE_IOERR, 10),
        (.SQLITE_IOERR_FSYNC, 1_034), (.SQLITE_FULL, 13), (.SQLITE_CANTOPEN, 14), (.SQLITE_PROTOCOL, 15),
    ])
    func `what passes by itself makes the store unavailable`(_ result: ResultCode, _ code: Int) {
        let error = StoreError(DatabaseError(resultCode: result), during: Self.operation)
        #expect(error == .unavailable(source: "users.change", code: code))
    }

    @Test(arguments: [
        (ResultCode.SQLITE_ERROR, 1), (.SQLITE_INTERNAL, 2), (.SQLITE_PERM, 3), (.SQLITE_CORRUPT, 11),
        (.SQLITE_CORRUPT_VTAB, 267), (.SQLITE_NOTFOUND, 12), (.SQLITE_SCHEMA, 17), (.SQLITE_TOOBIG, 18),
        (.SQLITE_MISMATCH, 20), (.SQLITE_MISUSE, 21), (.SQLITE_NOLFS, 22), (.SQLITE_AUTH, 23),
        (.SQLITE_FORMAT, 24), (.SQLITE_RANGE, 25), (.SQLITE_NOTADB, 26), (ResultCode(rawValue: 99), 99),
    ])
    func `what would fail again is said to be corrupt`(_ result: ResultCode, _ code: Int) {
        let error = StoreError(DatabaseError(resultCode: result), during: Self.operation)
        #expect(error == .corrupt(collection: "users", detail: "SQLite answered with code \(code)"))
    }

    @Test(arguments: [
        ResultCode.SQLITE_CONSTRAINT, .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY,
    ])
    func `a value that somebody else holds is a conflict`(_ result: ResultCode) {
        let error = StoreError(DatabaseError(resultCode: result), during: Self.operation)
        #expect(error == .conflict(collection: "users"))
    }

    @Test func `an error holds neither SQL nor values`() {
        let error = DatabaseError(
            resultCode: .SQLITE_ERROR,
            message: "no such column: Person",
            sql: "SELECT 'Person'",
            arguments: ["Person"]
        )
        #expect(!"\(StoreError(error, during: Self.operation))".contains("Person"))
    }
}
