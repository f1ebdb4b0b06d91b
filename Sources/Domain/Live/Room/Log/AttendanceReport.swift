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
        let seats = intervals.filter { if case .seat = $0.part { true } else { false } }
        var changes: [(at: Date, change: Int)] = []
        var total = 0.0
        for (_, own) in Dictionary(grouping: seats, by: \.member) {
            let stays = Self.joined(own, from: start, to: end)
            if !stays.isEmpty { people += 1 }
            for stay in stays {
                changes += [(stay.from, 1), (stay.to, -1)]
                total += stay.to.timeIntervalSince(stay.from)
            }
        }
        var present = 0
        // Who goes at the moment when another one comes makes room first.
        for change in changes.sorted(by: { ($0.at, $0.change) < ($1.at, $1.change) }) {
            present += change.change
            peak = max(peak, present)
        }
        let length = end.timeIntervalSince(start)
        if length > 0 { average = total / length }
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
