import ArgumentParser
import Domain
import Foundation
import MongoStore
import SQLiteStore

/// `Scripts/bench analytics`: what it takes to see figures, boards and progress in a full club, and to grant experience
/// points in a full and in an empty one.
@main
struct AnalyticsBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench analytics",
        abstract: "Measures figures, boards, progress and grants over a full ledger.",
        discussion: """
            SQLite is measured in a folder of its own that is removed afterwards. Where TEST_MONGO_URL names a MongoDB \
            server, that one is measured after it, in databases of its own that are dropped by hand: their names are \
            printed.
            """
    )

    @Option(help: "How many lines the ledger of the full club has, of 10,000 members.")
    var lines = 5_000_000

    @Option(help: "How often everything is measured; the table is of all calls together.")
    var rounds = 5

    func validate() throws {
        guard ClubSize(lines: lines).isPossible, rounds >= 1 else {
            throw ValidationError("There are 10,000 to 10,000,000 lines, and there is at least one round.")
        }
    }

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fomo-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await measure("SQLite") { name in
            let path = folder.appending(path: "\(name).sqlite").path
            return try SQLiteClubStore.open(path: path, signal: OutboxSignal(), clock: SystemClubClock())
        }
        guard let url = ProcessInfo.processInfo.environment["TEST_MONGO_URL"] else { return }
        try await measure("MongoDB") { name in
            let database = "fomo_bench_\(name)_\(UUID().uuidString.prefix(8).lowercased())"
            print("database \(database)")
            return try await MongoClubStore.open(
                url: url,
                database: database,
                signal: OutboxSignal(),
                clock: SystemClubClock()
            )
        }
    }

    private func measure(_ name: String, _ open: (_ club: String) async throws -> any ClubStore) async throws {
        let (full, empty) = (try await open("full"), try await open("empty"))
        let size = ClubSize(lines: lines)
        try await fill(full, size, name)
        var table = CostTable(title: "\(name), \(size.lines) lines")
        let questions = ClubQuestions(store: full)
        for question in try await questions.all() { table.costs.append(try await question.cost(rounds: rounds)) }
        let grants = [questions.grant("grant, full club"), ClubQuestions(store: empty).grant("grant, empty club")]
        for question in grants { table.costs.append(try await question.cost(rounds: rounds)) }
        print(table.text)
        print(table.slow.isEmpty ? "Nothing takes longer." : "Too long: \(table.slow.joined(separator: ", "))")
        await full.close()
        await empty.close()
    }

    private func fill(_ store: any ClubStore, _ size: ClubSize, _ name: String) async throws {
        let filling = ClubFilling(store: store, size: size)
        let began = ContinuousClock.now
        try await filling.fillClub()
        print("\(name): the club was filled in \(seconds(since: began)) s")
        let posting = ContinuousClock.now
        var told = 0
        try await filling.fillLedger { posted in
            guard posted - told >= 1_000_000 || posted == size.lines else { return }
            told = posted
            print("\(name): \(posted) lines after \(seconds(since: posting)) s")
        }
    }

    private func seconds(since start: ContinuousClock.Instant) -> Int { Int((ContinuousClock.now - start).seconds) }
}
