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

    /// Codes of the server that pass: an election, a shutdown, an interruption, a time limit.
    /// Source: github.com/mongodb/specifications, retryable-reads; error_codes.yml.
    private static let passing: Set<Int> = [
        6, 7, 43, 50, 63, 64, 89, 91, 133, 150, 189, 202, 234, 262, 9001, 10107, 11600, 11602, 13435, 13436,
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
        case UInt32(MONGOC_ERROR_BSON.rawValue), UInt32(MONGOC_ERROR_COMMAND.rawValue):
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
