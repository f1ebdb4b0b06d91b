import Bot
import Domain
import Foundation
import Logging
import Sandbox
import ServiceLifecycle

/// What the sandbox club has in place of Telegram: the stand-in's server, and people who are in the club already.
///
/// From here on everything goes over HTTP, as with the real Telegram.
struct SandboxParts {
    let settings: Settings
    /// The club's data folder; the stand-in keeps its own state in a folder of it.
    let folder: URL
    /// As a Bot API server that runs with `--local`: bots find files in `localFiles`.
    var keepsFilesLocally = false

    /// The folder in which bots find files, where the stand-in keeps them locally.
    var localFiles: URL? {
        keepsFilesLocally ? folder.appending(path: "telegram-local").absoluteURL : nil
    }

    /// The stand-in in Telegram's place.
    func telegram() throws(SettingsFault) -> Settings.Telegram {
        guard let token = BotToken(SandboxClub.botToken) else {
            throw SettingsFault(setting: "TELEGRAM_BOT_TOKEN", advice: "the sandbox's own token cannot be read.")
        }
        return Settings.Telegram(
            token: token,
            recordingToken: nil,
            line: TelegramLine(
                apiAddress: Settings.localAddress(port: settings.sandboxPort),
                proxy: nil,
                channel: .id(ChatID(rawValue: SandboxClub.channelID))
            ),
            username: SandboxClub.botUsername
        )
    }

    func server(logger: Logger) -> SandboxServer {
        var configuration = SandboxConfiguration()
        configuration.port = settings.sandboxPort
        configuration.folder = folder.appending(path: "telegram")
        configuration.page = settings.resourcesFolder.appending(path: "Sandbox")
        configuration.localFiles = localFiles
        configuration.logger = logger
        return SandboxServer(configuration)
    }

    /// Polina owns the club, Misha is a member; Stella is not known.
    func seed(_ directory: MemberDirectory, ids: IDSource) async throws(ChangeFailure) {
        let cause = Cause(rawValue: "sandbox:\(ids.secret())")
        let polina = Person(
            telegramID: TelegramUserID(rawValue: SandboxClub.posterID),
            name: "Polina Orlova",
            username: "polina_fomo",
            language: .ru
        )
        let misha = Person(
            telegramID: TelegramUserID(rawValue: SandboxClub.memberID),
            name: "Misha Belov",
            username: "misha_listens",
            language: .ru
        )
        try await directory.ensureOwner(polina, cause: cause)
        if try await directory.find(.telegram(misha.telegramID)) == nil {
            _ = try await directory.admit(misha, cause: cause)
        }
    }

    /// Opens the stand-in's page in the conversation with the bot.
    static func botLink(port: Int) -> @Sendable (_ payload: String) -> URL? {
        { payload in
            URL(
                string:
                    "\(Settings.localAddress(port: port).absoluteString)/?bot=\(SandboxClub.botUsername)&start=\(payload)"
            )
        }
    }
}

/// The stand-in's server as a part of the program.
struct SandboxService: Service {
    let server: SandboxServer

    func run() async throws {
        try await server.run()
    }
}

/// A part of the program that begins when the stand-in listens.
struct AfterSandbox: Service {
    let server: SandboxServer
    let service: any Service

    func run() async throws {
        _ = try await server.boundPort
        try await service.run()
    }
}
