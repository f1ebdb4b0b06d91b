import ArgumentParser
import Bot
import Domain
import Foundation
import Web

/// `fomo import`.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Brings the predecessor's database into this club: people, XP, badges, episodes, shows.",
        discussion: """
            The address of its MongoDB server is in IMPORT_MONGO_URL, in the environment or .env: it may hold a \
            password. The database is only read. Stop the club first. Nothing that is here already is overwritten, so \
            the command may be given again: then only what is missing comes in. The report is printed, and kept in \
            DATA_DIR as import-report-<time>.json.
            """
    )

    @Option(help: "The name of the predecessor's database.")
    var database = "fomo"

    @Option(help: "The folder with the predecessor's audio files, such as its uploads; without it, none come in.")
    var media: String?

    @Flag(help: "Says what would come in. A club that has no store yet gets an empty one; nothing else is written.")
    var dryRun = false

    func run() async throws {
        try await Running.untilAsked { console in
            let reader = try SettingsReader.ofThisPlace()
            let settings = try Settings(reader)
            guard case .telegram(let telegram) = settings.club else {
                throw SettingsFault(
                    setting: "TELEGRAM_BOT_TOKEN",
                    advice: "it is missing: an import goes into the real club, not into the sandbox's. Set the token."
                )
            }
            guard let address = reader.text("IMPORT_MONGO_URL") else {
                throw SettingsFault(
                    setting: "IMPORT_MONGO_URL",
                    advice: "it is missing: the address of the predecessor's MongoDB server, mongodb://…"
                )
            }
            var options = LegacyImport.Options(
                isDryRun: dryRun,
                owner: settings.ownerTelegramID,
                language: settings.language
            )
            if case .id(let channel) = telegram.line.channel { options.channel = channel }
            let tools = TransferTools(settings: settings)
            try await tools.alone("fomo import") { folder, running in
                let source = try await open(address)
                let club = try await ClubParts(
                    store: settings.store,
                    folder: folder,
                    resources: settings.resourcesFolder,
                    phraseKeys: [],
                    language: settings.language,
                    clock: tools.clock,
                    ids: .system,
                    logger: Running.logger(settings.logLevel)
                )
                try await running.refuse(club.store)
                try await take(source, into: club, options, folder: folder, console: console)
                await club.store.close()
                await source.close()
            }
        }
    }

    private func open(_ address: String) async throws(ImportFault) -> any LegacyDatabase {
        do {
            return try await MongoLegacyDatabase.open(url: address, database: database)
        } catch {
            throw .unreachable(error)
        }
    }

    /// Tells what came in, also where it is broken off.
    private func take(
        _ source: any LegacyDatabase,
        into club: ClubParts,
        _ options: LegacyImport.Options,
        folder: DataFolder,
        console: Console
    ) async throws {
        let mediaFolder = media.map { URL(filePath: $0, directoryHint: .isDirectory).absoluteURL }
        let work = LegacyImport(
            source: LegacySource(database: source),
            store: club.store,
            media: LegacyMedia(folder: mediaFolder, store: club.media),
            identities: LegacyIdentities(hasher: .sha256),
            clock: club.clock,
            options: options,
            untitled: club.library.untitled
        )
        var report = ImportReport(source: source.summary, isDryRun: options.isDryRun, startedAt: club.clock.now)
        let outcome: Result<Void, ImportFault>
        do {
            outcome = .success(try await work.run(into: &report))
        } catch {
            outcome = .failure(error)
        }
        if report.isWhole || !report.tallies.isEmpty {
            console.say(report.text)
            if !options.isDryRun {
                try folder.write(try report.json(), to: report.fileName)
                console.say("\nThe report is kept in \(folder.url.appending(path: report.fileName).path)")
            }
        }
        try outcome.get()
    }
}
