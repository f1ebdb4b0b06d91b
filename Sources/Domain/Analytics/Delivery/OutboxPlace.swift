import Foundation

/// The place of a message among those that were sent or given up: by when, then by its number.
public struct OutboxPlace: Codable, Comparable, Sendable {
    public let settledAt: Date
    public let sequence: Int64

    public init(settledAt: Date, sequence: Int64) {
        self.settledAt = settledAt
        self.sequence = sequence
    }

    /// - Returns: nil where it is still to be sent.
    public init?(_ record: OutboxRecord) {
        guard let settledAt = record.settledAt else { return nil }
        self.init(settledAt: settledAt, sequence: record.sequence)
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.settledAt, left.sequence) < (right.settledAt, right.sequence)
    }
}
