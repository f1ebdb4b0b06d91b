import Domain
import Foundation
import Logging
import TestSupport
import Testing

@testable import Bot

/// A club in memory with a clock that a test moves, for the parts of a bot.
struct BotClubFixture: Sendable {
    let signal = OutboxSignal()
    let clock = ManualClock()
    let store: MemoryClubStore
    let directory: MemberDirectory
    let library: PodcastLibrary
    let signIn: SignIn
    let services: ClubServices
    /// Hears the rooms.
    let herald = RoomHerald()
    let phrases: Phrasebook
    let conversation: Conversation
    let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    /// What is said of the store.
    let outageLines = LogLines()
    let outage: StoreOutage

    init() throws {
        store = MemoryClubStore(signal: signal, clock: clock)
        outage = StoreOutage(clock: clock, logger: outageLines.logger)
        let ids = Fixtures.ids()
        directory = MemberDirectory(store: store, clock: clock, ids: ids, claimCode: ClaimCode("s3cret"))
        library = PodcastLibrary(store: store, directory: directory, clock: clock, ids: ids) { _, _ in "Untitled" }
        signIn = SignIn(store: store, clock: clock, ids: ids, hasher: Fixtures.hasher)
        let shows = LiveSessions(store: store, directory: directory, clock: clock, ids: ids)
        services = ClubServices(
            store: store,
            directory: directory,
            shows: shows,
            rooms: LiveRooms(store: store, shows: shows, clock: clock, ids: ids, audiences: [herald]),
            clock: clock,
            ids: ids,
            hasher: Fixtures.hasher
        )
        phrases = try Phrasebook(
            folder: Self.resources.appending(path: "Phrases"),
            requiring: CommonPhrase.allCases.map(\.rawValue) + BotPhrase.requiredKeys
        )
        conversation = Conversation(
            bot: .club,
            directory: directory,
            library: library,
            signIn: signIn,
            club: services,
            phrases: phrases,
            addresses: ClubAddresses(site: URL(string: "https://club.test")) { _ in nil }
        )
    }

    /// The project's Resources, found from this file.
    static let resources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Resources")

    var warnings: BotWarnings {
        BotWarnings(directory: directory, outbox: store.outbox, clock: clock, logger: logger)
    }

    func cause(_ text: String) -> Cause { Cause(rawValue: text) }

    /// The owner, person 1.
    func owner() async throws -> Member {
        try await directory.ensureOwner(Fixtures.person(1), cause: cause("owner"))
        return try #require(try await directory.find(.telegram(Fixtures.person(1).telegramID)))
    }

    /// Whether somebody has claimed the club.
    func hasOwner() async throws -> Bool {
        try await store.settings.find(.club)?.ownerID != nil
    }

    /// All that waits to be sent, marked as sent.
    func takeOutbox() async throws -> [OutboxDraft] {
        var drafts: [OutboxDraft] = []
        while true {
            let rows = try await store.outbox.claim(
                bot: .club,
                lanes: Set(OutboxLane.allCases),
                excluding: [],
                limit: 100,
                now: clock.now
            )
            if rows.isEmpty { return drafts }
            drafts += rows.map(\.draft)
            try await store.outbox.settle(rows.map { ($0.sequence, .sent(message: nil)) }, now: clock.now)
        }
    }
}
