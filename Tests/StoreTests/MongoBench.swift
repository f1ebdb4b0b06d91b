import Domain
import Foundation
import MongoStore
import TestSupport
import Testing

/// A MongoDB server for tests: a real one where `TEST_MONGO_URL` names it, else the wire-protocol server that
/// `Scripts/test` starts and names in `TEST_WIRE_URL`.
struct MongoServer: Sendable, CustomTestStringConvertible {
    let url: String
    /// Whether it loses the answer of each write once after it has carried it out.
    let dropsAnswers: Bool
    /// Whether it can tell which commands came: the wire-protocol server can.
    var keepsJournal = false

    /// Every way in which the contract is to be kept here; empty where there is no server.
    static let all: [MongoServer] = {
        let environment = ProcessInfo.processInfo.environment
        var servers: [MongoServer] = []
        if let url = environment["TEST_WIRE_URL"] {
            servers = [
                MongoServer(url: url, dropsAnswers: false, keepsJournal: true),
                MongoServer(url: url, dropsAnswers: true),
            ]
        }
        if let url = environment["TEST_MONGO_URL"] { servers.append(MongoServer(url: url, dropsAnswers: false)) }
        return servers
    }()

    var testDescription: String {
        dropsAnswers ? "every write's answer lost once" : url.contains("@") ? "a real server" : url
    }

    /// A name that no other test uses. The server loses answers by the name's end.
    func newDatabase() -> String {
        "fomo_test_\(UUID().uuidString.prefix(18).lowercased())\(dropsAnswers ? "_dropping" : "")"
    }

    /// An empty store in a database of its own.
    func bench() async throws -> StoreBench {
        let database = newDatabase()
        let url = url
        return try await StoreBench { signal, clock in
            try await MongoClubStore.open(url: url, database: database, signal: signal, clock: clock)
        }
    }
}
