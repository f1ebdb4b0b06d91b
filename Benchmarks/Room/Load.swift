import ArgumentParser

/// Many listeners in one room, at any server that sends what it hears to all.
struct Load: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Opens many sockets, has them speak one after another, and tells when the others heard it."
    )

    @Option(help: "The server's port.")
    var port: Int

    @Option(help: "The room's path.")
    var path = "/crowd"

    @Option(help: "The server's process, whose time and memory are told.")
    var process: Int32?

    @Option(help: "How many sockets listen.")
    var listeners = 1_000

    @Option(help: "How many messages are sent.")
    var messages = 200

    @Option(help: "How many messages are on their way at once, each to all.")
    var inFlight = 1

    @Option(help: "Messages a second; without it, the next is sent as soon as one was heard by all.")
    var rate: Double?

    func run() async throws {
        let pace = rate.map(Pace.rate) ?? .inFlight(inFlight)
        let entrance = Entrance(port: port, path: path, tokens: [])
        try await LoadRun.open(entrance, process: process, listeners: listeners) { run in
            print(run.joining)
            print(try await run.speak(messages: messages, pace: pace))
        }
    }
}
