import Foundation
import NIOCore

/// How messages reached their listeners.
struct SpeakingReport: CustomStringConvertible {
    let took: Duration
    /// From sending to hearing, for each message and listener.
    let delays: [TimeAmount]
    /// Of the server, from the first message to the last.
    let processor: Duration?

    var description: String {
        let sorted = delays.sorted()
        var parts = [
            "\((Double(delays.count) / (took / .seconds(1))).formatted(0)) deliveries/s",
            "p50 \(milliseconds(sorted, 0.5)) ms",
            "p99 \(milliseconds(sorted, 0.99)) ms",
        ]
        if let processor {
            let perMillion = processor / .seconds(1) / Double(max(1, delays.count)) * 1_000_000
            parts.append("\(perMillion.formatted(2)) CPU s per million")
        }
        return parts.joined(separator: ", ")
    }

    private func milliseconds(_ sorted: [TimeAmount], _ share: Double) -> String {
        guard !sorted.isEmpty else { return "-" }
        let index = min(sorted.count - 1, Int(Double(sorted.count) * share))
        return (Double(sorted[index].nanoseconds) / 1_000_000).formatted(1)
    }
}

extension Double {
    /// With so many digits behind the point.
    func formatted(_ digits: Int) -> String {
        String(format: "%.\(digits)f", self)
    }
}
