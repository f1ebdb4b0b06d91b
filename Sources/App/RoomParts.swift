import Bot
import Domain
import Foundation
import Logging
import ServiceLifecycle
import Web

/// Everything that hears the rooms of shows and acts on it: the web's sockets, the bot, the sound.
struct RoomParts {
    let sockets: RoomSockets
    private let herald = RoomHerald()
    private let sound: SoundParts?

    /// - Throws: where the sound's settings or folder cannot be used.
    init(settings: Settings, folder: DataFolder, clock: any ClubClock, logger: Logger) throws {
        sockets = RoomSockets(limits: RoomSockets.Limits(perAddress: settings.socketsPerAddress))
        sound = try settings.liveKit.map { liveKit in
            try SoundParts(liveKit, dataFolder: folder.url, clock: clock, logger: logger)
        }
    }

    /// Who is told what happens in rooms.
    var audiences: [any RoomAudience] { [sockets, herald] + (sound.map { [$0.roomSound] } ?? []) }

    /// The sound, as the web offers it; nil where there is none.
    func clubSound(_ club: ClubParts) -> ClubSound? {
        sound?.clubSound(rooms: club.rooms, directory: club.directory)
    }

    /// What has to run.
    /// - `clubSound`: As the web has it.
    func services(_ club: ClubParts, _ clubSound: ClubSound?, logger: Logger) -> [any Service] {
        let keeper = RoomKeeper(rooms: club.rooms, shows: club.services.shows, updates: club.roomUpdates)
        var services: [any Service] = [
            RoomKeeping(keeper: keeper, updates: club.roomUpdates, clock: club.clock, outage: club.outage),
            Scoring(
                keeper: ScoreKeeper(store: club.store, news: club.rooms.attendanceNews, clock: club.clock),
                clock: club.clock,
                outage: club.outage
            ),
            RoomWatch(sockets: sockets, rooms: club.rooms, store: club.store, clock: club.clock, logger: logger),
            RoomTelling(
                herald: herald,
                directory: club.directory,
                services: club.services,
                clock: club.clock,
                outage: club.outage
            ),
        ]
        if let sound, let clubSound { services += sound.services(clubSound) }
        return services
    }

    /// After the services have ended.
    func end() async {
        await sound?.end()
    }
}
