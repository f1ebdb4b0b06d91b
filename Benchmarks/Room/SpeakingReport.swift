import Foundation
import NIOCore

/// How messages reached their listeners.
struct SpeakingReport {
    /// From the first message to the last delivery.
    let seconds: Double
    /// From sending to hearing, in milliseconds; half of the deliveries took no longer.
    let median: Double
    /// The same for 99 of 100 deliveries.
    let longest: Double
    let deliveries: Int
    /// Seconds of a processor that the server took for a million deliveries.
    let processorPerMillion: Double?
    /// So many deliveries never came.
    let lost: Int
    /// So many messages the server did not take.
    let refused: Int

    var perSecond: Double { Double(deliveries) / seconds }

    /// `delays`: from sending to hearing, for each message and listener. `processor`: of the server, meanwhile.
    init(took: Duration, delays: [TimeAmount], processor: Duration?, lost: Int, refused: Int) {
        let sorted = delays.sorted()
        seconds = took / .seconds(1)
        median = Self.milliseconds(sorted, 0.5)
        longest = Self.milliseconds(sorted, 0.99)
        deliveries = delays.count
        processorPerMillion = processor.map { $0 / .seconds(1) / Double(max(1, delays.count)) * 1_000_000 }
        self.lost = lost
        self.refused = refused
    }

    private static func milliseconds(_ sorted: [TimeAmount], _ share: Double) -> Double {
        guard !sorted.isEmpty else { return .nan }
        let index = min(sorted.count - 1, Int(Double(sorted.count) * share))
        return Double(sorted[index].nanoseconds) / 1_000_000
    }
}

extension SpeakingReport: CustomStringConvertible {
    var description: String {
        var parts = [
            "\(perSecond.formatted(0)) deliveries/s",
            "p50 \(median.formatted(1)) ms",
            "p99 \(longest.formatted(1)) ms",
        ]
        if let processorPerMillion { parts.append("\(processorPerMillion.formatted(2)) CPU s per million") }
        parts.append("\(lost) lost")
        if refused > 0 { parts.append("\(refused) refused") }
        return parts.joined(separator: ", ")
    }
}

extension Double {
    /// With so many digits behind the point.
    func formatted(_ digits: Int) -> String {
        String(format: "%.\(digits)f", self)
    }
}
