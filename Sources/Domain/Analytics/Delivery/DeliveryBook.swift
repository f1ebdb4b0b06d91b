import Foundation

/// Counts messages that were sent or given up, each once, before they are forgotten.
///
/// What was counted and how far the counting has come are one document, changed in one step; so neither a crash nor a
/// second process counts a message twice.
public struct DeliveryBook: Sendable {
    /// A message is counted so long after it was settled, when whatever was settled before it is stored, by whichever
    /// process and its clock.
    static let lag: Duration = .seconds(120)
    /// So far back messages are kept.
    private static let lookBack = 31
    static let page = 500

    private let store: any ClubStore
    private let clock: any ClubClock

    public init(store: any ClubStore, clock: any ClubClock) {
        self.store = store
        self.clock = clock
    }

    /// Counts everything that is due.
    public func keep() async throws(ChangeFailure) {
        let now = clock.now
        let zone = try await reading { () throws(StoreError) in try await store.settings.find(.club)?.zone ?? .gmt }
        var reached = try await reached(now: now, zone: zone)
        while let next = try await count(after: reached, now: now, zone: zone) { reached = next }
    }

    /// Of the days that can have uncounted messages the place that was reached last: it goes before all days, for
    /// another time zone may begin a day anew.
    private func reached(now: Date, zone: TimeZone) async throws(ChangeFailure) -> OutboxPlace {
        let today = ClubDay(now, in: zone)
        let days = (-Self.lookBack...1).map { DeliveryDayID(today.adding(days: $0)) }
        let store = store
        let found = try await reading { () throws(StoreError) in try await store.deliveryDays.find(ids: days) }
        return found.map(\.reached).max() ?? OutboxPlace(settledAt: .distantPast, sequence: 0)
    }

    /// Counts what comes first, of one day and one page.
    /// - Returns: Up to where everything is counted; nil where nothing is left.
    private func count(
        after place: OutboxPlace,
        now: Date,
        zone: TimeZone
    ) async throws(ChangeFailure) -> OutboxPlace? {
        let store = store
        let records = try await reading { () throws(StoreError) in
            try await store.outbox.settled(
                after: place,
                before: now.addingTimeInterval(-Self.lag.seconds),
                limit: Self.page
            )
        }
        guard let first = records.first?.settledAt else { return nil }
        let day = ClubDay(first, in: zone)
        let counted = records.prefix { $0.settledAt.map { ClubDay($0, in: zone) == day } ?? false }
        guard let end = counted.last.flatMap(OutboxPlace.init) else { return nil }
        let cause = Cause(rawValue: "count:\(Timestamp.milliseconds(end.settledAt)):\(end.sequence)")
        _ = try await store.deliveryDays.change(.id(DeliveryDayID(day)), cause: cause) { known in
            var known = known ?? DeliveryDay(day: day, after: place)
            // Another process may have counted some of them.
            for record in counted where OutboxPlace(record).map({ known.reached < $0 }) ?? false { known.take(record) }
            return Change(known)
        }
        return end
    }
}
