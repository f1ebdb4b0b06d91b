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

    @Flag(
        inversion: .prefixedNo,
        help: "Whether the recording bot runs here too; without it, it is for `fomo recorder`."
    )
    var recorder = true

    func run() async throws {
        try await Running.untilAsked { console in
            let settings = try Settings.load()
            let logger = Running.logger(settings.logLevel)
            for name in settings.unused { console.say(Self.unused(name)) }
            if !recorder, !settings.hasRecordingBot {
                console.say("There is no recording bot to leave out: TELEGRAM_RECORDING_BOT_TOKEN is not set.")
            }
            let runsRecorder = recorder && settings.hasRecordingBot
            let folder = try DataFolder(
                settings.clubFolder,
                as: runsRecorder ? [.club, .recorder] : [.club],
                command: recorder ? "fomo serve" : "fomo serve --no-recorder"
            )
            let wiring = try await Wiring(
                settings: settings,
                folder: folder,
                leavesRecorderOut: !recorder,
                console: console,
                logger: logger
            )
            do {
                try await Running.run(wiring.services, logger: logger)
            } catch {
                await wiring.end()
                throw Running.explain(error, settings: settings)
            }
            await wiring.end()
            withExtendedLifetime(folder) {}
        }
    }

    private static func unused(_ name: String) -> String {
        SettingsCheck.needed[name].map { "\(name) is set, and \($0) is not; it is not used." }
            ?? "\(name) is set, but what it is for is not built yet; it is not used."
    }
}
