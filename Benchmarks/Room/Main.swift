import ArgumentParser

/// Measures how a room's messages reach its listeners.
@main
struct RoomBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "RoomBench",
        abstract: "Measures how a room's messages reach its listeners.",
        subcommands: [Serve.self, Load.self, Race.self]
    )
}
