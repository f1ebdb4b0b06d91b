import ArgumentParser

/// The program `fomo`.
@main
struct Fomo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fomo",
        abstract: "FOMO Podcasts: a closed club for voice podcasts, at home in Telegram.",
        subcommands: [Serve.self, SandboxAlone.self],
        defaultSubcommand: Serve.self
    )
}
