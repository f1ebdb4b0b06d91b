import Domain
import Foundation
import GRDB

/// The ledger, in the table `xp_transactions` and in those whose names begin with `ledger_`.
///
/// A post reads the lines, writes those that count more and adds the differences to every sum, in one transaction.
struct SQLiteLedgerStore: LedgerStore {
    let database: SQLiteDatabase

    func post(_ lines: [XPTransaction]) async throws(StoreError) -> Set<MemberID> {
        var changed: Set<MemberID> = []
        for portion in LedgerPortion.portions(of: lines) {
            changed.formUnion(try await write("post") { try $0.post(portion) })
        }
        return changed
    }

    func erase(_ member: MemberID) async throws(StoreError) {
        try await write("erase") { try $0.erase(member) }
    }

    func clear() async throws(StoreError) {
        try await write("clear") { try $0.clear() }
    }

    private func write<Value: Sendable>(
        _ name: String,
        _ body: @escaping @Sendable (LedgerTables) throws -> Value
    ) async throws(StoreError) -> Value {
        try await database.write(Operation(XPTransaction.collection, name)) { transaction in
            try body(LedgerTables(database: transaction.database))
        }
    }

    func read<Value: Sendable>(
        _ name: String,
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        try await database.read(Operation(XPTransaction.collection, name), body)
    }
}
