import Domain
import Foundation
import Logging
import MongoStore
import SQLiteStore
import ServiceLifecycle

/// Opens the club's store. What is wrong is said in one line that names the setting.
struct StoreOpening {
    /// An open store, and what has to run beside it.
    struct Opened {
        var store: any ClubStore
        var upkeep: [any Service]
    }

    let signal: OutboxSignal
    let clock: any ClubClock
    let logger: Logger

    /// - Throws: `SettingsFault` where somebody has to put something right; `TemporaryFault` where it may be well later.
    func open(_ place: Settings.Store) async throws -> Opened {
        switch place {
        case .sqlite(let file):
            return Opened(store: try sqlite(file), upkeep: [])
        case .mongo(let url, let database):
            let store = try await mongo(url, database)
            return Opened(store: store, upkeep: [store.sweep(logger: logger)])
        }
    }

    /// - Throws: where the store was being filled from another one, and that was never finished.
    static func refuseUnfinishedCopy(_ store: any ClubStore, at place: Settings.Store) async throws {
        let lease = try await store.leases.holder(of: UnfinishedCopy.lease)
        guard let refusal = UnfinishedCopy.refusal(place: place.description, lease: lease) else { return }
        throw SettingsFault(setting: place.technology == .sqlite ? "DATA_DIR" : "DB_NAME", advice: refusal)
    }

    /// - Throws: where the XP ledger was being made anew, and that was never finished.
    static func refuseUnfinishedRebuild(_ store: any ClubStore, at place: Settings.Store) async throws {
        guard try await LedgerRebuild.isUnfinished(in: store) else { return }
        let fault = TransferFault.unfinishedRebuild(place: place.description)
        throw SettingsFault(setting: place.technology == .sqlite ? "DATA_DIR" : "DB_NAME", advice: fault.description)
    }

    private func mongo(_ url: String, _ database: String) async throws -> MongoClubStore {
        do {
            return try await MongoClubStore.open(url: url, database: database, signal: signal, clock: clock)
        } catch {
            throw Self.explain(error, place: .mongo(url: url, database: database))
        }
    }

    private func sqlite(_ file: URL) throws -> SQLiteClubStore {
        do {
            return try SQLiteClubStore.open(path: file.path, signal: signal, clock: clock)
        } catch {
            throw Self.explain(error, path: file.path)
        }
    }

    /// Codes of a refused user: 11 is libmongoc's own, 13 and 18 are the server's.
    /// Source: mongoc-error.h, MONGOC_ERROR_CLIENT_AUTHENTICATE; error_codes.yml of the server.
    static let refusedUser: Set<Int> = [11, 13, 18]

    /// Shared with the checks of `fomo doctor`.
    static func explain(_ error: StoreError, place: Settings.Store) -> any Error {
        switch error {
        case .unavailable(_, let code) where refusedUser.contains(code):
            return SettingsFault(
                setting: "MONGO_URL",
                advice: "\(place) refuses user or password, or the user may not write there; correct it, and mind that"
                    + " special characters are written as %XX."
            )
        case .unavailable(_, let code):
            return TemporaryFault(
                subject: "MONGO_URL",
                advice: "\(place) does not answer (code \(code)). Start the server, or correct the address."
            )
        case .corrupt(let collection, let detail) where collection == "MongoDB":
            return SettingsFault(setting: "MONGO_URL", advice: "\(detail).")
        case .corrupt(_, let detail):
            return SettingsFault(setting: "DB_NAME", advice: "\(place): \(detail).")
        case .missing, .conflict:
            return TemporaryFault(subject: "MONGO_URL", advice: "\(place) could not be set up (\(error)).")
        }
    }

    private static func explain(_ error: StoreError, path: String) -> any Error {
        switch error {
        case .corrupt(_, let detail):
            return SettingsFault(
                setting: "DATA_DIR",
                advice: "'\(path)' is no database of this program, or a newer version's (\(detail)). It is left as it"
                    + " is."
            )
        case .unavailable(_, let code) where code & 0xFF == 5:
            return TemporaryFault(
                subject: "DATA_DIR",
                advice: "another process keeps '\(path)' locked; it is tried at the next start."
            )
        case .unavailable(_, let code):
            return SettingsFault(
                setting: "DATA_DIR",
                advice: "'\(path)' cannot be opened (SQLite's code \(code)): is the disk full, or the file another"
                    + " user's?"
            )
        case .missing, .conflict:
            return SettingsFault(setting: "DATA_DIR", advice: "'\(path)' cannot be opened.")
        }
    }
}
