import Bot
import Domain
import Foundation
import Logging
import Sandbox

/// What the commands that carry a club from one place to another have in common.
struct TransferTools {
    let settings: Settings
    let clock = SystemClubClock()

    /// Opens a store. Where it is one that has to be there already, no new one is made.
    func open(_ place: Settings.Store, mustExist: Bool) async throws -> any ClubStore {
        if mustExist, case .sqlite(let file) = place, !DurableFiles.exists(file) {
            throw TransferFault.empty(place: place.description)
        }
        let opening = StoreOpening(signal: OutboxSignal(), clock: clock, logger: Running.logger(settings.logLevel))
        return try await opening.open(place).store
    }

    /// Runs `body` with the data folder for itself: no process of the club runs in it meanwhile.
    func alone<Value>(
        _ command: String,
        _ body: (_ folder: DataFolder, _ running: RunningClubs) async throws -> Value
    ) async throws -> Value {
        let roles = Set(FolderLock.Role.allCases)
        let folder = try DataFolder(settings.clubFolder, as: roles, command: command)
        let running = RunningClubs(pollers: pollers, places: Set(roles.map(folder.place(of:))), clock: clock)
        let value = try await body(folder, running)
        withExtendedLifetime(folder) {}
        return value
    }

    /// The leases of the bots that the settings name.
    private var pollers: [String] {
        let tokens: [BotToken?] =
            switch settings.club {
            case .sandbox: [BotToken(SandboxClub.botToken)]
            case .telegram(let telegram): [telegram.token, telegram.recordingToken]
            }
        return tokens.compactMap { $0 }.map { "poller-\($0.botID)" }
    }
}
