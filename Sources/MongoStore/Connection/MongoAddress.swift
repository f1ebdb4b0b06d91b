import CMongoC
import Domain
import Foundation

/// Where a MongoDB server is and how it is spoken to: a connection string whose gaps are filled with limits, so that
/// no call waits for ever. Source: mongodb.com/docs/manual/reference/connection-string.
///
/// It never shows the user or the password.
final class MongoAddress: @unchecked Sendable, CustomStringConvertible {
    /// Used for reading after it was set up; libmongoc copies it.
    let uri: OpaquePointer
    /// The servers as `host:port`, several with commas between them.
    let hosts: String
    /// How many connections there may be, and with that how many calls at the same time.
    let connections: Int

    /// What is set where the connection string says nothing, in milliseconds or as a number.
    private static let defaults: [(option: String, value: Int32)] = [
        (MONGOC_URI_CONNECTTIMEOUTMS, 5_000),
        (MONGOC_URI_SERVERSELECTIONTIMEOUTMS, 5_000),
        (MONGOC_URI_SOCKETTIMEOUTMS, 10_000),
        (MONGOC_URI_MAXPOOLSIZE, 16),
    ]

    /// - Parameter text: A connection string, `mongodb://…` or `mongodb+srv://…`.
    /// - Throws: `.corrupt` with what is wrong with it, without the text itself.
    init(_ text: String) throws(StoreError) {
        MongoLibrary.start()
        var error = bson_error_t()
        guard let uri = mongoc_uri_new_with_error(text, &error) else {
            throw .corrupt(collection: "MongoDB", detail: "the connection string cannot be read")
        }
        self.uri = uri
        for (option, value) in Self.defaults where !mongoc_uri_has_option(uri, option) {
            mongoc_uri_set_option_as_int32(uri, option, value)
        }
        Self.readWhatWasWritten(uri)
        connections = Int(max(1, mongoc_uri_get_option_as_int32(uri, MONGOC_URI_MAXPOOLSIZE, 16)))
        var names: [String] = []
        var host = mongoc_uri_get_hosts(uri)
        while let current = host {
            let name = withUnsafeBytes(of: current.pointee.host_and_port) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            names.append(name)
            host = UnsafePointer(current.pointee.next)
        }
        if names.isEmpty, let name = mongoc_uri_get_srv_hostname(uri) { names = [String(cString: name)] }
        hosts = names.joined(separator: ",")
    }

    deinit {
        mongoc_uri_destroy(uri)
    }

    var description: String { "MongoDB at \(hosts)" }

    /// Whatever the connection string says, reads see every write that was answered: they go to the primary, which has
    /// them at once. Some commands know no read concern.
    private static func readWhatWasWritten(_ uri: OpaquePointer) {
        let preferences = mongoc_read_prefs_new(MONGOC_READ_PRIMARY)
        mongoc_uri_set_read_prefs_t(uri, preferences)
        mongoc_read_prefs_destroy(preferences)
        let concern = mongoc_read_concern_new()
        mongoc_uri_set_read_concern(uri, concern)
        mongoc_read_concern_destroy(concern)
    }
}

/// libmongoc's own beginning. There is no end: its parts live as long as the process.
enum MongoLibrary {
    private static let started: Void = {
        // The other way round, what the beginning itself has to say would stand in the program's log.
        cmongoc_be_silent()
        mongoc_init()
    }()

    static func start() {
        _ = started
    }
}
