import Crypto
import Domain
import Foundation
import TestSupport
import Testing
import Web

@testable import App

@Suite(.timeLimit(.minutes(1)))
struct BackupTests {
    private let place: TransferPlace
    private let store: any ClubStore

    init() async throws {
        place = try TransferPlace()
        store = try place.sqlite("data")
        try await store.fill(now: place.clock.now)
        try Data("secret\n".utf8).write(to: place.data("data").appending(path: "jwt-secret"))
    }

    private func text(_ file: URL) throws -> String {
        String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }

    private func manifest(_ backup: URL) throws -> BackupManifest {
        try BackupManifest(json: Data(contentsOf: backup.appending(path: "manifest.json")), file: "manifest.json")
    }

    private func permissions(_ url: URL) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int
    }

    @Test func `a backup holds records, media and keys, as its manifest says`() async throws {
        let media = [try await place.addMedia("one"), try await place.addMedia("three")]
        let backup = try await place.backUp(store)
        let manifest = try manifest(backup)
        #expect(manifest.format == 1)
        #expect(manifest.madeAt == place.clock.now)
        #expect(manifest.store == store.summary)
        #expect(manifest.media.count == 2)
        #expect(manifest.media.bytes == 8)
        #expect(manifest.keys.keys.sorted() == ["jwt-secret"])
        #expect(Set(manifest.collections.keys) == Set(StoredCollection.allCases.map(\.rawValue)))

        for (collection, records) in try await store.records {
            let lines = records.map { $0.json + Data("\n".utf8) }.reduce(Data(), +)
            let file = backup.appending(path: "collections/\(collection.rawValue).jsonl")
            #expect(try Data(contentsOf: file) == lines)
            let hex = SHA256.hash(data: lines).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
            #expect(manifest.collections[collection.rawValue] == CollectionSum(count: records.count, sha256: hex))
        }
        let list = media.map(\.key.rawValue).sorted().map { "\($0)  media/\($0.prefix(2))/\($0.dropFirst(2))\n" }
        #expect(try text(backup.appending(path: "media.sha256")) == list.joined())
        #expect(try text(backup.appending(path: "keys/jwt-secret")) == "secret\n")
    }

    @Test func `it is for its owner only, and complete where it has its name`() async throws {
        let media = try await place.addMedia("one")
        let backup = try await place.backUp(store)
        let folder = BackupFolder(url: backup)
        #expect(try permissions(backup) == 0o700)
        #expect(try permissions(folder.keys) == 0o700)
        for file in [folder.manifest, folder.file(of: .users), folder.file(of: media.key), folder.mediaList] {
            #expect(try permissions(file) == 0o600, "\(file.path)")
        }
        #expect(try permissions(folder.keys.appending(path: "jwt-secret")) == 0o600)
        #expect(!FileManager.default.fileExists(atPath: backup.path + ".partial"))
        #expect(place.said.last?.contains("JWT_SECRET_KEY") == true)
    }

    @Test func `what the club does meanwhile is not in it`() async throws {
        let before = try await store.records
        let store = store
        let number = Counter()
        let busy = TroubledStore(
            store,
            .init(afterPage: {
                let id = Int64(900 + number.next())
                let member = Fixtures.member(id)
                _ = try await store.members.change(.id(member.id), cause: Fixtures.cause(1)) { _ in Change(member) }
                try await store.outbox.append([Fixtures.draft("meanwhile \(id)")], now: Fixtures.start)
            })
        )
        let backup = try await place.backUp(busy)
        #expect(try await store.records != before)
        let restored = place.memory()
        try await place.restore(backup, to: restored)
        #expect(try await restored.records == before)
    }

    @Test func `a place that is taken is left as it is`() async throws {
        let target = try place.data("backup")
        await #expect(throws: TransferFault.exists(target.path)) { try await place.backUp(store) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: target.path).isEmpty)
    }

    @Test func `what an interrupted backup left is replaced`() async throws {
        let partial = try place.data("backup.partial/collections")
        try Data("half".utf8).write(to: partial.appending(path: "users.jsonl"))
        try await place.restore(place.backUp(store), to: place.memory())
    }

    @Test func `a folder of somebody else that is named like an unfinished backup is left as it is`() async throws {
        let partial = try place.data("backup.partial")
        try Data("mine".utf8).write(to: partial.appending(path: "letter.txt"))
        await #expect(throws: TransferFault.exists(partial.path)) { try await place.backUp(store) }
        #expect(try text(partial.appending(path: "letter.txt")) == "mine")
    }

    @Test func `two backups to the same place do not mix`() async throws {
        let target = place.folder.appending(path: "backup", directoryHint: .isDirectory)
        let first = try BackupDraft(target)
        await #expect(throws: TransferFault.exists(first.folder.url.path)) { try await place.backUp(store) }
        first.discard()
        try await place.backUp(store)
    }

    @Test(arguments: [0, 1, 6, 9])
    func `a backup that fails leaves nothing`(_ pages: Int) async throws {
        let broken = TroubledStore(store, .init(pagesLeft: pages))
        let failure = TransferFault.store(.unavailable(source: "test", code: 7), place: store.summary)
        await #expect(throws: failure) { try await place.backUp(broken) }
        let left = try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
        #expect(left == ["data"])
    }

    @Test func `a file that is not what its name says is told and left out`() async throws {
        let good = try await place.addMedia("good")
        let bad = try await place.addMedia("bad")
        let file = try #require(try MediaFolder(dataFolder: place.data("data")).file(bad.key))
        try Data("rot".utf8).write(to: file)
        let backup = try await place.backUp(store)
        #expect(place.said.contains { $0.contains(file.path) && $0.contains("damaged") })
        #expect(try manifest(backup).media.count == 1)
        #expect(try text(backup.appending(path: "media.sha256")).hasPrefix(good.key.rawValue))
        try await place.restore(backup, to: place.memory())
    }

    @Test func `files that come and go while it is written are no hindrance`() async throws {
        let kept = try await place.addMedia("kept")
        let gone = try await place.addMedia("gone")
        let data = try place.data("data")
        let shelf = VanishingMedia(try MediaFolder(dataFolder: data), vanishing: gone.key)
        let target = place.folder.appending(path: "backup", directoryHint: .isDirectory)
        try await Backup(store: store, media: shelf, dataFolder: data, clock: place.clock, console: place.console)
            .write(to: target)
        #expect(try manifest(target).media.count == 1)
        #expect(try text(target.appending(path: "media.sha256")).hasPrefix(kept.key.rawValue))
        try await place.restore(target, to: place.memory())
    }

    @Test func `every small file of the data folder is a key, but the database, locks and unfinished files are not`()
        async throws
    {
        let data = try place.data("data")
        for name in ["claim-code", "vapid-private", "fomo.lock", "recorder.lock", "jwt-secret.new", ".hidden"] {
            try Data("x".utf8).write(to: data.appending(path: name))
        }
        try Data(count: GeneratedKeys.largest + 1).write(to: data.appending(path: "large"))
        #expect(try GeneratedKeys.names(in: data) == ["claim-code", "jwt-secret", "vapid-private"])
        let backup = try await place.backUp(store)
        #expect(try manifest(backup).keys.count == 3)
    }

    @Test func `an empty store and an unfinished copy are not backed up`() async throws {
        await #expect(throws: TransferFault.empty(place: "memory")) { try await place.backUp(place.memory()) }
        let half = place.memory()
        let broken = TroubledStore(half, .init(loadsLeft: 4))
        await #expect(throws: TransferFault.self) { try await place.copy(store, to: broken) }
        let fault = TransferFault.unfinished(place: "memory", source: store.summary)
        await #expect(throws: fault) { try await place.backUp(half) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.path) == ["data"])
    }
}
