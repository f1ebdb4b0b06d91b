import ArgumentParser
import Domain
import Foundation

/// `fomo store`: what is done with a store as a whole.
struct StoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store",
        abstract: "Moves the club from one store to another.",
        subcommands: [CopyStore.self]
    )
}

/// `fomo store copy FROM TO`.
struct CopyStore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copies everything from one store to another, empty one, and compares both.",
        discussion: """
            The SQLite store is the file fomo.sqlite in DATA_DIR, the MongoDB store is what MONGO_URL and DB_NAME say. \
            Stop the club first. Interrupted, the copy goes on where it was when the command is given again. The media \
            and keys in DATA_DIR stay where they are.
            """
    )

    @Argument(help: "The store that is copied: sqlite or mongodb.")
    var from: Settings.Store.Technology

    @Argument(help: "The store that is filled: sqlite or mongodb.")
    var to: Settings.Store.Technology

    func validate() throws {
        guard from != to else { throw ValidationError("FROM and TO are the same store.") }
    }

    func run() async throws {
        try await Running.untilAsked { console in
            let settings = try Settings.load()
            let places = (source: try settings.store(from), destination: try settings.store(to))
            let tools = TransferTools(settings: settings)
            try await tools.alone("fomo store copy") { folder, running in
                let source = try await tools.open(places.source, mustExist: true)
                let destination = try await tools.open(places.destination, mustExist: false)
                try await StoreCopy(
                    source: source,
                    destination: destination,
                    place: folder.place(of: .club),
                    running: running,
                    clock: tools.clock,
                    console: console
                ).run()
                await source.close()
                await destination.close()
            }
        }
    }
}

extension Settings.Store.Technology: ExpressibleByArgument {}
