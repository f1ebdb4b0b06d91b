import Domain
import Logging
import Testing

@testable import MongoStore

extension StoreBench {
    /// The wire-protocol server's empty database.
    static func onWire() async throws -> StoreBench {
        try await #require(MongoServer.all.first).bench()
    }

    /// Lets the server fail commands on a collection of this store until `unfail`, or so many times: as a rule it loses
    /// the connection before it carries them out.
    func fail(
        _ commands: [String],
        on collection: String,
        _ fault: BSON = ["closeConnection": true],
        times: Int64? = nil
    ) async throws {
        let mode: BSON = times.map { ["times": .integer($0)] } ?? "alwaysOn"
        try await configure(mode, collection, fault.with(["failCommands": .strings(commands)]))
    }

    /// Ends what `fail` began.
    func unfail(_ collection: String) async throws {
        try await configure("off", collection, ["failCommands": ["none"], "closeConnection": true])
    }

    /// Runs something beneath the store's ports.
    func beneath<Value: Sendable>(_ body: @escaping @Sendable (MongoClient) throws -> Value) async throws -> Value {
        let store = try #require(store as? MongoClubStore)
        return try await store.database.run(MongoCall("test", "test"), body)
    }

    /// One round of the sweep.
    func sweep() async throws {
        let store = try #require(store as? MongoClubStore)
        try await store.sweep(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }).heal()
    }

    /// Returns when the server was asked this of a collection of this store.
    func awaitJournal(_ command: String, on collection: String, filter: BSON) async throws {
        let used = try #require(store as? MongoClubStore).database.connection
        let connection = try MongoConnection(used.address, database: used.database)
        var hasCome = false
        while !hasCome {
            hasCome = try await connection.run(MongoCall("database", "journal")) { client in
                let entries = try client.read(["fomoJournal": 1, "collection": .string(collection)])
                return (entries["cursor.firstBatch"]?.array ?? []).contains { entry in
                    entry["command"]?.string == command
                        && (filter.fields ?? []).allSatisfy { entry["filter"]?[$0.name] == $0.value }
                }
            }
        }
        await connection.close()
    }

    private func configure(_ mode: BSON, _ collection: String, _ data: BSON) async throws {
        let connection = try #require(store as? MongoClubStore).database.connection
        let namespace = BSON.string("\(connection.database).\(collection)")
        let admin = try MongoConnection(connection.address, database: "admin")
        try await admin.run(MongoCall("admin", "fail")) { client in
            _ = try client.read([
                "configureFailPoint": "failCommand", "mode": mode, "data": data.with(["namespace": namespace]),
            ])
        }
        await admin.close()
    }
}
