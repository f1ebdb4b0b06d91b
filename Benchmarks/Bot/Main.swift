import ArgumentParser
import Foundation

/// `Scripts/bench bot`: how fast a bot answers what waits for it, beside bots made with well-known frameworks.
///
/// The frameworks' bots answer each update from memory; ours stores each update and each answer before it goes on.
@main
struct BotBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench bot",
        abstract: "Measures the bot against a queue of updates, beside aiogram and python-telegram-bot."
    )

    @Option(help: "How many updates wait.")
    var updates = 20_000

    @Option(help: "How often each bot is measured; the table shows the medians.")
    var rounds = 3

    @Option(help: "The program, from a release build.")
    var fomo = ".build/release/fomo"

    @Option(help: "Python with the frameworks. Without it our own bot is measured alone.")
    var python: String?

    @Option(help: "Which: speed, slow, kills, unreadable, large, outbox. All but the last where none is named.")
    var only: [Measurement] = []

    @Option(help: "To how many people the announcement goes whose delivery is measured.")
    var recipients = 5_000

    enum Measurement: String, CaseIterable, ExpressibleByArgument {
        case speed, slow, kills, unreadable, large, outbox

        /// Those beside other bots.
        static let usual = allCases.filter { $0 != .outbox }
    }

    func validate() throws {
        guard updates >= 100, rounds >= 1, recipients >= 100 else {
            throw ValidationError("There are at least 100 updates and recipients, and there is at least one round.")
        }
    }

    func run() async throws {
        let here = FileManager.default.currentDirectoryPath
        let own = Contender.fomo(fomo.hasPrefix("/") ? fomo : "\(here)/\(fomo)")
        let others = python.map { Contender.peers(python: $0, folder: "\(here)/Benchmarks/Bot/peers") } ?? []
        for measurement in only.isEmpty ? Measurement.usual : only {
            switch measurement {
            case .speed:
                try await speed("\(updates) updates, answered at once", own, others, .zero)
            case .slow:
                try await speed("\(updates) updates, 50 ms for each answer", own, others, .milliseconds(50))
            case .kills:
                try await kills(own, others)
            case .unreadable:
                try await unreadable(own, others)
            case .large:
                try await large(own)
            case .outbox:
                try await outbox(own)
            }
        }
    }

    /// All bots in turn, so that what else the machine does meets all of them.
    private func speed(_ title: String, _ own: Contender, _ others: [Contender], _ answerTime: Duration) async throws {
        var results: [String: [Race.Result]] = [:]
        for _ in 0..<rounds {
            for contender in [own] + others {
                let race = Race(contender: contender, updates: updates, answerTime: answerTime)
                results[contender.name, default: []].append(try await race.run())
            }
        }
        print("\n\(title)\n")
        print("| bot | updates per s | CPU s per 10,000 | peak MB | answered |\n|---|---|---|---|---|")
        for contender in [own] + others {
            let all = results[contender.name] ?? []
            let cells = [
                number(median(all.map(\.rate))), number(median(all.map { $0.processor / .seconds(1) })),
                number(median(all.map { Double($0.peakMemory) / 1e6 })), "\(all.map(\.answered).min() ?? 0)",
            ]
            print("| \(contender.name) | \(cells.joined(separator: " | ")) |")
        }
    }

    private func kills(_ own: Contender, _ others: [Contender]) async throws {
        let count = min(updates, 3_000)
        print("\n\(count) updates, killed three times on the way\n")
        print("| bot | answered | lost | answered twice |\n|---|---|---|---|")
        for contender in [own] + others {
            let result = try await Race(contender: contender, updates: count, kills: 3).run()
            print("| \(contender.name) | \(result.answered) | \(count - result.answered) | \(result.doubled) |")
        }
    }

    private func unreadable(_ own: Contender, _ others: [Contender]) async throws {
        print("\nOne update that cannot be decoded, and 21 that follow\n")
        print("| bot | answered of 21 |\n|---|---|")
        for contender in [own] + others {
            let result = try await Race(contender: contender, updates: 21, unreadable: 1).run()
            print("| \(contender.name) | \(result.answered) |")
        }
    }

    private func large(_ own: Contender) async throws {
        print("\nA recording of 1 GiB from a local server\n")
        print("| taken over by | seconds | MB before | peak MB |\n|---|---|---|---|")
        // The second folder is on another file system, to which nothing can be linked.
        let places = [("link", FileManager.default.temporaryDirectory), ("copy", URL(filePath: "/dev/shm"))]
        for (name, place) in places {
            let result = try await LargeRecording(contender: own, place: place).run()
            let cells = [
                number(result.time / .seconds(1)), number(Double(result.memoryBefore) / 1e6),
                number(Double(result.peakMemory) / 1e6),
            ]
            print("| \(name) | \(cells.joined(separator: " | ")) |")
        }
    }

    private func outbox(_ own: Contender) async throws {
        let flood = BroadcastLetter.floodShare
        print("\nAn announcement to \(recipients), 429 on every \(flood)th, killed once midway\n")
        let result = try await Broadcasting(contender: own, recipients: recipients).run()
        let letter = result.letter
        let answers = letter.answerTimes.sorted()
        print("| | |\n|---|---|")
        print("| reached | \(letter.reached.keys.count { $0 != Broadcasting.owner }) of \(letter.expected) |")
        print("| blocked | \(letter.blocked.count) |")
        print("| doubled | \(letter.doubled) |")
        print("| most in one second | \(letter.topRate) |")
        print("| seconds in all | \(number(result.time / .seconds(1))) |")
        print("| answers to commands meanwhile | \(answers.count) |")
        print("| median ms | \(number(median(answers.map { $0 / .milliseconds(1) }))) |")
        print("| longest ms | \(number((answers.last ?? .zero) / .milliseconds(1))) |")
        let interrupted = letter.interruptedTimes.max() ?? .zero
        print("| longest ms over the kill | \(number(interrupted / .milliseconds(1))) |")
    }

    private func median(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.sorted()[values.count / 2]
    }

    private func number(_ value: Double) -> String {
        String(format: value < 10 ? "%.2f" : "%.0f", value)
    }
}
