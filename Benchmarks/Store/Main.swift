import ArgumentParser
import Domain
import Foundation
import MongoStore
import SQLiteStore

/// `Scripts/bench store`: what the hot operations of a store cost, in a club of one size and in one of another.
///
/// Prints a table for each store: operations per second, the median and the 99th percentile of one call, and how the
/// cost of one call in the last size compares to that in the first.
@main
struct StoreBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench store",
        abstract: "Measures a store's hot operations.",
        discussion: """
            SQLite is measured in a folder of its own that is removed afterwards. MongoDB is measured where \
            BENCH_MONGO_URL names a server, in databases of its own that are dropped by hand: their names are printed.
            """
    )

    @Argument(help: "How many members, episodes, updates and messages the club has; several sizes are compared.")
    var sizes: [Int] = [10_000, 1_000_000]

    @Option(help: "How often each operation is measured; the table shows the median of the rounds.")
    var rounds = 5

    func validate() throws {
        guard sizes.allSatisfy({ $0 >= 1_000 }), rounds >= 1 else {
            throw ValidationError("A size is at least 1000, and there is at least one round.")
        }
    }

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        if let url = environment["BENCH_MONGO_URL"] {
            try await measure("MongoDB") { size, signal in
                let name = "fomo_bench_\(size)_\(UUID().uuidString.prefix(8).lowercased())"
                print("database \(name)")
                return try await MongoClubStore.open(url: url, database: name, signal: signal, clock: SystemClubClock())
            }
        } else {
            let folder = FileManager.default.temporaryDirectory.appending(path: "fomo-bench-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            try await measure("SQLite") { size, signal in
                let path = folder.appending(path: "\(size).sqlite").path
                return try SQLiteClubStore.open(path: path, signal: signal, clock: SystemClubClock())
            }
        }
    }

    private func measure(
        _ name: String,
        _ open: (_ size: Int, OutboxSignal) async throws -> any ClubStore
    ) async throws {
        var table = ResultTable(store: name, sizes: sizes)
        for size in sizes {
            let store = try await open(size, OutboxSignal())
            let club = LargeClub(size: size, store: store)
            let began = ContinuousClock.now
            try await club.fill()
            let seconds = (ContinuousClock.now - began).seconds.rounded()
            print("\(name), \(size) records of each kind, filled in \(seconds) s")
            for operation in HotOperation.all(in: club) {
                table.add(try await operation.measured(rounds: rounds), size: size)
            }
            await store.close()
        }
        print(table.text)
    }
}
