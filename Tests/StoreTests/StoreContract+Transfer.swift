import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    static let transfer = [
        StoreCheck("every record comes out as it was loaded, with every field") { bench in
            let full = try FullClub.records(now: bench.now)
            for collection in StoredCollection.allCases {
                let records = try #require(full[collection])
                try await bench.store.loader.load(records, into: collection)
                #expect(try await bench.store.loader.lastKey(of: collection) == records.last?.key)
            }
            #expect(try await all(of: bench.store) == full)
            let reader = try await bench.store.reader()
            for collection in StoredCollection.allCases {
                #expect(try await reader.count(of: collection) == full[collection]?.count)
            }
            #expect(try await !reader.isEmpty())
            await reader.end()
        },
        StoreCheck("what was stored by being used comes out whole, and the same from another store") { bench in
            try await use(bench)
            let records = try await all(of: bench.store)
            #expect(records.values.allSatisfy { !$0.isEmpty })
            let other = MemoryClubStore(clock: bench.clock)
            try await load(records, into: other)
            #expect(try await all(of: other) == records)
        },
        StoreCheck("an empty store gives nothing, and has no last keys") { bench in
            let reader = try await bench.store.reader()
            #expect(try await reader.isEmpty())
            for collection in StoredCollection.allCases {
                #expect(try await reader.count(of: collection) == 0)
                #expect(try await bench.store.loader.lastKey(of: collection) == nil)
            }
            await reader.end()
        },
        StoreCheck("records come in the order of their keys' bytes, in pages without gaps and repeats") { bench in
            let names = ["a", "B", "z", "Ж", "e\u{301}", "b b", "😀", "10", "9", "\u{FFFD}", "ё"]
            let members = try names.enumerated().map { number, name in
                try StoredRecord(EntityRecord(member(name, telegram: Int64(number + 1)), causes: []))
            }
            try await bench.store.loader.load(members, into: .users)
            let keys = try names.map { try StoredRecord(OutboxKeyRecord(dedupeKey: $0)) }
            try await bench.store.loader.load(keys, into: .outboxKeys)
            let holds = try [-1_001_000_000_001, -5, 0, 7, 1_000].flatMap { chat in
                try [BotName.recorder, .club].map { bot in
                    try StoredRecord(OutboxHoldRecord(bot: bot, chat: ChatID(rawValue: chat), until: bench.now))
                }
            }
            try await bench.store.loader.load(holds, into: .outboxHolds)
            let messages = try [2, 9, 10, 99, 100, 1_000].map { number in
                try StoredRecord(
                    OutboxRecord(sequence: number, draft: Fixtures.draft("m\(number)"), createdAt: bench.now)
                )
            }
            try await bench.store.loader.load(messages, into: .outbox)

            let expected: [StoredCollection: [StoredRecord]] = [
                .users: members, .outboxKeys: keys, .outboxHolds: holds, .outbox: messages,
            ]
            let reader = try await bench.store.reader()
            for (collection, records) in expected {
                let keys = records.map(\.key).sorted(by: RecordKey.precedes)
                for limit in [1, 5, keys.count, keys.count + 1] {
                    let read = try await pages(of: collection, limit: limit, from: reader).map(\.key)
                    #expect(read == keys, "\(collection) by \(limit)")
                }
                #expect(try await bench.store.loader.lastKey(of: collection) == keys.last)
                #expect(try await reader.records(of: collection, after: nil, limit: 0).isEmpty)
            }
            await reader.end()
        },
        StoreCheck("loading the same a second time changes nothing") { bench in
            let full = try FullClub.records(now: bench.now)
            try await load(full, into: bench.store)
            try await load(full, into: bench.store)
            #expect(try await all(of: bench.store) == full)
            #expect(try await bench.store.podcasts.count(PodcastQuery(words: ["елк"])) == 1)
        },
        StoreCheck("a record that is there is replaced, with all by which it is found") { bench in
            try await load(FullClub.records(now: bench.now), into: bench.store)
            let podcast = Fixtures.podcast(1, title: "Zebra", tags: ["new"])
            let record = try StoredRecord(EntityRecord(podcast, causes: []))
            try await bench.store.loader.load([record], into: .podcasts)
            let podcasts = bench.store.podcasts
            let found = try await podcasts.list(PodcastQuery(words: ["zeb"], tag: "new"), from: .first, limit: 9)
            #expect(found.items == [podcast])
            #expect(try await podcasts.count(PodcastQuery(words: ["елк"])) == 0)
            #expect(try await podcasts.find(.post(Fixtures.post(1))) == podcast)
            let again = try await podcasts.change(.id(podcast.id), cause: Fixtures.cause(1)) { _ in Change(podcast) }
            #expect(!again.isRepeat)
        },
        StoreCheck("a record of a newer version and one that cannot be read are refused") { bench in
            let member = try StoredRecord(EntityRecord(Fixtures.member(), causes: []))
            let text = String(decoding: member.json, as: UTF8.self)
            let newer = text.replacing(#""schema":\#(Member.schema)"#, with: #""schema":99"#)
            #expect(newer != text)
            let detail = "a document has schema 99, this program knows \(Member.schema)"
            #expect(throws: StoreError.corrupt(collection: "users", detail: detail)) {
                try StoredRecord(json: Data(newer.utf8), of: .users)
            }
            let unreadable = StoreError.corrupt(collection: "inbox", detail: "the record \(member.key) cannot be read")
            await #expect(throws: unreadable) {
                try await bench.store.loader.load([member], into: .inbox)
            }
            let reader = try await bench.store.reader()
            #expect(try await reader.isEmpty())
            await reader.end()
        },
        StoreCheck("a record whose unique value another one holds is a conflict") { bench in
            try await bench.add(Fixtures.member(1))
            let twin = try StoredRecord(EntityRecord(member("twin", telegram: 1), causes: []))
            await #expect(throws: StoreError.conflict(collection: "users")) {
                try await bench.store.loader.load([twin], into: .users)
            }
        },
        StoreCheck("nobody is told of loaded messages") { bench in
            try await load(FullClub.records(now: bench.now), into: bench.store)
            #expect(await !isWoken(bench))
        },
        StoreCheck("a reader that was ended gives nothing any more") { bench in
            let reader = try await bench.store.reader()
            await reader.end()
            await #expect {
                _ = try await reader.count(of: .users)
            } throws: { error in
                guard case .unavailable = error as? StoreError else { return false }
                return true
            }
        },
        StoreCheck("a lease can be read, expired or not") { bench in
            let leases = bench.store.leases
            #expect(try await leases.holder(of: "poller") == nil)
            let lease = Lease(name: "poller", holder: "h", place: "here", expiresAt: bench.after(60))
            _ = try await leases.acquire(lease, now: bench.now, takesOverSamePlace: false)
            bench.clock.advance(by: .seconds(61))
            #expect(try await leases.holder(of: "poller") == lease)
            #expect(try await leases.holder(of: "poll") == nil)
            try await leases.release(name: "poller", holder: "h")
            #expect(try await leases.holder(of: "poller") == nil)
        },
    ]

    /// For stores whose reader shows the state of one moment.
    static let checksOfSnapshots = [
        StoreCheck("a reader does not see what is written after it was made") { bench in
            try await use(bench)
            let before = try await all(of: bench.store)
            let reader = try await bench.store.reader()
            try await bench.add(Fixtures.member(8))
            _ = try await bench.store.inbox.receive([Fixtures.update(77)], nextOffset: 78, bot: .club)
            try await bench.append(Fixtures.draft("later"))
            try await bench.store.prune(now: bench.after(400 * 86_400))
            for collection in StoredCollection.allCases {
                #expect(try await pages(of: collection, limit: 3, from: reader) == before[collection])
            }
            await reader.end()
            #expect(try await all(of: bench.store) != before)
        }
    ]

    /// All records of a collection, read in pages of so many.
    static func pages(
        of collection: StoredCollection,
        limit: Int,
        from reader: any StoreReader
    ) async throws -> [StoredRecord] {
        var records: [StoredRecord] = []
        while true {
            let page = try await reader.records(of: collection, after: records.last?.key, limit: limit)
            records += page
            if page.count < limit { return records }
        }
    }

    /// Everything that a store gives.
    static func all(of store: any ClubStore) async throws -> [StoredCollection: [StoredRecord]] {
        let reader = try await store.reader()
        var records: [StoredCollection: [StoredRecord]] = [:]
        for collection in StoredCollection.allCases {
            records[collection] = try await pages(of: collection, limit: 100, from: reader)
        }
        await reader.end()
        return records
    }

    static func load(_ records: [StoredCollection: [StoredRecord]], into store: any ClubStore) async throws {
        for collection in StoredCollection.allCases {
            try await store.loader.load(records[collection] ?? [], into: collection)
        }
    }
}
