import Bot
import Domain
import Foundation
import Logging
import ServiceLifecycle
import Web

/// What every process of the club stands on: its store, its services and its words.
struct ClubParts {
    let store: any ClubStore
    /// What has to run beside the store.
    let upkeep: [any Service]
    let outboxSignal: OutboxSignal
    let outage: StoreOutage
    let phrases: Phrasebook
    let directory: MemberDirectory
    let library: PodcastLibrary
    let signIn: SignIn
    let services: ClubServices
    let rooms: LiveRooms
    /// What the rooms have to take over.
    let roomUpdates: RoomUpdates
    let media: MediaFolder
    let clock: any ClubClock
    let ids: IDSource

    /// - `phraseKeys`: The phrases that the process needs, beside those of the bots.
    /// - `audiences`: Told what happens in the rooms.
    /// - `claimCode`: Asked for with the open store.
    /// - Throws: one line for whoever starts the process. The store is closed again then.
    init(
        store place: Settings.Store,
        folder: DataFolder,
        resources: URL,
        phraseKeys: [String],
        language: Language,
        audiences: [any RoomAudience] = [],
        clock: any ClubClock,
        ids: IDSource,
        logger: Logger,
        claimCode: (any ClubStore) async throws -> ClaimCode = { _ in ClaimCode(nil) }
    ) async throws {
        let phrases = try Phrasebook(
            folder: resources.appending(path: "Phrases"),
            requiring: CommonPhrase.allCases.map(\.rawValue) + BotPhrase.requiredKeys + phraseKeys
        )
        media = try MediaFolder(dataFolder: folder.url)
        outboxSignal = OutboxSignal()
        let opening = StoreOpening(signal: outboxSignal, clock: clock, logger: logger)
        let opened = try await opening.open(place)
        store = opened.store
        upkeep = opened.upkeep
        let claim: ClaimCode
        do {
            try await StoreOpening.refuseUnfinishedCopy(opened.store, at: place)
            try await StoreOpening.refuseUnfinishedRebuild(opened.store, at: place)
            claim = try await claimCode(opened.store)
        } catch {
            await opened.store.close()
            throw error
        }
        roomUpdates = RoomUpdates()
        directory = MemberDirectory(
            store: opened.store,
            clock: clock,
            ids: ids,
            claimCode: claim,
            roomUpdates: roomUpdates
        )
        let clubLanguage = ClubLanguage(store: opened.store, setting: language)
        library = PodcastLibrary(
            store: opened.store,
            directory: directory,
            clock: clock,
            ids: ids,
            untitled: { date, zone in
                let language = await clubLanguage.current()
                let day = Phrasebook.day(date, language: language, zone: zone)
                return phrases.text(CommonPhrase.untitledEpisode, language, ["date": day])
            }
        )
        signIn = SignIn(store: opened.store, clock: clock, ids: ids, hasher: .sha256)
        let shows = LiveSessions(store: opened.store, directory: directory, clock: clock, ids: ids)
        rooms = LiveRooms(store: opened.store, shows: shows, clock: clock, ids: ids, audiences: audiences)
        services = ClubServices(
            store: opened.store,
            directory: directory,
            shows: shows,
            rooms: rooms,
            clock: clock,
            ids: ids,
            hasher: .sha256
        )
        outage = StoreOutage(clock: clock, logger: logger)
        self.phrases = phrases
        self.clock = clock
        self.ids = ids
    }

    /// What a bot needs of the club.
    /// `cards`: paints what goes with news of progress; nil: nothing does.
    func botClub(addresses: ClubAddresses, cards: (any CardPainter)? = nil) -> BotClub {
        BotClub(
            store: store,
            outboxSignal: outboxSignal,
            directory: directory,
            library: library,
            signIn: signIn,
            services: services,
            media: media,
            phrases: phrases,
            addresses: addresses,
            clock: clock,
            outage: outage,
            cards: cards
        )
    }
}
