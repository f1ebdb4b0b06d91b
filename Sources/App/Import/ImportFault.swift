import Domain

/// Why a predecessor's database does not come in. One line each, that says what to do; what came in before stays, and
/// doing it again goes on.
enum ImportFault: Error, Equatable, CustomStringConvertible {
    /// The database has no documents.
    case empty(database: String)
    /// The database is a club's of this program.
    case ours(database: String)
    /// The database is neither this program's nor the predecessor's.
    case unknown(database: String)
    /// The server of the database cannot be used.
    case unreachable(StoreError)
    /// The folder of the audio files is none.
    case noFolder(String)
    /// A file could not be copied. `detail`: what the system says.
    case fileNotCopied(String, detail: String)
    /// A store failed. `place`: which one, as it calls itself.
    case store(StoreError, place: String)

    var description: String {
        switch self {
        case .empty(let database): "\(database) is empty; is --database the right name?"
        case .ours(let database):
            "\(database) is a club of this program already: set MONGO_URL and DB_NAME to use it, or copy it with"
                + " `fomo store copy`."
        case .unknown(let database):
            "\(database) is not a database of the predecessor: neither 'users' nor 'podcasts' look like it. Is"
                + " --database the right name?"
        case .unreachable(let error): "IMPORT_MONGO_URL: the predecessor's database: \(Self.text(error))"
        case .noFolder(let path): "--media: '\(path)' is no folder that can be read."
        case .fileNotCopied(let name, let detail):
            "the file '\(name)' could not be copied (\(detail)); put that right and import again."
        case .store(let error, let place): "\(place): \(Self.text(error)) What came in stays; import again to go on."
        }
    }

    private static func text(_ error: StoreError) -> String {
        switch error {
        case .missing(let collection): "something is missing in '\(collection)'."
        case .conflict(let collection): "'\(collection)' holds something else that has to be unique; is a club running?"
        case .unavailable(let source, let code): "it does not answer, or refuses the user (\(source), code \(code))."
        case .corrupt(let collection, let detail): "'\(collection)' cannot be used: \(detail)."
        }
    }

    /// Runs a call of a store, whose errors then name the store.
    static func naming<Value>(
        _ place: String,
        _ body: () async throws(StoreError) -> Value
    ) async throws(ImportFault) -> Value {
        do {
            return try await body()
        } catch {
            throw .store(error, place: place)
        }
    }
}
