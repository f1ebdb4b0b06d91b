import Domain
import Foundation
import TestSupport
import Testing
import Web

@testable import App

@Suite(.timeLimit(.minutes(1)))
struct RestoreTests {
    private let place: TransferPlace
    private let store: any ClubStore
    private let media: StoredMedia

    init() async throws {
        place = try TransferPlace()
        store = try place.sqlite("data")
        try await store.fill(now: place.clock.now)
        let data = try place.data("data")
        try Data("secret\n".utf8).write(to: data.appending(path: "jwt-secret"))
        media = try await place.addMedia("the talk")
        var podcast = Fixtures.podcast(5, title: "Разговор о море", media: .stored(media.key, bytes: media.bytes))
        podcast.recordings[0].fileName = "sea.ogg"
        let kept = podcast
        _ = try await store.podcasts.change(.id(podcast.id), cause: Fixtures.cause(1)) { _ in Change(kept) }
    }

    private func directory(_ store: any ClubStore) -> MemberDirectory {
        MemberDirectory(store: store, clock: place.clock, ids: Fixtures.ids(), claimCode: ClaimCode(nil) {})
    }

    @Test(arguments: [true, false])
    func `a club goes on in the place to which it was restored`(_ isSQLite: Bool) async throws {
        let backup = try await place.backUp(store)
        let restored: any ClubStore = isSQLite ? try place.sqlite("restored") : place.memory()
        try await place.restore(backup, to: restored)
        #expect(try await restored.records == store.records)
        #expect(try await UnfinishedCopy.refusal(of: restored) == nil)

        // A member finds an episode and plays it.
        let directory = directory(restored)
        let library = PodcastLibrary(
            store: restored,
            directory: directory,
            clock: place.clock,
            ids: Fixtures.ids(),
            untitled: { _, _ in "" }
        )
        let member = try #require(try await directory.find(.telegram(TelegramUserID(rawValue: 2))))
        let words = SearchTokeniser.tokens("море", limit: 9)
        let found = try await library.list(PodcastQuery(words: Array(words)), from: .first, limit: 9)
        let podcast = try await library.podcast(.id(try #require(found.items.first).id), for: member)
        guard case .stored(let key, _) = try #require(podcast.recordings.first).media else {
            Issue.record("the recording is not stored")
            return
        }
        let data = try place.data("restored")
        let file = try #require(try MediaFolder(dataFolder: data).file(key))
        #expect(try Data(contentsOf: file) == Data("the talk".utf8))

        // Whoever was signed in still is: the session is open, and its cookie was signed with the same key.
        let signIn = SignIn(store: restored, clock: place.clock, ids: Fixtures.ids(), hasher: Fixtures.hasher)
        let session = try await signIn.member(session: AuthSessionID(rawValue: "session-2"))
        #expect(session.1.id == member.id)
        let secret = data.appending(path: "jwt-secret")
        #expect(try Data(contentsOf: secret) == Data("secret\n".utf8))
        let attributes = try FileManager.default.attributesOfItem(atPath: secret.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)

        // What had come in is handled, what was to be said is said.
        let pending = try await restored.inbox.pending(bot: .club, after: 0, limit: 9)
        #expect(pending.map(\.entry.updateID) == [5, 3])
        let answer = Fixtures.draft("answer", chat: 50)
        try await restored.inbox.finish(bot: .club, updateID: 5, outbox: [answer], now: place.clock.now)
        #expect(try await restored.outbox.recover(bot: .club, now: place.clock.now) == 1)
        let rows = try await restored.outbox.claim(
            bot: .club,
            lanes: Set(OutboxLane.allCases),
            excluding: [],
            limit: 9,
            now: place.clock.now
        )
        #expect(Set(rows.map(\.draft.dedupeKey)) == ["sending", "answer"])
        await restored.close()
    }

    @Test func `a restored club can be backed up again to the same records`() async throws {
        let first = try await place.backUp(store)
        let restored = place.memory()
        try await place.restore(first, to: restored)
        let second = try await place.backUp(restored, data: "restored", to: "second")
        let records = StoredCollection.allCases.map { "collections/\($0.rawValue).jsonl" }
        for name in ["media.sha256", "keys/jwt-secret"] + records {
            let files = try [first, second].map { try Data(contentsOf: $0.appending(path: name)) }
            #expect(files[0] == files[1], "\(name)")
        }
    }

    /// Nothing was written to a store and a data folder.
    private func expectUntouched(_ store: any ClubStore) async throws {
        #expect(try await store.records.values.allSatisfy { $0.isEmpty })
        #expect(try await UnfinishedCopy.refusal(of: store) == nil)
        let data = try place.data("restored")
        #expect(try GeneratedKeys.names(in: data).isEmpty)
        #expect(try MediaFolder(dataFolder: data).keys().isEmpty)
    }

    private static let files = [
        "collections/users.jsonl", "collections/outbox.jsonl", "media.sha256", "keys/jwt-secret", "manifest.json",
        "media",
    ]

    /// One bit is turned, the end is cut off, or the whole file is gone.
    @Test(arguments: files, ["turned", "cut", "gone"])
    func `a damaged file is named, and nothing is written`(_ name: String, _ damage: String) async throws {
        let backup = try await place.backUp(store)
        let folder = BackupFolder(url: backup)
        let file = name == "media" ? folder.file(of: media.key) : backup.appending(path: name)
        var content = try Data(contentsOf: file)
        switch damage {
        case "turned": content[content.count / 2] ^= 1
        case "cut": content.removeLast(3)
        default: break
        }
        try FileManager.default.removeItem(at: file)
        if damage != "gone" { try content.write(to: file) }
        let restored = place.memory()
        await #expect {
            try await place.restore(backup, to: restored)
        } throws: { error in
            switch error as? TransferFault {
            // A turned bit of the manifest may be in what it says about another file.
            case .damaged(let damaged, _): damaged == file.path || name == "manifest.json"
            case .noBackup: name == "manifest.json" && damage == "gone"
            default: false
            }
        }
        try await expectUntouched(restored)
    }

