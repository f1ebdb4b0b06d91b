import Foundation

/// How many people were in a show, whatever their devices.
public struct AttendanceReport: Equatable, Sendable {
    /// Everybody who was in the room between beginning and end.
    public private(set) var people = 0
    /// The most at once.
    public private(set) var peak = 0
    /// So many on average over the whole show.
    public private(set) var average = 0.0
    /// Everybody who was on stage.
    public private(set) var speakers = 0

    /// Counts a show that began and ended at these moments; who is still there counts until its end.
    public init(_ intervals: [AttendanceInterval], from start: Date, to end: Date) {
        let speaking = intervals.filter { $0.part == .stage && $0.from < end }
        speakers = Set(speaking.map(\.member)).count
        let stays = Self.stays(intervals, from: start, to: end)
        people = stays.count { !$0.isEmpty }
        let total = stays.joined().reduce(0) { $0 + $1.to.timeIntervalSince($1.from) }
        var present = 0
        for change in Self.changes(of: stays) {
            present += change.change
            peak = max(peak, present)
        }
        let length = end.timeIntervalSince(start)
        if length > 0 { average = total / length }
    }

    /// How the number of people in the room changes between these moments, in the order of time.
    static func changes(
        _ intervals: [AttendanceInterval],
        from start: Date,
        to end: Date
    ) -> [(at: Date, change: Int)] {
        changes(of: stays(intervals, from: start, to: end))
    }

    /// Who goes at the moment when another one comes makes room first.
    private static func changes(of stays: [[(from: Date, to: Date)]]) -> [(at: Date, change: Int)] {
        let changes = stays.joined().flatMap { [(at: $0.from, change: 1), (at: $0.to, change: -1)] }
        return changes.sorted { ($0.at, $0.change) < ($1.at, $1.change) }
    }

    /// When each person was there.
    private static func stays(
        _ intervals: [AttendanceInterval],
        from start: Date,
        to end: Date
    ) -> [[(from: Date, to: Date)]] {
        let seats = intervals.filter { if case .seat = $0.part { true } else { false } }
        return Dictionary(grouping: seats, by: \.member).values.map { joined($0, from: start, to: end) }
    }

    /// When one person was there, by whatever device, within the show.
    private static func joined(
        _ seats: [AttendanceInterval],
        from start: Date,
        to end: Date
    ) -> [(from: Date, to: Date)] {
        var stays: [(from: Date, to: Date)] = []
        for seat in seats.sorted(by: { $0.from < $1.from }) {
            let from = max(seat.from, start)
            let to = min(seat.to ?? end, end)
            guard from < to else { continue }
            if let last = stays.last, from <= last.to {
                stays[stays.count - 1].to = max(last.to, to)
            } else {
                stays.append((from, to))
            }
        }
        return stays
    }
}

extension AttendanceStore {
    /// How many people were in a show.
    public func report(
        of session: LiveSessionID,
        from start: Date,
        to end: Date
    ) async throws(StoreError) -> AttendanceReport {
        var intervals: [AttendanceInterval] = []
        while true {
            let page = try await self.intervals(of: session, after: intervals.last?.id, limit: 1_000)
            intervals += page
            if page.count < 1_000 { break }
        }
        return AttendanceReport(intervals, from: start, to: end)
    }
}
