import Domain
import Foundation
import HTTPClient
import Logging
import ServiceLifecycle
import Web

/// What gives shows their sound, where LiveKit is set up.
struct SoundParts: Sendable {
    /// In which the browsers' script is kept, below the data folder.
    static let scriptFolder = "vendor"

    /// One of the audiences of the club's rooms.
    let roomSound: RoomSound
    private let script: LiveKitScript
    private let http: HTTPClient
    private let clock: any ClubClock
    private let logger: Logger

    /// `dataFolder`: The club's.
    init(_ settings: Settings.LiveKit, dataFolder: URL, clock: any ClubClock, logger: Logger) throws {
        // A client of its own: LiveKit shares no connection, and no proxy, with Telegram.
        let http = try HTTPClient(HTTPClient.Configuration(connectTimeout: .seconds(3), maximumTransfers: 16))
        self.http = http
        self.clock = clock
        self.logger = logger
        roomSound = RoomSound(settings.server, http: http, clock: clock, logger: logger)
        script = LiveKitScript(
            address: settings.clientAddress,
            folder: dataFolder.appending(path: Self.scriptFolder, directoryHint: .isDirectory),
            http: http,
            clock: clock,
            logger: logger
        )
    }

    /// What the web needs. `rooms`: Those that `roomSound` is an audience of.
    func clubSound(rooms: LiveRooms, directory: MemberDirectory) -> ClubSound {
        ClubSound(roomSound, rooms: rooms, directory: directory, script: script, clock: clock, logger: logger)
    }

    /// What has to run. It ends before the rooms are closed.
    func services(_ sound: ClubSound) -> [any Service] {
        [roomSound, SoundSweep(sound, clock: clock), script]
    }

    /// After the services have ended.
    func end() async { await http.shutdown() }
}
