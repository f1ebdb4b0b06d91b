import ArgumentParser
import Foundation
import Logging
import ServiceLifecycle

/// `fomo recorder`: only the recording bot, beside `fomo serve --no-recorder`.
struct RecorderAlone: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recorder",
        abstract: "Runs the recording bot alone, beside `fomo serve --no-recorder`."
    )

    func run() async throws {
        try await Running.untilAsked { console in
            let settings = try RecorderSettings.load()
            let logger = Running.logger(settings.logLevel)
            let folder = try DataFolder(settings.dataFolder, as: [.recorder], command: "fomo recorder")
            let wiring = try await RecorderWiring(settings: settings, folder: folder, console: console, logger: logger)
            let outcome: Result<Void, any Error>
            do {
                outcome = .success(try await Running.run(wiring.services, logger: logger))
            } catch {
                outcome = .failure(error)
            }
            await wiring.end()
            withExtendedLifetime(folder) {}
            try outcome.get()
        }
    }
}
