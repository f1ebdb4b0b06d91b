import ArgumentParser

/// The program `fomo`.
@main
struct Fomo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fomo",
        abstract: "FOMO Podcasts: a closed club for voice podcasts, at home in Telegram.",
        version: Version.current,
        subcommands: [
            Serve.self, RecorderAlone.self, SandboxAlone.self, Doctor.self, StoreCommand.self, BackupCommand.self,
            RestoreCommand.self, ImportCommand.self, AdminCommand.self,
        ],
        defaultSubcommand: Serve.self
    )
}