    /// Writes the manifest anew.
    private func edit(_ backup: URL, _ change: (inout BackupManifest) throws -> Void) throws {
        let file = backup.appending(path: "manifest.json")
        var manifest = try BackupManifest(json: Data(contentsOf: file), file: file.path)
        try change(&manifest)
        try manifest.encoded().write(to: file)
    }

    @Test func `a newer backup is refused, and nothing is written`() async throws {
        let changes: [(inout BackupManifest) -> Void] = [
            { $0.format = 2 },
            { $0.collections["of_a_later_version"] = CollectionSum(count: 0, sha256: "") },
        ]
        for (number, change) in changes.enumerated() {
            let backup = try await place.backUp(store, to: "backup-\(number)")
            try edit(backup, change)
            let restored = place.memory()
            let fault = TransferFault.newer(file: backup.appending(path: "manifest.json").path)
            await #expect(throws: fault) { try await place.restore(backup, to: restored) }
            try await expectUntouched(restored)
        }
    }

    @Test func `records that no sum betrays are looked at too`() async throws {
        let lines = [
            "not JSON\n": "line 1: a record cannot be read",
            try line(2) + line(1): "line 2 is out of order",
            try line(1) + line(1): "line 2 is out of order",
            try line(1): "it has 1 records, not 2",
            try String(line(1).dropLast()): "the last line has no end",
        ]
        for (number, (text, detail)) in lines.enumerated() {
            let backup = try await place.backUp(store, to: "backup-\(number)")
            let file = BackupFolder(url: backup).file(of: .users)
            try Data(text.utf8).write(to: file)
            let sum = CollectionSum(count: 2, sha256: try DurableFiles.read(file))
            try edit(backup) { $0.collections["users"] = sum }
            let restored = place.memory()
            await #expect(throws: TransferFault.damaged(file: file.path, detail: detail)) {
                try await place.restore(backup, to: restored)
            }
            try await expectUntouched(restored)
        }
    }

    private func line(_ number: Int64) throws -> String {
        let record = try StoredRecord(EntityRecord(Fixtures.member(number), causes: []))
        return String(decoding: record.json, as: UTF8.self) + "\n"
    }

    @Test func `a backup cannot name a key's file outside the data folder`() async throws {
        let backup = try await place.backUp(store)
        try edit(backup) { $0.keys["../stray"] = $0.keys["jwt-secret"] }
        await #expect(throws: TransferFault.self) { try await place.restore(backup, to: place.memory()) }
        #expect(!FileManager.default.fileExists(atPath: place.folder.appending(path: "stray").path))
    }

    @Test func `a folder that is no backup is said to be none`() async throws {
        let folder = try place.data("letters")
        await #expect(throws: TransferFault.noBackup(folder.path)) {
            try await place.restore(folder, to: place.memory())
        }
    }

    @Test func `a place that is not empty is left as it is`() async throws {
        let backup = try await place.backUp(store)
        let taken = place.memory()
        try await taken.outbox.append([Fixtures.draft("a")], now: place.clock.now)
        await #expect(throws: TransferFault.notEmpty(what: "memory")) { try await place.restore(backup, to: taken) }

        let data = try place.data("restored")
        try Data("mine".utf8).write(to: data.appending(path: "jwt-secret"))
        await #expect {
            try await place.restore(backup, to: place.memory())
        } throws: { error in
            guard case .notEmpty(let what) = error as? TransferFault else { return false }
            return what.contains(data.path) && what.contains("jwt-secret")
        }
        #expect(try Data(contentsOf: data.appending(path: "jwt-secret")) == Data("mine".utf8))

        try await place.addMedia("mine", data: "other")
        let media = try place.data("other").appending(path: "media").path
        await #expect(throws: TransferFault.notEmpty(what: "'\(media)'")) {
            try await place.restore(backup, to: place.memory(), data: "other")
        }
    }

    @Test func `a store on which a club runs elsewhere is not written to`() async throws {
        let backup = try await place.backUp(store)
        let restored = place.memory()
        let lease = Lease(name: "poller-1", holder: "h", place: "there", expiresAt: place.clock.after(.seconds(60)))
        _ = try await restored.leases.acquire(lease, now: place.clock.now, takesOverSamePlace: false)
        await #expect(throws: TransferFault.running(place: "memory", where: "there")) {
            try await place.restore(backup, to: restored)
        }
        try await expectUntouched(restored)
    }

    @Test(arguments: [0, 4, 9])
    func `an interrupted restore is finished by the same backup, and by no other`(_ loads: Int) async throws {
        let backup = try await place.backUp(store)
        let restored = place.memory()
        let broken = TroubledStore(restored, .init(loadsLeft: loads))
        await #expect(throws: TransferFault.self) { try await place.restore(backup, to: broken) }
        #expect(try await UnfinishedCopy.refusal(of: restored) != nil)

        place.clock.advance(by: .seconds(1))
        let other = try await place.backUp(store, to: "other")
        await #expect {
            try await place.restore(other, to: restored)
        } throws: { error in
            guard case .unfinished = error as? TransferFault else { return false }
            return true
        }
        try await place.restore(backup, to: restored)
        #expect(try await restored.records == store.records)
        #expect(try await UnfinishedCopy.refusal(of: restored) == nil)
    }
}
