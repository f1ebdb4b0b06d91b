/// Reads what a room's log got, with the words of its messages.
struct RoomLogReader: Sendable {
    /// How many batches are read at a time.
    static let page = 100

    let session: LiveSessionID
    let store: any ClubStore

    /// The batches behind a number, at most `page`; what was deleted has no words.
    func batches(after number: Int) async throws(StoreError) -> [RoomBatch] {
        let batches = try await store.roomLog.batches(of: session, after: number, limit: Self.page)
        let words = try await words(of: batches.flatMap(\.facts).compactMap(\.news.message?.id))
        return batches.map { batch in
            RoomBatch(
                session: batch.session,
                number: batch.number,
                seqBefore: batch.seqBefore,
                facts: batch.facts.map { $0.filled(with: words) }
            )
        }
    }

    func words(of ids: [RoomMessageID]) async throws(StoreError) -> [RoomMessageID: RoomMessage.Words] {
        guard !ids.isEmpty else { return [:] }
        let found = try await store.chatMessages.find(ids)
        return Dictionary(found.compactMap { message in message.words.map { (message.id, $0) } }) { first, _ in first }
    }
}
