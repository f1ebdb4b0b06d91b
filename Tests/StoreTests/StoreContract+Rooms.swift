import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    private static let anna = Fixtures.member(2).id
    private static let boris = Fixtures.member(3).id

    /// The rooms' logs and what is written in them.
    static let rooms = [
        StoreCheck("a room's log is read as it was written, without words, from any place") { bench in
            let batches = Fixtures.roomBatches(now: bench.now)
            for batch in batches { try await bench.store.roomLog.append(batch) }
            let log = bench.store.roomLog
            let all = try await log.batches(of: Fixtures.roomShow, after: 0, limit: 9)
            #expect(all.map(\.number) == [1, 2, 3, 10])
            #expect(all.flatMap(\.numbered).map(\.seq) == [1, 2, 3, 4])
            #expect(all.flatMap(\.facts).count == 7)
            #expect(all.flatMap(\.facts).allSatisfy { $0.news.message?.words == nil })
            #expect(try await log.batches(of: Fixtures.roomShow, after: 1, limit: 2).map(\.number) == [2, 3])
            #expect(try await log.batches(of: Fixtures.roomShow, after: 1, limit: 0).isEmpty)
            #expect(try await log.batches(of: LiveSessionID(rawValue: "none"), after: 0, limit: 9).isEmpty)
        },
        StoreCheck("a batch whose number is taken is refused as a whole, its messages included") { bench in
            try await bench.store.roomLog.append(chat(1, 1, "first", at: bench.now))
            let rival = chat(1, 1, "second", by: boris, also: .ended(why: .host), at: bench.now)
            await #expect(throws: StoreError.conflict(collection: "room_events")) {
                try await bench.store.roomLog.append(rival)
            }
            #expect(try await lastBatch(in: bench)?.facts.count == 1)
            #expect(try await texts(in: bench) == ["first"])
        },
        StoreCheck("of two batches with one number that come together one is kept") { bench in
            let store = bench.store
            let now = bench.now
            let kept = await withTaskGroup(of: Int.self) { group in
                for writer in 1...8 {
                    group.addTask {
                        let batch = chat(1, 1, "by \(writer)", client: "c\(writer)", at: now)
                        do throws(StoreError) {
                            try await store.roomLog.append(batch)
                            return 1
                        } catch {
                            return error == .conflict(collection: "room_events") ? 0 : 100
                        }
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(kept == 1)
            let written = try await texts(in: bench)
            #expect(written.count == 1)
        },
        StoreCheck("a message that comes again is refused with its whole batch") { bench in
            try await bench.store.roomLog.append(chat(1, 1, "once", client: "x", at: bench.now))
            let again = chat(2, 2, "twice", client: "x", also: .ended(why: .host), at: bench.now)
            await #expect(throws: StoreError.conflict(collection: "chat_messages")) {
                try await bench.store.roomLog.append(again)
            }
            #expect(try await lastBatch(in: bench)?.number == 1)
            try await bench.store.roomLog.append(chat(2, 2, "boris", client: "x", by: boris, at: bench.now))
            let found = try await bench.store.chatMessages.find(clientID: "x", of: anna, in: Fixtures.roomShow)
            #expect(found?.text == "once" && found?.seq == 1)
            #expect(try await bench.store.chatMessages.find(clientID: "y", of: anna, in: Fixtures.roomShow) == nil)
        },
        StoreCheck("chat is read from its end, page by page; topics and what was pinned are none of it") { bench in
            for seq in 1...7 {
                let kind: RoomMessage.Kind = seq == 4 ? .topic : seq == 5 ? .question : .chat
                let batch = chat(
                    seq,
                    seq,
                    "\(seq)",
                    kind: kind,
                    by: seq == 6 ? boris : anna,
                    at: bench.after(Double(seq))
                )
                try await bench.store.roomLog.append(batch)
            }
            let messages = bench.store.chatMessages
            let last = try await messages.page(of: Fixtures.roomShow, before: nil, limit: 3)
            #expect(last.map(\.text) == ["5", "6", "7"])
            #expect(last.first?.kind == .question && last.first?.words?.name == "Анна \"A\"")
            let before = try await messages.page(of: Fixtures.roomShow, before: 5, limit: 9)
            #expect(before.map(\.text) == ["1", "2", "3"])
            #expect(try await messages.page(of: Fixtures.roomShow, before: nil, limit: 0).isEmpty)
            let ids = ["show-1.4", "show-1.9"].map(RoomMessageID.init(rawValue:))
            #expect(try await messages.find(ids).map(\.text) == ["4"])
            #expect(try await messages.written(by: anna, limit: 3).map(\.text) == ["7", "5", "4"])
        },
        StoreCheck("a deletion leaves nothing of the words, and the message cannot come again") { bench in
            try await bench.store.roomLog.append(chat(1, 1, "very secret", client: "x", at: bench.now))
            let deletion: [RoomNews] = [.deleted(id: RoomMessageID(rawValue: "show-1.1"), by: boris)]
            try await bench.store.roomLog.append(Fixtures.batch(2, seqBefore: 1, deletion, at: bench.now))
            #expect(try await texts(in: bench).isEmpty)
            #expect(try await bench.store.chatMessages.written(by: anna, limit: 9).isEmpty)
            let left = try #require(try await all(of: bench.store)[.chatMessages])
            #expect(left.count == 1)
            let json = left.map { String(decoding: $0.json, as: UTF8.self) }.joined()
            #expect(!json.contains("secret") && !json.contains("Анна") && !json.contains("anna"))
            await #expect(throws: StoreError.conflict(collection: "chat_messages")) {
                try await bench.store.roomLog.append(chat(3, 3, "very secret", client: "x", at: bench.now))
            }
        },
        StoreCheck("a batch that deletes what it brings leaves nothing of it") { bench in
            let gone = RoomNews.deleted(id: RoomMessageID(rawValue: "show-1.1"), by: boris)
            try await bench.store.roomLog.append(chat(1, 1, "short", also: gone, at: bench.now))
            #expect(try await texts(in: bench).isEmpty)
        },
        StoreCheck("of a member who is forgotten nothing is left that they wrote, of others all") { bench in
            for seq in 1...4 {
                let writer = seq.isMultiple(of: 2) ? boris : anna
                try await bench.store.roomLog.append(chat(seq, seq, "\(seq)", by: writer, at: bench.now))
            }
            for _ in 1...2 { try await bench.store.chatMessages.forget(anna) }
            #expect(try await texts(in: bench) == ["2", "4"])
            #expect(try await bench.store.chatMessages.written(by: anna, limit: 9).isEmpty)
            let found = try await bench.store.chatMessages.find(clientID: "client-1", of: anna, in: Fixtures.roomShow)
            #expect(found == nil)
            #expect(try await bench.store.roomLog.batches(of: Fixtures.roomShow, after: 0, limit: 9).count == 4)
        },
        StoreCheck("logs, what is written in them, and attendance outlive every pruning") { bench in
            for batch in Fixtures.roomBatches(now: bench.now) { try await bench.store.roomLog.append(batch) }
            try await bench.store.attendance.keep(Fixtures.attendance(now: bench.now))
            try await bench.store.prune(now: bench.after(400 * 86_400))
            #expect(try await lastBatch(in: bench)?.number == 10)
            #expect(try await texts(in: bench) == ["Почему?"])
            #expect(try await bench.store.attendance.attended(by: anna, limit: 9).count == 3)
        },
    ]

    /// Who was in the shows.
    static let attendance = [
        StoreCheck("intervals are kept, ended and listed, each once") { bench in
            let store = bench.store.attendance
            let intervals = ["b", "a", "d", "c"].map { Fixtures.interval($0, of: anna, from: bench.now) }
            try await store.keep(intervals)
            try await store.keep([])
            try await store.keep([intervals[0].ended(at: bench.after(60)), intervals[2].ended(at: bench.after(-60))])
            let first = try await store.intervals(of: Fixtures.roomShow, after: nil, limit: 3)
            #expect(first.map(\.id.rawValue) == ["a", "b", "c"])
            #expect(first.map(\.to) == [nil, bench.after(60), nil])
            let rest = try await store.intervals(of: Fixtures.roomShow, after: first.last?.id, limit: 3)
            #expect(rest.map(\.to) == [bench.now])
            #expect(try await store.open(in: Fixtures.roomShow, limit: 9).map(\.id.rawValue) == ["a", "c"])
            #expect(try await store.open(in: Fixtures.roomShow, limit: 1).count == 1)
            #expect(try await store.open(in: LiveSessionID(rawValue: "none"), limit: 9).isEmpty)
        },
        StoreCheck("a member's attendance is found over all shows, the newest first, and forgotten") { bench in
            let store = bench.store.attendance
            let other = LiveSessionID(rawValue: "show-2")
            try await store.keep([
                Fixtures.interval("a", of: anna, .stage, from: bench.after(1)),
                Fixtures.interval("b", of: anna, .seat(.audio), in: other, from: bench.after(3)),
                Fixtures.interval("c", of: anna, .microphone, from: bench.after(3)),
                Fixtures.interval("d", of: boris, from: bench.after(9)),
            ])
            let found = try await store.attended(by: anna, limit: 9)
            #expect(found.map(\.id.rawValue) == ["c", "b", "a"])
            #expect(found.map(\.part) == [.microphone, .seat(.audio), .stage])
            #expect(try await store.attended(by: anna, limit: 1).count == 1)
            for _ in 1...2 { try await store.forget(anna) }
            #expect(try await store.attended(by: anna, limit: 9).isEmpty)
            #expect(try await store.intervals(of: Fixtures.roomShow, after: nil, limit: 9).map(\.id.rawValue) == ["d"])
        },
    ]

    /// A batch with one message.
    private static func chat(
        _ number: Int,
        _ seq: Int,
        _ text: String,
        client: String? = nil,
        kind: RoomMessage.Kind = .chat,
        by member: MemberID = anna,
        also news: RoomNews? = nil,
        at moment: Date
    ) -> RoomBatch {
        let message = Fixtures.said(text, seq: seq, by: member, clientID: client, kind: kind, at: moment)
        return Fixtures.batch(
            number,
            seqBefore: seq - 1,
            [.said(message: message)] + (news.map { [$0] } ?? []),
            at: moment
        )
    }

    private static func texts(in bench: StoreBench) async throws -> [String] {
        try await bench.store.chatMessages.page(of: Fixtures.roomShow, before: nil, limit: 99).compactMap(\.text)
    }

    private static func lastBatch(in bench: StoreBench) async throws -> RoomBatch? {
        try await bench.store.roomLog.batches(of: Fixtures.roomShow, after: 0, limit: 99).last
    }
}
