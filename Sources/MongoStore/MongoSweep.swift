import Domain
import Logging
import ServiceLifecycle

/// Hands on, every two seconds, what changes asked for whose writers were stopped before they had done it.
public struct MongoSweep: Service {
    static let period: Duration = .seconds(2)

    let database: MongoDatabase
    let logger: Logger

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var isFailing = false
            while !Task.isCancelled {
                do {
                    try await heal()
                    isFailing = false
                } catch {
                    if !isFailing { logger.error("MongoDB cannot be swept", metadata: ["error": "\(error)"]) }
                    isFailing = true
                }
                try? await database.clock.sleep(for: Self.period)
            }
        }
    }

    /// One round over every collection.
    /// - Throws: `.corrupt` where a document cannot be read; the others are healed then.
    func heal() async throws(StoreError) {
        let database = database
        try await database.run(MongoCall("database", "sweep")) { client in
            try database.unfinished.finish(client)
            let damage = try MongoEffects(database: database, client: client).healAll()
            try MongoLedger(client: client, now: database.clock.now).forgetEmptied()
            if let first = damage.first { throw first }
        }
    }
}
