import Domain
import Foundation

/// Why everything that a store keeps did not get to another place. One line each, that says what to do.
enum TransferFault: Error, Equatable, CustomStringConvertible {
    /// A store failed. `place`: which one, as it calls itself.
    case store(StoreError, place: String)
    /// There is nothing to carry over.
    case empty(place: String)
    /// The place that is to be filled holds something. `what`: a store or a folder.
    case notEmpty(what: String)
    /// The store is a copy that was begun and not finished, of another source than this one.
    case unfinished(place: String, source: String)
    /// The store's XP ledger was being made anew, and that was not finished.
    case unfinishedRebuild(place: String)
    /// A club runs on the store, elsewhere.
    case running(place: String, where: String)
    /// After everything was carried over, the two sides do not hold the same.
    case differs(StoredCollection, place: String)
    /// A file or folder cannot be read or written. `code`: the system's error number.
    case file(String, code: Int32)
    /// There is something already where the backup is to be written.
    case exists(String)
    /// The folder is no backup.
    case noBackup(String)
    /// A file of the backup is not as it was written.
    case damaged(file: String, detail: String)
    /// The backup was written by a newer version of this program.
    case newer(file: String)

    var description: String {
        switch self {
        case .store(let error, let place): "\(place): \(Self.text(error))"
        case .empty(let place): "\(place) holds nothing yet; is it the right one?"
        case .notEmpty(let what): "\(what) is not empty; it is left as it is. Name an empty place."
        case .unfinished(let place, let source):
            "\(place) holds an unfinished copy of \(source): finish that one, or empty it first."
        case .unfinishedRebuild(let place):
            "the XP ledger of \(place) is only half made anew. Finish it: fomo admin rebuild-xp."
        case .running(let place, let elsewhere): "a club runs on \(place), at \(elsewhere). Stop it first."
        case .differs(let collection, let place):
            "after copying, '\(collection.rawValue)' of \(place) is not what the source holds. Empty \(place) and begin"
                + " again, with no club running on the source."
        case .file(let path, let code): "'\(path)': \(String(cString: strerror(code)))."
        case .exists(let path): "'\(path)' is there already; name a folder that is not there yet."
        case .noBackup(let path): "'\(path)' is no backup: it has no manifest.json."
        case .damaged(let file, let detail): "'\(file)' is damaged (\(detail)); the backup cannot be used."
        case .newer(let file): "'\(file)' was written by a newer version of this program; use that one."
        }
    }

    private static func text(_ error: StoreError) -> String {
        switch error {
        case .missing(let collection): "something is missing in '\(collection)'."
        case .conflict(let collection): "'\(collection)' holds something else already that has to be unique."
        case .unavailable(let source, let code): "it cannot be reached or written to (\(source), code \(code))."
        case .corrupt(let collection, let detail): "'\(collection)' cannot be read: \(detail)."
        }
    }
}

extension TransferFault {
    /// What the file system says about a file or folder.
    static func file(_ url: URL, _ error: any Error) -> TransferFault {
        if let error = error as? TransferFault { return error }
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
        if let code = (error as? POSIXError ?? underlying as? POSIXError)?.code {
            return .file(url.path, code: code.rawValue)
        }
        let code =
            switch (error as? CocoaError)?.code {
            case .fileNoSuchFile, .fileReadNoSuchFile: ENOENT
            case .fileReadNoPermission, .fileWriteNoPermission: EACCES
            case .fileWriteOutOfSpace: ENOSPC
            case .fileWriteVolumeReadOnly: EROFS
            default: EIO
            }
        return .file(url.path, code: code)
    }

    /// Runs a call of a store, whose errors then name the store.
    static func naming<Value>(
        _ place: String,
        _ body: () async throws(StoreError) -> Value
    ) async throws(TransferFault) -> Value {
        do {
            return try await body()
        } catch {
            throw .store(error, place: place)
        }
    }

    /// - Throws: `.unfinishedRebuild` where a store's XP ledger is not whole.
    static func refuseUnfinishedRebuild(_ store: any ClubStore) async throws(TransferFault) {
        let isUnfinished = try await naming(store.summary) { () throws(StoreError) in
            try await LedgerRebuild.isUnfinished(in: store)
        }
        if isUnfinished { throw .unfinishedRebuild(place: store.summary) }
    }

    /// Reads a store as it is at this moment; the reader is ended behind `body`, however that ends.
    static func reading<Value>(
        _ store: any ClubStore,
        _ body: (any StoreReader) async throws(TransferFault) -> Value
    ) async throws(TransferFault) -> Value {
        let reader = try await naming(store.summary) { () throws(StoreError) in try await store.reader() }
        do {
            let value = try await body(reader)
            await reader.end()
            return value
        } catch {
            await reader.end()
            throw error
        }
    }
}
