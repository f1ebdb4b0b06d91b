import ArgumentParser
import Foundation
import Sandbox
import ServiceLifecycle

/// `fomo sandbox`: only the stand-in of Telegram, for trying out bots, ours or others.
struct SandboxAlone: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Runs the stand-in of Telegram's Bot API alone, with its page."
    )

    @Flag(
        help: """
            As a Bot API server that runs with --local: getFile answers the absolute path of a file, of any size, and \
            uploads may have 2,000 MB.
            """
    )
    var local = false

    func run() async throws {
        try await Running.untilAsked { console in
            let settings = try Settings.load()
            let folder = try DataFolder(settings.dataFolder.appending(path: "sandbox-alone"), command: "fomo sandbox")
            let parts = SandboxParts(settings: settings, folder: folder.url, keepsFilesLocally: local)
            let logger = Running.logger(settings.logLevel)
            let address = Settings.localAddress(port: settings.sandboxPort).absoluteString
            console.say(
                """
                The Bot API's stand-in is at \(address); its page is there too.
                A bot's token: \(SandboxClub.botToken)   the channel: \(SandboxClub.channelID)
                """
            )
            if let files = parts.localFiles { console.say("Files that getFile names lie in \(files.path)") }
            do {
                try await Running.run([SandboxService(server: parts.server(logger: logger))], logger: logger)
            } catch {
                throw Running.explain(error, settings: settings)
            }
            withExtendedLifetime(folder) {}
        }
    }
}
