import CMongoC
import Domain

/// Why a command came to nothing, as far as the store has to know.
enum MongoFailure: Error, Equatable {
    /// The server was not reached, did not answer in time, or is not able to at the moment. A write may have been
    /// carried out all the same.
    case unreachable(code: Int)
    /// A unique index holds a value already.
    case duplicate
    /// The server refuses for good.
    case refused(code: Int)

    /// Codes of the server that pass: an election, a shutdown, an interruption, a time limit, a lock that is not free, an
    /// index that is being made, a full disk.
    /// Source: github.com/mongodb/specifications, retryable-reads; error_codes.yml.
    private static let passing: Set<Int> = [
        6, 7, 24, 43, 46, 50, 63, 64, 89, 91, 112, 117, 133, 134, 150, 189, 202, 234, 237, 262, 9001, 10058, 10107,
        11600,
        11601, 11602, 12586, 12587, 13435, 13436, 14031,
    ]
    /// Authentication failed, as the library calls it; unauthorised and authentication failed, as the server does.
    static let rights: Set<Int> = [Int(MONGOC_ERROR_CLIENT_AUTHENTICATE.rawValue), 13, 18]

    init(serverCode code: Int) {
        switch code {
        case 11000, 11001, 12582: self = .duplicate
        case _ where Self.passing.contains(code) || Self.rights.contains(code): self = .unreachable(code: code)
        default: self = .refused(code: code)
        }
    }

    /// - Parameter error: As libmongoc fills it, in the second version of its error interface.
    init(_ error: bson_error_t) {
        let code = Int(error.code)
        switch error.domain {
        case UInt32(MONGOC_ERROR_SERVER.rawValue), UInt32(MONGOC_ERROR_WRITE_CONCERN.rawValue):
            self.init(serverCode: code)
        // libmongoc calls a command's argument wrong also where the server went away while it was put together.
        case UInt32(MONGOC_ERROR_BSON.rawValue):
            self = .refused(code: code)
        default:
            self = .unreachable(code: code)
        }
    }

    /// What it means to the caller of a store.
    func storeError(during call: MongoCall) -> StoreError {
        switch self {
        case .unreachable(let code): .unavailable(source: "MongoDB \(call.source)", code: code)
        case .duplicate: .conflict(collection: call.collection)
        case .refused(let code): .corrupt(collection: call.collection, detail: "MongoDB answered with code \(code)")
        }
    }
}

/// What is being done with a store, for the errors that come of it.
struct MongoCall: Sendable {
    /// The collection that it is about.
    let collection: String
    let name: String

    init(_ collection: String, _ name: String) {
        self.collection = collection
        self.name = name
    }

    /// As an error names it, such as `users.change`.
    var source: String { "\(collection).\(name)" }
}
