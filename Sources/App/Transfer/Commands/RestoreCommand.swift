import ArgumentParser
import Domain
import Foundation
import Web

/// `fomo restore DIR`.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Brings a backup into an empty store and an empty DATA_DIR.",
        discussion: """
            The whole backup is checked before anything is written. It may have been made of another kind of store: \
            the settings say which one is filled. Interrupted, it goes on when the command is given again with the \
            same backup.
            """
    )

    @Argument(help: "A folder that `fomo backup` has made.")
    var folder: String

    func run() async throws {
        try await Running.untilAsked { console in
            let settings = try Settings.load()
            let tools = TransferTools(settings: settings)
            let checked = try BackupCheck(
                folder: BackupFolder(url: URL(filePath: folder, directoryHint: .isDirectory).absoluteURL),
                progress: TransferProgress(console: console, clock: tools.clock)
            ).run()
            try await tools.alone("fomo restore") { folder, running in
                let store = try await tools.open(settings.store, mustExist: false)
                try await Restore(
                    store: store,
                    media: MediaFolder(dataFolder: folder.url),
                    dataFolder: folder.url,
                    place: folder.place(of: .club),
                    running: running,
                    clock: tools.clock,
                    console: console
                ).run(checked)
                await store.close()
            }
        }
    }
}
