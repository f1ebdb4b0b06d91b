import Domain
import Foundation

/// What all parts of the store share: the connection, and whom to tell of new messages.
final class MongoDatabase: Sendable {
    let connection: MongoConnection
    let signal: OutboxSignal
    let clock: any ClubClock
    /// Changes of one document wait for one another here, so that they do not race within this process.
    let turns = Turns()
    let unfinished = MongoUnfinished()

    init(connection: MongoConnection, signal: OutboxSignal, clock: any ClubClock) {
        self.connection = connection
        self.signal = signal
        self.clock = clock
    }

    func run<Value: Sendable>(
        _ call: MongoCall,
        _ body: @escaping @Sendable (MongoClient) throws -> Value
    ) async throws(StoreError) -> Value {
        try await connection.run(call, body)
    }

    /// Stores drafts, and tells who sends which of them are new.
    func append(_ drafts: [OutboxDraft], now: Date, with client: MongoClient) throws {
        let added: [OutboxDraft]
        do {
            added = try MongoOutbox(client: client).append(drafts, now: now)
        } catch {
            unfinished.add(drafts.map { MongoConversation(bot: $0.bot, chat: $0.chat) })
            throw error
        }
        if !added.isEmpty { signal.committed(added) }
    }
}
