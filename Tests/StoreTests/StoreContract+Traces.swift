import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    /// What is kept of a person in passing: person 1 of the fixtures, whose private chat is 1.
    static let traces = [
        StoreCheck("what is kept of a person is found, the newest first, and nobody else's") { bench in
            try await leaveTraces(in: bench)
            let found = try await bench.store.traces.traces(of: person, limit: 9)
            #expect(found.sessions.map(\.id.rawValue) == ["s2", "s1"])
            #expect(found.links.map(\.id.rawValue) == ["l1"])
            #expect(found.messages.map(\.draft.dedupeKey) == ["waiting", "sent"])
            #expect(found.messages.map(\.state) == [.queued, .sent])
            #expect(found.updates.map(\.updateID) == [2, 1])
            let first = try await bench.store.traces.traces(of: person, limit: 1)
            #expect(first.sessions.map(\.id.rawValue) == ["s2"])
            #expect(first.messages.map(\.draft.dedupeKey) == ["waiting"])
            #expect(first.updates.map(\.updateID) == [2])
            #expect(try await bench.store.traces.traces(of: person, limit: 0) == Traces())
        },
        StoreCheck("a person is erased, others are not, and it may be done twice") { bench in
            try await leaveTraces(in: bench)
            let others = try await bench.store.traces.traces(of: other, limit: 9)
            for _ in 1...2 {
                try await bench.store.traces.erase(person)
                let left = try await bench.store.traces.traces(of: person, limit: 9)
                #expect(left.sessions.isEmpty && left.links.isEmpty && left.messages.isEmpty)
                // What is still to be handled does what the person asks for.
                #expect(left.updates.map(\.updateID) == [1])
            }
            #expect(try await bench.store.traces.traces(of: other, limit: 9) == others)
            #expect(others.sessions.count == 1 && others.messages.count == 1 && others.updates.count == 1)
        },
        StoreCheck("an erased session is over, and an erased link lets nobody in") { bench in
            try await leaveTraces(in: bench)
            try await bench.store.traces.erase(person)
            #expect(try await bench.store.authSessions.find(.id(AuthSessionID(rawValue: "s1"))) == nil)
            #expect(try await bench.store.authSessions.open(of: person.member, now: bench.now).isEmpty)
            #expect(try await bench.store.signInLinks.find(.poll(SecretDigest(rawValue: "p-l1"))) == nil)
        },
        StoreCheck("an erased message is never sent, its key stays used, and later ones go") { bench in
            try await leaveTraces(in: bench)
            try await bench.store.traces.erase(person)
            try await bench.append(Fixtures.draft("waiting", chat: 1), Fixtures.draft("later", chat: 1))
            #expect(try await bench.claimed() == ["to another", "later"])
        },
        StoreCheck("a message that is being sent stays until it is known what became of it") { bench in
            try await bench.append(Fixtures.draft("on its way", chat: 1), Fixtures.draft("behind it", chat: 1))
            let row = try #require(try await bench.claim().first)
            try await bench.store.traces.erase(person)
            try await bench.append(Fixtures.draft("later", chat: 1))
            #expect(try await bench.claimed() == [])
            try await bench.settle(row, .sent(message: 5))
            #expect(try await bench.claimed() == ["later"])
            try await bench.store.traces.erase(person)
            let left = try await bench.store.traces.traces(of: person, limit: 9).messages
            #expect(left.map(\.draft.dedupeKey) == ["later"])
        },
        StoreCheck("many messages are erased, and those of the other bot with them") { bench in
            let drafts = (1...1_203).map { number in
                var draft = Fixtures.draft("\(number)", chat: 1)
                if number % 2 == 0 { draft.bot = .recorder }
                return draft
            }
            try await bench.store.outbox.append(drafts, now: bench.now)
            try await bench.store.traces.erase(person)
            #expect(try await bench.store.traces.traces(of: person, limit: 9).messages.isEmpty)
            #expect(try await bench.store.outbox.counts(bot: .club).queued == 0)
            #expect(try await bench.store.outbox.counts(bot: .recorder).queued == 0)
        },
        StoreCheck("of a person without a number only what bears their id is erased") { bench in
            try await leaveTraces(in: bench)
            let nameless = TracedPerson(member: person.member, telegramID: nil)
            try await bench.store.traces.erase(nameless)
            let left = try await bench.store.traces.traces(of: person, limit: 9)
            #expect(left.sessions.isEmpty && left.links.isEmpty)
            #expect(left.messages.count == 2 && left.updates.count == 2)
            #expect(try await bench.store.traces.traces(of: nameless, limit: 9) == Traces())
        },
    ]

    private static let person = TracedPerson(Fixtures.member(1))
    private static let other = TracedPerson(Fixtures.member(2))

    private static func leaveTraces(in bench: StoreBench) async throws {
        for (number, id) in ["s1", "s2", "other"].enumerated() {
            let session = AuthSession(
                id: AuthSessionID(rawValue: id),
                memberID: number < 2 ? person.member : other.member,
                way: .link,
                device: "Firefox, Linux",
                now: bench.after(Double(number))
            )
            _ = try await bench.store.authSessions.change(.id(session.id), cause: Fixtures.cause(1)) { _ in
                Change(session)
            }
        }
        for (id, confirmer) in [("l1", MemberID?.some(person.member)), ("l2", other.member), ("l3", nil)] {
            var link = SignInLink(
                id: SecretDigest(rawValue: id),
                poll: SecretDigest(rawValue: "p-\(id)"),
                number: 42,
                device: "Firefox, Linux",
                expiresAt: bench.after(300)
            )
            link.confirmedBy = confirmer
            let stored = link
            _ = try await bench.store.signInLinks.change(.id(link.id), cause: Fixtures.cause(1)) { _ in Change(stored) }
        }
        try await bench.append(Fixtures.draft("sent", chat: 1))
        try await bench.settle(try #require(try await bench.claim().first), .sent(message: 5))
        try await bench.append(Fixtures.draft("waiting", chat: 1), Fixtures.draft("to another", chat: 2))
        let updates = [(1, "1"), (2, "1"), (3, "1"), (4, "2")].map { number, lane in
            InboxEntry(
                bot: .club,
                updateID: Int64(number),
                lane: lane,
                payload: Data("{}".utf8),
                receivedAt: bench.now
            )
        }
        _ = try await bench.store.inbox.receive(updates, nextOffset: 5, bot: .club)
        for id in [Int64(2), 4] {
            try await bench.store.inbox.setAside(bot: .club, updateID: id, error: "odd", outbox: [], now: bench.now)
        }
        try await bench.store.inbox.finish(bot: .club, updateID: 3, outbox: [], now: bench.now)
    }
}
