import Domain
import Foundation

/// Brings a predecessor's database into a club: people with what they collected, episodes and shows, with a report of what
/// was left out.
///
/// The database is only read. What is in the club already is never overwritten, so that an import may be done again:
/// then only what is missing comes in, also after a crash. No club may run on the store meanwhile.
struct LegacyImport: Sendable {
    /// What the club has decided for itself.
    struct Options: Sendable {
        /// Says what would come in, and writes nothing.
        var isDryRun = false
        /// The recording channel, where its number is known.
        var channel: ChatID?
        /// Whom the settings make the owner.
        var owner: TelegramUserID?
        /// The language of people of whom none is known.
        var language = Language.ru
    }

    let source: LegacySource
    let store: any ClubStore
    let media: LegacyMedia
    let identities: LegacyIdentities
    let clock: any ClubClock
    let options: Options
    /// The title of an episode that says nothing about itself: what the club's language makes of a date.
    let untitled: @Sendable (_ postedAt: Date, _ zone: TimeZone) async -> String

    /// Imports everything. Where it fails, `report` tells what came in before.
    func run(into report: inout ImportReport) async throws(ImportFault) {
        try checkFolder()
        try await source.check()
        let settings = try await settings()
        var people = PeopleImport(work: self, settings: settings)
        try await source.eachUser { (document) throws(ImportFault) in
            try await people.take(document, &report)
        }
        var episodes = EpisodeImport(work: self, authors: people.authors, zone: settings.zone)
        try await source.eachPodcast { (document) throws(ImportFault) in
            try await episodes.take(document, &report)
        }
        var shows = ShowImport(work: self, episodes: episodes.ofShows)
        try await source.eachShow { (document) throws(ImportFault) in
            try await shows.take(document, &report)
        }
        shows.end(&report)
        for (name, count) in try await source.rest() where count > 0 {
            report.note(Self.note(of: name), name, count: count)
        }
        report.isWhole = true
    }

    private func checkFolder() throws(ImportFault) {
        guard let folder = media.folder else { return }
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder)
        guard isThere, isFolder.boolValue, FileManager.default.isReadableFile(atPath: folder.path) else {
            throw .noFolder(folder.path)
        }
    }

    private func settings() async throws(ImportFault) -> ClubSettings {
        try await naming { () throws(StoreError) in try await store.settings.find(.club) } ?? ClubSettings()
    }

    private static func note(of collection: String) -> ImportNote {
        switch collection {
        case "xp_transactions": .xpTransactions
        case "badges": .badgeKinds
        case "club_settings": .clubSettings
        default: .otherCollections
        }
    }

    // MARK: What people, episodes and shows need

    /// Runs a read of the club's store.
    func naming<Value>(_ read: () async throws(StoreError) -> Value) async throws(ImportFault) -> Value {
        try await ImportFault.naming(store.summary, read)
    }

    /// Changes something in the club's store. Rules of imports refuse nothing.
    func change<Store: EntityStore>(
        _ store: Store,
        _ key: Store.Entity.Key,
        cause: String,
        _ rule: @escaping @Sendable (Store.Entity?) -> Store.Entity
    ) async throws(ImportFault) -> Store.Entity {
        do {
            return try await store.change(key, cause: Cause(rawValue: "import:\(cause)")) { known in
                Change(rule(known))
            }.state
        } catch {
            switch error {
            case .store(let error): throw .store(error, place: self.store.summary)
            case .refused(let refusal):
                let detail = StoreError.corrupt(collection: Store.Entity.collection, detail: refusal.code)
                throw .store(detail, place: self.store.summary)
            }
        }
    }
}
