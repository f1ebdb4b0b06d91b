/// What the rounds of a race have shown: medians, one line for each server and size.
struct RaceTable {
    /// What one server did with one crowd.
    struct Round {
        var joining: JoiningReport?
        var speaking: [String: SpeakingReport] = [:]
    }

    private struct Line {
        let name: String
        let listeners: Int
        var rounds: [Round] = []

        /// Deliveries and messages that were missing in any round.
        var lost: Int {
            rounds.flatMap(\.speaking.values).reduce(0) { $0 + $1.lost + $1.refused }
        }

        func median(_ digits: Int, _ value: (Round) -> Double?) -> String {
            let values = rounds.compactMap(value).sorted()
            return values.isEmpty ? "-" : values[values.count / 2].formatted(digits)
        }

        func median(of load: String, _ digits: Int, _ value: (SpeakingReport) -> Double?) -> String {
            median(digits) { $0.speaking[load].flatMap(value) }
        }
    }

    static let oneAtATime = "one at a time"
    static let burst = "16 in flight"
    static let rates = ["1 a second", "5 a second", "20 a second"]

    private var lines: [Line] = []

    mutating func add(_ round: Round, of name: String, listeners: Int) {
        let index = lines.firstIndex { $0.name == name && $0.listeners == listeners }
        if index == nil { lines.append(Line(name: name, listeners: listeners)) }
        lines[index ?? lines.count - 1].rounds.append(round)
    }
}

extension RaceTable: CustomStringConvertible {
    /// Markdown.
    var description: String {
        let titles = [
            "one at a time /s", "16 in flight /s", "CPU s per million", "joined in s", "KiB per socket", "lost",
        ]
        let speed = table(titles) { line in
            [
                line.median(of: Self.oneAtATime, 0) { $0.perSecond },
                line.median(of: Self.burst, 0) { $0.perSecond },
                line.median(of: Self.burst, 2) { $0.processorPerMillion },
                line.median(2) { $0.joining?.seconds },
                line.median(1) { $0.joining?.memoryPerSocket },
                "\(line.lost)",
            ]
        }
        let delays = table(Self.rates.map { "\($0): p50, p99 ms; CPU s per million" }) { line in
            Self.rates.map { rate in
                let parts = [
                    line.median(of: rate, 1) { $0.median },
                    line.median(of: rate, 1) { $0.longest },
                    line.median(of: rate, 2) { $0.processorPerMillion },
                ]
                return "\(parts[0]), \(parts[1]); \(parts[2])"
            }
        }
        return speed + "\n" + delays
    }

    private func table(_ titles: [String], _ cells: (Line) -> [String]) -> String {
        let head = ["listeners", ""] + titles
        let rows = lines.map { ["\($0.listeners)", $0.name] + cells($0) }
        return ([head, head.map { _ in "---" }] + rows)
            .map { "| " + $0.joined(separator: " | ") + " |\n" }
            .joined()
    }
}
