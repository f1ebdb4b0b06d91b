import Domain
import Foundation
import SQLiteStore
import Synchronization
import TestSupport
import Web

@testable import App

/// A machine's folder with stores, data folders and backups in it, that is gone with the value.
final class TransferPlace: Sendable {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fomo-transfer-\(UUID().uuidString)")
    let clock = ManualClock()
    private let lines = Mutex<[String]>([])

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// What was said to the person who waits.
    var said: [String] { lines.withLock { $0 } }

    var console: Console {
        Console(isTerminal: false) { [weak self] line in self?.lines.withLock { $0.append(line) } }
    }

    func sqlite(_ name: String) throws -> any ClubStore {
        let path = folder.appending(path: name).appending(path: "fomo.sqlite").path
        return try SQLiteClubStore.open(path: path, signal: OutboxSignal(), clock: clock)
    }

    func memory() -> MemoryClubStore { MemoryClubStore(clock: clock) }

    /// The data folder of that name, made where it is missing.
    func data(_ name: String) throws -> URL {
        let url = folder.appending(path: name, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    /// Which clubs count as running: `poller-1` where it is not held at `here`.
    var running: RunningClubs { RunningClubs(pollers: ["poller-1"], places: ["here"], clock: clock) }

    func copy(_ source: any ClubStore, to destination: any ClubStore) async throws {
        try await StoreCopy(
            source: source,
            destination: destination,
            place: "here",
            running: running,
            clock: clock,
            console: console
        ).run()
    }

    /// Backs a club up whose data folder is `data`, to the folder of that name.
    @discardableResult
    func backUp(_ store: any ClubStore, data: String = "data", to name: String = "backup") async throws -> URL {
        let dataFolder = try self.data(data)
        let target = folder.appending(path: name, directoryHint: .isDirectory)
        let media = try MediaFolder(dataFolder: dataFolder)
        let backup = Backup(store: store, media: media, dataFolder: dataFolder, clock: clock, console: console)
        try await backup.write(to: target)
        return target
    }

    func restore(_ backup: URL, to store: any ClubStore, data: String = "restored") async throws {
        let progress = TransferProgress(console: console, clock: clock)
        let checked = try BackupCheck(folder: BackupFolder(url: backup), progress: progress).run()
        let dataFolder = try self.data(data)
        try await Restore(
            store: store,
            media: MediaFolder(dataFolder: dataFolder),
            dataFolder: dataFolder,
            place: "here",
            running: running,
            clock: clock,
            console: console
        ).run(checked)
    }

    /// Puts a file into the media of a data folder.
    @discardableResult
    func addMedia(_ content: String, data: String = "data") async throws -> StoredMedia {
        let media = try MediaFolder(dataFolder: self.data(data))
        let incoming = try media.incoming(content)
        try Data(content.utf8).write(to: incoming)
        return try await media.adopt(incoming)
    }
}

extension ClubStore {
    /// Everything that it gives.
    var records: [StoredCollection: [StoredRecord]] {
        get async throws {
            let reader = try await reader()
            var records: [StoredCollection: [StoredRecord]] = [:]
            for collection in StoredCollection.allCases {
                records[collection] = try await reader.records(of: collection, after: nil, limit: 100_000)
            }
            await reader.end()
            return records
        }
    }

    /// Loads one of everything.
    func fill(now: Date) async throws {
        for (collection, records) in try FullClub.records(now: now) {
            try await loader.load(records, into: collection)
        }
    }
}
