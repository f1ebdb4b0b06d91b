import Domain
import Foundation
import MongoStore
import SQLiteStore

/// Looks at the club's store, without making or changing anything in it.
struct StoreCheck: Sendable {
    private static let subject = "store"

    let place: Settings.Store
    let clock: any ClubClock

    /// What is found, and the club's group, where the store has one.
    typealias Seen = (findings: [Finding], clubGroup: ChatPlace?)

    func look() async -> Seen {
        switch place {
        case .sqlite(let file): await sqlite(file)
        case .mongo(let url, let database): await mongo(url, database)
        }
    }

    // MARK: MongoDB

    private func mongo(_ url: String, _ database: String) async -> Seen {
        let looked = await within(Checkup.patience, clock) { () async -> Result<MongoInspection, StoreError> in
            do throws(StoreError) {
                return .success(try await MongoInspection.look(url: url, database: database))
            } catch {
                return .failure(error)
            }
        }
        switch looked {
        case .success(let inspection): return ([report(inspection)], inspection.clubGroup)
        case .failure(let error): return ([trouble(error)], nil)
        case nil:
            let seen = "\(place) gives no answer within \(Checkup.patience.wholeSeconds) s"
            return ([.fault(Self.subject, seen, advice: "look at the server and its log, or correct MONGO_URL.")], nil)
        }
    }

    private func trouble(_ error: StoreError) -> Finding {
        switch error {
        case .unavailable(_, let code) where StoreOpening.refusedUser.contains(code):
            .fault(
                Self.subject,
                "\(place) refuses user or password (code \(code))",
                advice: "correct MONGO_URL; special characters are written as %XX, and ?authSource= names the database"
                    + " that knows the user."
            )
        case .unavailable(_, let code):
            .fault(
                Self.subject,
                "\(place) does not answer (code \(code))",
                advice: "start the server, or correct MONGO_URL; from this machine its port has to be open."
            )
        case .corrupt(_, let detail):
            .fault(Self.subject, "\(place) cannot be looked at: \(detail)", advice: "correct MONGO_URL.")
        case .missing, .conflict:
            .fault(Self.subject, "\(place) cannot be looked at", advice: "look at the server's log.")
        }
    }

    private func report(_ inspection: MongoInspection) -> Finding {
        let seen = "\(place), server \(PlainText.line(inspection.server, limit: 40))"
        switch inspection.form {
        case .current where inspection.missingIndexes > 0:
            return .warning(
                Self.subject,
                "\(seen), \(inspection.missingIndexes) indexes are missing",
                advice: "start the club once: it makes them."
            )
        case .current:
            return .ok(Self.subject, "\(seen), the club's database")
        case .empty:
            return .ok(Self.subject, "\(seen), empty; the first start makes the club in it")
        case .newer:
            return .fault(
                Self.subject,
                "\(seen): the database was made by a newer version than \(Version.current)",
                advice: "start that version, or restore the backup from before it."
            )
        case .foreign(let collection):
            return .fault(
                Self.subject,
                "\(seen): it holds documents of another program, in \(PlainText.line(collection, limit: 60))",
                advice: "choose another DB_NAME; where it is the predecessor's database, bring it in by fomo import."
            )
        }
    }

    // MARK: SQLite

    private func sqlite(_ file: URL) async -> Seen {
        guard FileManager.default.fileExists(atPath: file.path) else {
            return ([.ok(Self.subject, "\(place) is not there; the first start makes it")], nil)
        }
        let looked = await within(Checkup.patience, clock) {
            Result { () throws(StoreError) in try SQLiteInspection.look(at: file.path) }
        }
        guard let looked else {
            let finding = Finding.warning(
                Self.subject,
                "\(place): looking through it takes more than \(Checkup.patience.wholeSeconds) s",
                advice: "look at it at leisure: sqlite3 '\(file.path)' 'PRAGMA quick_check'"
            )
            return ([finding], nil)
        }
        switch looked {
        case .failure(let error):
            return ([unreadable(error)], nil)
        case .success(let inspection):
            return ([report(inspection)], inspection.clubGroup)
        }
    }

    private func unreadable(_ error: StoreError) -> Finding {
        switch error {
        case .corrupt(_, let detail):
            .fault(
                Self.subject,
                "\(place) is damaged or no database (\(detail))",
                advice: "stop the club, keep the file aside, and restore the backup."
            )
        case .unavailable(_, let code):
            .fault(
                Self.subject,
                "\(place) cannot be read (SQLite's code \(code))",
                advice: "look at the owner and the rights of the file and its folder, and at the disk."
            )
        case .missing, .conflict:
            .fault(Self.subject, "\(place) cannot be read", advice: "restore the backup.")
        }
    }

    private func report(_ inspection: SQLiteInspection) -> Finding {
        let size = inspection.bytes.formatted(.byteCount(style: .decimal))
        switch inspection.form {
        case .foreign:
            return .fault(
                Self.subject,
                "\(place) is another program's database",
                advice: "set DATA_DIR to the club's own folder, or restore the backup."
            )
        case .newer:
            return .fault(
                Self.subject,
                "\(place) was written by a newer version than \(Version.current)",
                advice: "start that version, or restore the backup from before it."
            )
        case .current, .older:
            guard inspection.damage.isEmpty else {
                return .fault(
                    Self.subject,
                    "\(place) is damaged: \(PlainText.line(inspection.damage.joined(separator: "; "), limit: 200))",
                    advice: "stop the club, keep the file aside, and restore the backup."
                )
            }
            let form = inspection.form == .older ? "; the next start brings it up to date" : ""
            return .ok(Self.subject, "\(place), \(size), whole\(form)")
        }
    }
}
