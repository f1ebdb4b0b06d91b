import Foundation

@testable import Domain

extension Fixtures {
    /// Figures of show 1 with everything in them, and of show 2 with nothing.
    public static func showFigureRecords(now: Date) -> [EntityRecord<ShowFigures>] {
        var tally = ShowTally(from: now)
        for batch in roomBatches(now: now) { tally.take(batch) }
        for interval in attendance(now: now) { tally.take(interval) }
        let end = now.addingTimeInterval(3_600)
        let full = tally.figures(of: show(1).id, until: end, told: 9, opened: 8, isFinal: true)
        let empty = ShowTally(from: now).figures(of: show(2).id, until: now, told: nil, opened: 0, isFinal: false)
        return [
            EntityRecord(full, causes: [AppliedCause(cause: cause(1), at: now)]), EntityRecord(empty, causes: []),
        ]
    }

    /// A day on which messages came to every end.
    public static func deliveryRecords(now: Date) -> [EntityRecord<DeliveryDay>] {
        var day = DeliveryDay(day: monday, after: OutboxPlace(settledAt: .distantPast, sequence: 0))
        for (index, state) in OutboxRecord.State.allCases.enumerated() {
            var record = OutboxRecord(sequence: Int64(index), draft: draft("\(index)"), createdAt: now, state: state)
            record.settledAt = [.queued, .sending].contains(state) ? nil : now.addingTimeInterval(Double(index))
            record.reason = state == .failed ? "no \"reason\"" : nil
            day.take(record)
        }
        return [EntityRecord(day, causes: [AppliedCause(cause: cause(1), at: now)])]
    }
}
