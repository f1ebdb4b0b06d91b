/// The shows that have begun, with what happened in their rooms.
public struct ShowOrigin: LedgerOrigin {
    /// How many shows are read at a time.
    private static let page = 100

    let store: any ClubStore
    let scores: ShowScores

    public init(store: any ClubStore, clock: any ClubClock) {
        self.store = store
        scores = ShowScores(store: store, clock: clock)
    }

    public func eachPortion(
        _ take: ([XPTransaction]) async throws(StoreError) -> Void
    ) async throws(StoreError) {
        for listing in [LiveSessionListing.past, .cancelled, .upcoming] {
            var start = PageStart.first
            while true {
                let page = try await store.liveSessions.list(listing, from: start, limit: Self.page)
                for show in page.items where show.startedAt != nil { try await take(try await scores.lines(of: show)) }
                guard let next = page.next else { break }
                start = .after(next)
            }
        }
    }
}
