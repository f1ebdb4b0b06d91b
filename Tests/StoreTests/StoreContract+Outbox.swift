import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    static let outbox = [
        StoreCheck("a claim hands over the first row of each conversation") { bench in
            try await bench.append(
                Fixtures.draft("1a", chat: 1),
                Fixtures.draft("1b", chat: 1),
                Fixtures.draft("2a", chat: 2),
                Fixtures.draft("3a", chat: -3),
                Fixtures.draft("2b", chat: 2)
            )
            let rows = try await bench.claim()
            #expect(rows.map(\.draft.dedupeKey) == ["1a", "2a", "3a"])
            #expect(rows.map(\.sequence) == rows.map(\.sequence).sorted())
            #expect(rows.allSatisfy { $0.attempts == 1 && !$0.isUncertain && $0.createdAt == bench.now })
            #expect(try await bench.claim().isEmpty)
            try await bench.settle(rows[1], .sent(message: 7))
            #expect(try await bench.claimed() == ["2b"])
        },
        StoreCheck("answers go before alerts, alerts before digests") { bench in
            try await bench.append(
                Fixtures.draft("digest", lane: .digests),
                Fixtures.draft("alert", lane: .alerts),
                Fixtures.draft("answer", lane: .answers),
                Fixtures.draft("answer 2", lane: .answers)
            )
            for key in ["answer", "answer 2", "alert", "digest"] {
                let row = try #require(try await bench.claim().first)
                #expect(row.draft.dedupeKey == key)
                try await bench.settle(row, .sent(message: nil))
            }
        },
        StoreCheck("what was laid out comes back byte by byte, text or not") { bench in
            let bodies = [
                Data("{\"a\":\"я 😀\n\"}".utf8), Data("=".utf8), Data(), Data([0x61, 0, 0x62]), Data([0xFF, 0x7B]),
            ]
            for (number, body) in bodies.enumerated() {
                var draft = Fixtures.draft("\(number)", chat: Int64(number + 1))
                draft.body = .prepared(body)
                try await bench.append(draft)
            }
            #expect(try await bench.claim().map(\.draft.body) == bodies.map { .prepared($0) })
        },
        StoreCheck("a claim keeps to its limit, the most urgent and oldest first") { bench in
            for chat in Int64(1)...5 {
                try await bench.append(Fixtures.draft("\(chat)", chat: chat, lane: chat > 3 ? .answers : .alerts))
            }
            #expect(try await bench.claimed(limit: 3) == ["4", "5", "1"])
            #expect(try await bench.claimed(limit: 0) == [])
            #expect(try await bench.claimed(limit: 3) == ["2", "3"])
        },
        StoreCheck("a claim leaves out the conversations that are named") { bench in
            try await bench.append(Fixtures.draft("1", chat: 1), Fixtures.draft("2", chat: 2))
            #expect(try await bench.claimed(excluding: [ChatID(rawValue: 1)], limit: 1) == ["2"])
            #expect(try await bench.claimed() == ["1"])
        },
        StoreCheck("each bot has rows of its own") { bench in
            try await bench.append(Fixtures.draft("c"), Fixtures.draft("r", bot: .recorder))
            let all = Set(OutboxLane.allCases)
            let claimed = try await bench.store.outbox.claim(
                bot: .recorder,
                lanes: all,
                excluding: [],
                limit: 9,
                now: bench.now
            )
            #expect(claimed.map(\.draft) == [Fixtures.draft("r", bot: .recorder)])
            #expect(try await bench.claimed() == ["c"])
        },
        StoreCheck("a message is stored once for its key, whatever became of it") { bench in
            try await bench.append(Fixtures.draft("a"), Fixtures.draft("a", chat: 2))
            let row = try #require(try await bench.claim().first)
            try await bench.append(Fixtures.draft("a"))
            try await bench.settle(row, .sent(message: 1))
            try await bench.append(Fixtures.draft("a"))
            #expect(try await bench.claim().isEmpty)
            #expect(try await bench.store.outbox.counts(bot: .club).sent == 1)
        },
        StoreCheck("every kind of message comes out as it went in") { bench in
            let bodies: [OutboxDraft.Body] = [
                .notice(.joinRequested(MemberID(rawValue: "m"))), .notice(.joinApproved), .notice(.joinDeclined),
                .notice(.episodePublished(PodcastID(rawValue: "p"))),
                .notice(.episodePostedAgain(PodcastID(rawValue: "p"))),
                .notice(.recordingNotFetched(PodcastID(rawValue: "p"), RecordingID(rawValue: "r"))),
                .notice(.updateSetAside(bot: .club, updateID: 5)), .notice(.secondPoller(bot: .recorder)),
                .prepared(Data([0, 1, 255])),
            ]
            let drafts = bodies.enumerated().map { index, body in
                OutboxDraft(
                    dedupeKey: "\(index)",
                    chat: ChatID(rawValue: Int64(index + 1)),
                    lane: .alerts,
                    body: body,
                    expiresAt: index == 0 ? bench.after(60) : nil
                )
            }
            try await bench.store.outbox.append(drafts, now: bench.now)
            #expect(try await bench.claim().map(\.draft) == drafts)
        },
        StoreCheck("a held conversation waits for its moment, and others do not") { bench in
            let chat = ChatID(rawValue: 1)
            try await bench.store.outbox.hold(bot: .club, chat: chat, until: bench.after(60))
            try await bench.store.outbox.hold(bot: .club, chat: chat, until: bench.after(30))
            try await bench.append(Fixtures.draft("1", chat: 1, lane: .answers), Fixtures.draft("2", chat: 2))
            #expect(try await bench.claimed() == ["2"])
            bench.clock.advance(by: .seconds(59))
            #expect(try await bench.claimed() == [])
            bench.clock.advance(by: .seconds(1))
            #expect(try await bench.claimed() == ["1"])
        },
        StoreCheck("a row that has to wait keeps back its lane and later ones, but no earlier one") { bench in
            try await bench.append(
                Fixtures.draft("alert 1", lane: .alerts),
                Fixtures.draft("alert 2", lane: .alerts),
                Fixtures.draft("digest", lane: .digests)
            )
            try await bench.settle(try #require(try await bench.claim().first), .retry(notBefore: bench.after(10)))
            #expect(try await bench.claimed() == [])
            #expect(try await bench.claimed(lanes: [.digests]) == [])
            try await bench.append(Fixtures.draft("answer", lane: .answers))
            let answer = try await bench.claim()
            #expect(answer.map(\.draft.dedupeKey) == ["answer"])
            try await bench.settle(try #require(answer.first), .sent(message: nil))
            bench.clock.advance(by: .seconds(10))
            let again = try #require(try await bench.claim().first)
            #expect(again.draft.dedupeKey == "alert 1")
            #expect(again.attempts == 2)
            #expect(!again.isUncertain)
        },
        StoreCheck("a row of a lane that is not asked for keeps nothing back while it is due") { bench in
            try await bench.append(
                Fixtures.draft("answer", lane: .answers),
                Fixtures.draft("answer 2", lane: .answers),
                Fixtures.draft("alert", lane: .alerts),
                Fixtures.draft("digest", lane: .digests)
            )
            let digest = try await bench.claim(lanes: [.digests])
            #expect(digest.map(\.draft.dedupeKey) == ["digest"])
            #expect(try await bench.claimed(lanes: [.answers]) == [])
            try await bench.settle(try #require(digest.first), .retry(notBefore: bench.now))
            #expect(try await bench.claimed(lanes: []) == [])
            #expect(try await bench.claimed(lanes: [.alerts, .digests]) == ["alert"])
        },
        StoreCheck("what has expired makes way") { bench in
            try await bench.append(
                Fixtures.draft("old", expiresAt: bench.after(10)),
                Fixtures.draft("old too", expiresAt: bench.after(5)),
                Fixtures.draft("good"),
                Fixtures.draft("alone", chat: 2, expiresAt: bench.after(10))
            )
            let claimed = try await bench.claim()
            #expect(claimed.map(\.draft.dedupeKey) == ["old", "alone"])
            for row in claimed { try await bench.settle(row, .retry(notBefore: bench.after(3_600))) }
            bench.clock.advance(by: .seconds(11))
            #expect(try await bench.claimed() == ["good"])
            let counts = try await bench.store.outbox.counts(bot: .club)
            #expect(counts.failed == 3)
            #expect(counts.sending == 1)
            #expect(counts.queued == 0)
        },
        StoreCheck("several claims at once never hand over one conversation twice") { bench in
            for chat in Int64(1)...30 {
                try await bench.append(Fixtures.draft("\(chat)a", chat: chat), Fixtures.draft("\(chat)b", chat: chat))
            }
            let chats = try await withThrowingTaskGroup(of: [Int64].self) { group in
                for _ in 1...10 {
                    group.addTask { try await bench.claim(limit: 5).map(\.draft.chat.rawValue) }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(chats.sorted() == Array(1...30))
        },
    ]
}
