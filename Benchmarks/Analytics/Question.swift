import Domain
import Foundation
import Synchronization

/// Something that people ask the club, or that the club writes down for them.
struct Question: Sendable {
    let name: String
    /// How often it is asked in one round.
    let calls: Int
    /// Asks once; the number is different in each call of the program's run.
    let body: @Sendable (_ number: Int) async throws -> Void

    /// What asking once takes.
    struct Cost: Sendable {
        let name: String
        let calls: Int
        let median: Duration
        /// Of 100 calls five take longer.
        let percentile95: Duration
    }

    private static let numbers = Atomic(0)

    /// Over all calls of several rounds, after a call that does not count.
    func cost(rounds: Int) async throws -> Cost {
        _ = try await asked()
        var times: [Duration] = []
        for _ in 0..<rounds * calls { times.append(try await asked()) }
        times.sort()
        return Cost(
            name: name,
            calls: times.count,
            median: times[times.count / 2],
            percentile95: times[min(times.count - 1, times.count * 95 / 100)]
        )
    }

    private func asked() async throws -> Duration {
        let number = Self.numbers.add(1, ordering: .relaxed).newValue
        let start = ContinuousClock.now
        try await body(number)
        return ContinuousClock.now - start
    }
}

/// What everything took, as a table in Markdown.
struct CostTable {
    /// No page may take longer.
    private static let limit: Duration = .milliseconds(200)

    let title: String
    var costs: [Question.Cost] = []

    var text: String {
        let lines = costs.map { cost in
            "| \(cost.name) | \(cost.calls) | \(milliseconds(cost.median)) | \(milliseconds(cost.percentile95)) |"
        }
        return (["| \(title) | calls | median ms | p95 ms |", "|---|---|---|---|"] + lines).joined(separator: "\n")
    }

    /// Of what takes too long, the names.
    var slow: [String] { costs.filter { $0.percentile95 > Self.limit }.map(\.name) }

    private func milliseconds(_ duration: Duration) -> String {
        let value = duration.seconds * 1_000
        return String(format: value < 10 ? "%.2f" : "%.0f", value)
    }
}
