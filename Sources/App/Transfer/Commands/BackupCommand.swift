import ArgumentParser
import Domain
import Foundation
import Web

/// `fomo backup DIR`.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Writes the whole club to a new folder: store, media and generated keys.",
        discussion: """
            The club may run meanwhile. The folder gets its name when it is complete. It holds the club's secrets, but \
            not what is set in the environment or in .env.
            """
    )

    @Argument(help: "The folder that is made. It must not be there; the one above it has to be.")
    var folder: String

    func run() async throws {
        try await Running.untilAsked { console in
            let settings = try Settings.load()
            let tools = TransferTools(settings: settings)
            let store = try await tools.open(settings.store, mustExist: true)
            let backup = Backup(
                store: store,
                media: try MediaFolder(dataFolder: settings.clubFolder),
                dataFolder: settings.clubFolder,
                clock: tools.clock,
                console: console
            )
            try await backup.write(to: URL(filePath: folder, directoryHint: .isDirectory).absoluteURL)
            await store.close()
        }
    }
}
