import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    private static let hour = 3_600.0
    private static let day = 86_400.0

    static let pruning = [
        StoreCheck("causes are remembered for 48 hours") { bench in
            try await bench.add(Fixtures.member())
            try await bench.store.prune(now: bench.after(48 * hour))
            #expect(try await touch(bench).isRepeat)
            try await bench.store.prune(now: bench.after(48 * hour + 1))
            #expect(try await touch(bench).isRepeat == false)
            #expect(try await bench.store.members.find(.id(Fixtures.member().id)) == Fixtures.member())
        },
        StoreCheck("finished updates are remembered for 48 hours, others until they are handled") { bench in
            let inbox = bench.store.inbox
            _ = try await inbox.receive((1...3).map { Fixtures.update($0) }, nextOffset: 4, bot: .club)
            try await inbox.finish(bot: .club, updateID: 1, outbox: [], now: bench.now)
            try await inbox.setAside(bot: .club, updateID: 2, error: "odd", outbox: [], now: bench.now)
            try await bench.store.prune(now: bench.after(48 * hour))
            #expect(try await inbox.receive([Fixtures.update(1)], nextOffset: 4, bot: .club) == 0)
            try await bench.store.prune(now: bench.after(48 * hour + 1))
            #expect(try await inbox.pending(bot: .club, after: 0, limit: 9).map(\.entry.updateID) == [3])
            #expect(try await inbox.setAside(bot: .club, limit: 9).map(\.entry.updateID) == [2])
            #expect(try await inbox.offset(bot: .club) == 4)
            #expect(try await inbox.receive([Fixtures.update(1)], nextOffset: 4, bot: .club) == 1)
        },
        StoreCheck("updates that were set aside are kept for 90 days, whether their number was used again or not") {
            bench in
            let inbox = bench.store.inbox
            _ = try await inbox.receive([Fixtures.update(1), Fixtures.update(2)], nextOffset: 3, bot: .club)
            for id in Int64(1)...2 {
                try await inbox.setAside(bot: .club, updateID: id, error: "odd", outbox: [], now: bench.now)
            }
            var later = Fixtures.update(2)
            later.receivedAt = bench.after(49 * hour)
            #expect(try await inbox.receive([later], nextOffset: 3, bot: .club) == 1)
            try await bench.store.prune(now: bench.after(90 * day))
            #expect(try await inbox.setAside(bot: .club, limit: 9).map(\.entry.updateID) == [2, 1])
            try await bench.store.prune(now: bench.after(90 * day + 1))
            #expect(try await inbox.setAside(bot: .club, limit: 9).isEmpty)
            #expect(try await inbox.pending(bot: .club, after: 0, limit: 9).map(\.entry) == [later])
        },
        StoreCheck("messages are kept for 30 days after it is known what became of them, and keys for ever") { bench in
            for chat in Int64(1)...7 {
                try await bench.append(Fixtures.draft("\(chat)", chat: chat, expiresAt: chat == 5 ? bench.now : nil))
            }
            let rows = try await bench.claim(limit: 4)
            try await bench.settle(rows[0], .sent(message: 1))
            try await bench.settle(rows[1], .failed(reason: "no"))
            try await bench.settle(rows[2], .unreachable(reason: "blocked"))
            try await bench.settle(rows[3], .unknown(notBefore: bench.now))
            try await bench.settle(try #require(try await bench.claim(limit: 1).first), .unknown(notBefore: bench.now))
            bench.clock.advance(by: .milliseconds(1))
            #expect(try await bench.claimed(limit: 1) == ["6"])
            var expected = OutboxCounts()
            (expected.sent, expected.failed, expected.unreachable, expected.unknown) = (1, 2, 1, 1)
            (expected.queued, expected.sending) = (1, 1)
            try await bench.store.prune(now: bench.after(30 * day))
            #expect(try await bench.store.outbox.counts(bot: .club) == expected)
            try await bench.store.prune(now: bench.after(30 * day + 1))
            (expected.sent, expected.failed, expected.unreachable, expected.unknown) = (0, 0, 0, 0)
            #expect(try await bench.store.outbox.counts(bot: .club) == expected)
            for key in 1...5 { try await bench.append(Fixtures.draft("\(key)", chat: Int64(key))) }
            #expect(try await bench.claimed() == ["7"])
        },
        StoreCheck("a message that stayed unknown after a crash is forgotten like the others") { bench in
            try await bench.append(Fixtures.draft("a"))
            for _ in 1...2 {
                #expect(try await bench.claimed() == ["a"])
                #expect(try await bench.store.outbox.recover(bot: .club, now: bench.now) == 1)
            }
            try await bench.store.prune(now: bench.after(30 * day))
            #expect(try await bench.store.outbox.counts(bot: .club).unknown == 1)
            try await bench.store.prune(now: bench.after(30 * day + 1))
            #expect(try await bench.store.outbox.counts(bot: .club) == OutboxCounts())
        },
        StoreCheck("sign-in links and sessions are kept for a day after they ended") { bench in
            let link = SignInLink(
                id: SecretDigest(rawValue: "payload"),
                poll: SecretDigest(rawValue: "poll"),
                number: 42,
                device: "Firefox",
                expiresAt: bench.after(300)
            )
            _ = try await bench.store.signInLinks.change(.id(link.id), cause: Fixtures.cause(1)) { _ in Change(link) }
            try await addSession(1, of: Fixtures.member(), at: bench.now, to: bench)
            try await addSession(2, of: Fixtures.member(), at: bench.now, to: bench)
            try await end(2, at: bench.after(60), in: bench)
            let end = AuthSession.lifetime.seconds
            try await expectKept(link: true, sessions: [1, 2], after: 59 + day, in: bench)
            try await expectKept(link: true, sessions: [1], after: 61 + day, in: bench)
            try await expectKept(link: false, sessions: [1], after: 301 + day, in: bench)
            try await expectKept(link: false, sessions: [1], after: end + day, in: bench)
            try await expectKept(link: false, sessions: [], after: end + day + 1, in: bench)
            _ = try await bench.store.signInLinks.change(.id(link.id), cause: Fixtures.cause(9)) { _ in Change(link) }
        },
        StoreCheck("much is forgotten as thoroughly as little") { bench in
            let drafts = (1...1_200).map { Fixtures.draft("\($0)", chat: Int64($0)) }
            try await bench.store.outbox.append(drafts, now: bench.now)
            let sent = try await bench.claim(limit: 1_200).map {
                (sequence: $0.sequence, outcome: OutboxOutcome.sent(message: nil))
            }
            try await bench.store.outbox.settle(sent, now: bench.now)
            #expect(try await bench.store.outbox.counts(bot: .club).sent == 1_200)
            try await bench.store.prune(now: bench.after(31 * day))
            #expect(try await bench.store.outbox.counts(bot: .club) == OutboxCounts())
        },
    ]

    private static func touch(_ bench: StoreBench) async throws -> Change<Member> {
        try await bench.store.members.change(.id(Fixtures.member().id), cause: Fixtures.cause(0)) {
            Change($0 ?? Fixtures.member())
        }
    }

    private static func expectKept(
        link: Bool,
        sessions: [Int],
        after seconds: Double,
        in bench: StoreBench
    ) async throws {
        try await bench.store.prune(now: bench.after(seconds))
        #expect((try await bench.store.signInLinks.find(.poll(SecretDigest(rawValue: "poll"))) != nil) == link)
        for number in 1...2 {
            let found = try await bench.store.authSessions.find(.id(AuthSessionID(rawValue: "session-\(number)")))
            #expect((found != nil) == sessions.contains(number), "session \(number) after \(seconds) s")
        }
    }
}
