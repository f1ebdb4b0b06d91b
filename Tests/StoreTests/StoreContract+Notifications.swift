import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    static let notifications = [
        StoreCheck("what a member is told stands in their list together with the message, each once") { bench in
            for _ in 1...2 { try await bench.store.outbox.append([told("a", 1), told("b", 2)], now: bench.now) }
            let page = try await bench.store.notifications.list(of: Fixtures.member(1).id, after: nil, limit: 9)
            #expect(page.items.map(\.notice) == [.roleChanged(.host)])
            #expect(page.items.map(\.createdAt) == [bench.now])
            #expect(page.items.map(\.readAt) == [nil])
            #expect(try await bench.claimed() == ["a", "b"])
        },
        StoreCheck("who cannot be written to finds it in the list, and nothing is sent") { bench in
            for _ in 1...2 { try await bench.store.outbox.append([told("a", 1, isSent: false)], now: bench.now) }
            #expect(try await bench.store.notifications.unread(of: Fixtures.member(1).id) == 1)
            try await bench.append(Fixtures.draft("a", chat: 1), Fixtures.draft("b", chat: 1))
            #expect(try await bench.claimed() == ["b"])
        },
        StoreCheck("a change's messages stand in the list, and those of a rule that refuses do not") { bench in
            let member = Fixtures.member(1)
            _ = try await bench.store.members.change(.id(member.id), cause: Fixtures.cause(1)) { _ in
                Change(member, outbox: [told("a", 1)])
            }
            _ = try? await bench.store.members.change(.id(member.id), cause: Fixtures.cause(2)) {
                (_) throws(Refusal) in throw .notAllowed
            }
            #expect(try await bench.store.notifications.unread(of: member.id) == 1)
        },
        StoreCheck("a list is read page by page, the newest first, each entry once") { bench in
            var seen: [NotificationID] = []
            for number in 1...5 {
                try await bench.store.outbox.append([told("n\(number)", 1)], now: bench.after(Double(number / 2)))
            }
            var cursor: PageCursor?
            for _ in 1...3 {
                let page = try await bench.store.notifications.list(
                    of: Fixtures.member(1).id,
                    after: cursor,
                    limit: 2
                )
                seen += page.items.map(\.id)
                cursor = page.next
            }
            #expect(cursor == nil)
            let byTime = [[4, 5], [2, 3], [1]].flatMap { numbers in
                numbers.map { NotificationID(dedupeKey: "n\($0)") }.sorted { $0.rawValue > $1.rawValue }
            }
            #expect(seen == byTime)
        },
        StoreCheck("an entry is read by its member only, and keeps the moment when it was read first") { bench in
            try await bench.store.outbox.append([told("a", 1), told("b", 1)], now: bench.now)
            let (id, owner) = (NotificationID(dedupeKey: "a"), Fixtures.member(1).id)
            let notifications = bench.store.notifications
            #expect(try await !notifications.read(id, of: Fixtures.member(2).id, now: bench.now))
            #expect(try await notifications.read(id, of: owner, now: bench.after(1)))
            #expect(try await notifications.read(id, of: owner, now: bench.after(2)))
            #expect(try await !notifications.read(NotificationID(rawValue: "x"), of: owner, now: bench.now))
            let items = try await notifications.list(of: owner, after: nil, limit: 9).items
            #expect(items.first { $0.id == id }?.readAt == bench.after(1))
            #expect(try await notifications.unread(of: owner) == 1)
        },
        StoreCheck("all that was told up to a moment is read at once, of one member") { bench in
            try await bench.store.outbox.append([told("a", 1), told("b", 1), told("c", 2)], now: bench.now)
            try await bench.store.outbox.append([told("d", 1)], now: bench.after(9))
            try await bench.store.notifications.readAll(of: Fixtures.member(1).id, now: bench.after(5))
            #expect(try await bench.store.notifications.unread(of: Fixtures.member(1).id) == 1)
            #expect(try await bench.store.notifications.unread(of: Fixtures.member(2).id) == 1)
        },
        StoreCheck("an entry is forgotten when it is too old, and with its member") { bench in
            let person = TracedPerson(Fixtures.member(1))
            try await bench.store.outbox.append([told("a", 1), told("c", 2)], now: bench.now)
            try await bench.store.outbox.append([told("b", 1)], now: bench.after(86_400))
            let lifetime = MemberNotification.lifetime.seconds
            try await bench.store.prune(now: bench.after(lifetime + 1))
            #expect(try await bench.store.traces.traces(of: person, limit: 9).notifications.count == 1)
            try await bench.store.outbox.append([told("e", 2)], now: bench.after(lifetime))
            try await bench.store.traces.erase(person)
            #expect(try await bench.store.traces.traces(of: person, limit: 9).notifications.isEmpty)
            #expect(try await bench.store.notifications.unread(of: Fixtures.member(2).id) == 1)
        },
    ]

    private static func told(_ key: String, _ number: Int64, isSent: Bool = true) -> OutboxDraft {
        OutboxDraft(
            dedupeKey: key,
            chat: ChatID(rawValue: number),
            lane: .alerts,
            body: .notice(.roleChanged(.host)),
            listing: Listing(reader: Fixtures.member(number).id, isSent: isSent)
        )
    }
}
