import ArgumentParser
import Foundation

/// The same room on several servers, one after another, each on the first core, with the listeners on the second.
struct Race: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the same loads against each server."
    )

    @Option(parsing: .upToNextOption, help: "How many sockets listen.")
    var listeners = [200, 1_000, 4_000]

    @Option(help: "A Python that has the packages of Benchmarks/Room/peers; without it the club's sockets run alone.")
    var python: String?

    func run() async throws {
        var contenders = [("ours", [CommandLine.arguments[0], "serve"])]
        if let python {
            let script = "\(FileManager.default.currentDirectoryPath)/Benchmarks/Room/peers/fastapi_room.py"
            contenders.append(("FastAPI", [python, script]))
        }
        for listeners in listeners {
            for (name, command) in contenders { try await run(name, command, listeners: listeners) }
        }
    }

    private func run(_ name: String, _ command: [String], listeners: Int) async throws {
        let server = try RoomServer(command)
        defer { server.stop() }
        try await LoadRun.open(port: server.port, path: "/crowd", process: server.id, listeners: listeners) { run in
            print("\(name): \(run.joining)")
            for (title, messages, pace) in Self.paces {
                print("\(name), \(listeners), \(title): \(try await run.speak(messages: messages, pace: pace))")
            }
        }
    }

    private static let paces: [(title: String, messages: Int, pace: Pace)] = [
        ("one at a time", 100, .inFlight(1)),
        ("16 in flight", 800, .inFlight(16)),
        ("1 a second", 10, .rate(1)),
        ("5 a second", 50, .rate(5)),
        ("20 a second", 200, .rate(20)),
    ]
}
