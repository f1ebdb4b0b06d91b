import Domain
import Foundation
import TestSupport
import Testing

@testable import App

/// A new club, a predecessor's database, and folders for the old and the new audio files; removed with the test.
final class ImportBench: Sendable {
    static let start = Fixtures.start
    static let channel = Fixtures.channel

    let clock = ManualClock()
    let store: MemoryClubStore
    let database: MemoryLegacyDatabase
    let directory: MemberDirectory
    let library: PodcastLibrary
    let media: FolderMedia
    /// The predecessor's audio files.
    let oldFiles: URL
    private let folder: URL

    init(users: [String] = [], podcasts: [String] = [], others: [String: [String]] = [:]) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "import-\(UUID().uuidString)")
        oldFiles = folder.appending(path: "old", directoryHint: .isDirectory)
        media = FolderMedia(folder: folder.appending(path: "new", directoryHint: .isDirectory))
        for folder in [oldFiles, media.folder] {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }
        var collections = others
        collections["users"] = users
        collections["podcasts"] = podcasts
        database = MemoryLegacyDatabase(collections)
        store = MemoryClubStore(clock: clock)
        let ids = Fixtures.ids()
        directory = MemberDirectory(store: store, clock: clock, ids: ids)
        library = PodcastLibrary(store: store, directory: directory, clock: clock, ids: ids) { date, _ in
            "Episode \(Timestamp.milliseconds(date))"
        }
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// Imports once. `hasFiles`: whether the old files are at hand.
    @discardableResult
    func run(
        hasFiles: Bool = true,
        _ adjust: (inout LegacyImport.Options) -> Void = { _ in }
    ) async throws(ImportFault) -> ImportReport {
        var options = LegacyImport.Options()
        options.channel = Self.channel
        adjust(&options)
        var report = ImportReport(source: database.summary, isDryRun: options.isDryRun, startedAt: clock.now)
        let work = LegacyImport(
            source: LegacySource(database: database),
            store: store,
            media: LegacyMedia(folder: hasFiles ? oldFiles : nil, store: media),
            identities: LegacyIdentities(hasher: SecretHasher { FolderMedia.digest($0.utf8) }),
            clock: clock,
            options: options,
            untitled: { date, _ in "Episode \(Timestamp.milliseconds(date))" }
        )
        try await work.run(into: &report)
        return report
    }

    /// Writes one of the predecessor's files.
    func addFile(_ path: String, _ content: String = "OggS, and sound") throws {
        let file = oldFiles.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(content.utf8).write(to: file)
    }

    func member(_ id: String) async throws -> Member {
        try #require(try await directory.find(.id(MemberID(rawValue: id))))
    }

    func podcast(_ id: String) async throws -> Podcast {
        try #require(try await library.find(.id(PodcastID(rawValue: id))))
    }

    func keep(_ member: Member) async throws {
        _ = try await store.members.change(.id(member.id), cause: Fixtures.cause(0)) { _ in Change(member) }
    }

    func keep(_ podcast: Podcast) async throws {
        _ = try await store.podcasts.change(.id(podcast.id), cause: Fixtures.cause(0)) { _ in Change(podcast) }
    }

    func corrections() async throws -> [XPCorrection] {
        try await store.xpCorrections.corrections(after: nil, limit: 10_000)
    }

    func awards(of id: String) async throws -> [BadgeAward] {
        try await store.badges.awards(of: MemberID(rawValue: id))
    }

    /// Everything that the store holds of people, their progress and episodes.
    func contents() async throws -> Contents {
        var podcasts: [Podcast] = []
        for status in Podcast.Status.allCases {
            podcasts += try await library.list(PodcastQuery(status: status), from: .first, limit: 1_000).items
        }
        let members = try await store.members.list(nil, from: .first, limit: 10_000).items
        return Contents(
            members: try await store.members.active(atLeast: .member).map(\.id),
            memberCount: try await store.members.count(.active) + store.members.count(.left),
            podcasts: podcasts,
            corrections: try await corrections(),
            lines: try await store.ledger.lines(after: nil, limit: 10_000),
            badges: try await store.badges.awards(of: members.map(\.id))
        )
    }

    struct Contents: Equatable {
        var members: [MemberID]
        var memberCount: Int
        var podcasts: [Podcast]
        var corrections: [XPCorrection] = []
        var lines: [XPTransaction] = []
        var badges: [MemberID: [BadgeAward]] = [:]
    }
}
