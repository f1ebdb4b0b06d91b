import ArgumentParser
import Foundation

/// The same loads on several servers, one after another, each on the first core, with the listeners on the second.
struct Race: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the same loads against each server, and tells the medians."
    )

    @Option(parsing: .upToNextOption, help: "How many sockets listen.")
    var listeners = [200, 1_000, 4_000]

    @Option(help: "How often everything is measured.")
    var rounds = 3

    @Option(help: "A Python that has the packages of Benchmarks/Room/peers; without it the club's room runs alone.")
    var python: String?

    @Flag(help: "Lets the club's room compress, too.")
    var deflate = false

    @Flag(help: "Lets the bare sockets run, too.")
    var bare = false

    func validate() throws {
        guard rounds > 0, listeners.allSatisfy({ $0 > 0 }) else {
            throw ValidationError("There is at least one round, and at least one listener.")
        }
    }

    func run() async throws {
        var table = RaceTable()
        for listeners in listeners {
            for _ in 0..<rounds {
                for contender in contenders(listeners) { try await run(contender, listeners, &table) }
            }
        }
        Self.say("\(table)")
    }

    private func contenders(_ listeners: Int) -> [Contender] {
        let program = [CommandLine.arguments[0], "serve"]
        let room = program + ["--members", "\(listeners)"]
        var all = [Contender(name: "FOMO Podcasts", command: room, members: listeners)]
        if deflate {
            let name = "FOMO Podcasts, compressed"
            all.append(Contender(name: name, command: room, members: listeners, isDeflating: true))
        }
        if bare { all.append(Contender(name: "its sockets alone", command: program + ["--bare"])) }
        if let python {
            let peers = "\(FileManager.default.currentDirectoryPath)/Benchmarks/Room/peers"
            all.append(Contender(name: "FastAPI", command: [python, "\(peers)/fastapi_room.py"]))
            all.append(Contender(name: "uWebSockets", command: [python, "\(peers)/uwebsockets_room.py"]))
        }
        return all
    }

    private func run(_ contender: Contender, _ listeners: Int, _ table: inout RaceTable) async throws {
        let server = try RoomServer(contender.command, members: contender.members)
        defer { server.stop() }
        var result = RaceTable.Round()
        try await LoadRun.open(
            server.entrance,
            process: server.id,
            listeners: listeners,
            isDeflating: contender.isDeflating
        ) { run in
            Self.say("\(contender.name): \(run.joining)")
            result.joining = run.joining
            for load in Self.loads(listeners) {
                let report = try await run.speak(messages: load.messages, pace: load.pace)
                Self.say("\(contender.name), \(listeners), \(load.title): \(report)")
                result.speaking[load.title] = report
            }
        }
        table.add(result, of: contender.name, listeners: listeners)
    }

    /// At once, whoever listens: a race takes minutes.
    private static func say(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }

    /// What is measured. The bursts are some 800,000 deliveries, and never more than four messages of one member.
    private static func loads(_ listeners: Int) -> [(title: String, messages: Int, pace: Pace)] {
        [
            (RaceTable.oneAtATime, min(100, max(20, 200_000 / listeners)), .inFlight(1)),
            (RaceTable.burst, min(4 * listeners, max(100, 800_000 / listeners)), .inFlight(16)),
            (RaceTable.rates[0], 5, .rate(1)),
            (RaceTable.rates[1], 25, .rate(5)),
            (RaceTable.rates[2], 200, .rate(20)),
        ]
    }
}

/// A server of the race.
private struct Contender {
    let name: String
    let command: [String]
    /// Whose tokens it writes: none where anybody gets in.
    var members = 0
    var isDeflating = false
}
