import ArgumentParser
import Domain
import Foundation
import Logging
import ServiceLifecycle

/// `fomo serve`: everything. Without `TELEGRAM_BOT_TOKEN`, the sandbox club.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the club: bots and site. Without TELEGRAM_BOT_TOKEN that is the sandbox club."
    )

    func run() async throws {
        try await Running.untilAsked { console in
            let settings = try Settings.load()
            let logger = Running.logger(settings.logLevel)
            for name in settings.unused {
                console.say("\(name) is set, but what it is for is not built yet; it is not used.")
            }
            let folder = try DataFolder(settings.clubFolder)
            let wiring = try await Wiring(settings: settings, folder: folder, console: console, logger: logger)
            do {
                try await Running.group(wiring.services, logger: logger).run()
            } catch {
                await wiring.store.close()
                throw Running.explain(error, settings: settings)
            }
            await wiring.store.close()
            withExtendedLifetime(folder) {}
        }
    }
}
