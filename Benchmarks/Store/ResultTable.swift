import Domain
import Foundation

/// The results as a table in Markdown, one line for each operation.
struct ResultTable {
    let store: String
    let sizes: [Int]
    private var order: [String] = []
    private var results: [String: [Int: Measurement]] = [:]

    init(store: String, sizes: [Int]) {
        self.store = store
        self.sizes = sizes
    }

    mutating func add(_ measurement: Measurement, size: Int) {
        if results[measurement.operation] == nil { order.append(measurement.operation) }
        results[measurement.operation, default: [:]][size] = measurement
    }

    var text: String {
        let heads = sizes.map { "\($0): per s | median ms | p99 ms" }
        var lines = ["| \(store) | \(heads.joined(separator: " | ")) | cost, last to first |"]
        lines.append(String(repeating: "|---", count: 2 + sizes.count * 3) + "|")
        for operation in order {
            guard let line = results[operation] else { continue }
            let cells = sizes.compactMap { line[$0] }.map { result in
                "\(number(result.rate)) | \(milliseconds(result.median)) | \(milliseconds(result.percentile99))"
            }
            lines.append("| \(operation) | \(cells.joined(separator: " | ")) | \(ratio(line)) |")
        }
        return lines.joined(separator: "\n")
    }

    private func ratio(_ line: [Int: Measurement]) -> String {
        guard let first = sizes.first.flatMap({ line[$0] }), let last = sizes.last.flatMap({ line[$0] }) else {
            return ""
        }
        return "\(number(last.median.seconds / first.median.seconds))×"
    }

    private func milliseconds(_ duration: Duration) -> String { number(duration.seconds * 1000) }

    private func number(_ value: Double) -> String {
        String(format: value < 10 ? "%.2f" : "%.0f", value)
    }
}
