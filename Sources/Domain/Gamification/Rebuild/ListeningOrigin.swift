/// The days on which members listened to episodes.
public struct ListeningOrigin: LedgerOrigin {
    /// How many days are read at a time.
    private static let page = 200

    let days: any ListeningDayStore

    public init(store: any ClubStore) {
        days = store.listeningDays
    }

    public func eachPortion(
        _ take: ([XPTransaction]) async throws(StoreError) -> Void
    ) async throws(StoreError) {
        var last: ListeningDayID?
        while true {
            let found = try await days.days(after: last, limit: Self.page)
            guard let end = found.last else { return }
            try await take(found.flatMap(\.lines))
            last = end.id
        }
    }
}
