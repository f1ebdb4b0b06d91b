import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    static let audit = [
        StoreCheck("what a change writes down is listed, the newest first, page by page") { bench in
            for number in [3, 1, 5, 2, 4] { try await note([Fixtures.entry(number)], by: number, in: bench) }
            var seen: [AuditEntry] = []
            var cursor: PageCursor?
            for _ in 1...3 {
                let page = try await bench.store.audit.list(after: cursor, limit: 2)
                seen += page.items
                cursor = page.next
            }
            #expect(cursor == nil)
            #expect(seen == (1...5).reversed().map { Fixtures.entry($0) })
        },
        StoreCheck("entries of one moment are listed by their ids, each once") { bench in
            let ids = ["b", "d", "a", "c"]
            try await note(ids.map { entry($0, at: bench.now) }, by: 1, in: bench)
            let first = try await bench.store.audit.list(after: nil, limit: 3)
            let rest = try await bench.store.audit.list(after: first.next, limit: 3)
            #expect((first.items + rest.items).map(\.id.rawValue) == ["d", "c", "b", "a"])
            #expect(rest.next == nil)
            #expect(try await bench.store.audit.list(after: nil, limit: 0).items.isEmpty)
        },
        StoreCheck("a cause that is repeated writes nothing down again") { bench in
            try await note([entry("first", at: bench.now)], by: 1, in: bench)
            try await note([entry("second", at: bench.now)], by: 1, in: bench)
            let listed = try await bench.store.audit.list(after: nil, limit: 9).items
            #expect(listed.map(\.id.rawValue) == ["first"])
        },
        StoreCheck("a rule that refuses writes nothing down") { bench in
            await #expect(throws: ChangeFailure.refused(.notAllowed)) {
                _ = try await bench.store.members.change(.id(Fixtures.member().id), cause: Fixtures.cause(1)) {
                    (_) throws(Refusal) in throw .notAllowed
                }
            }
            let other = Fixtures.member(2)
            try await bench.add(other)
            await #expect(throws: ChangeFailure.store(.conflict(collection: "users"))) {
                _ = try await bench.store.members.change(.id(Fixtures.member(3).id), cause: Fixtures.cause(2)) { _ in
                    let rival = Member(
                        id: Fixtures.member(3).id,
                        person: Fixtures.person(2),
                        membership: .active,
                        now: Fixtures.start
                    )
                    return Change(rival, audit: [Fixtures.entry(3)])
                }
            }
            #expect(try await bench.store.audit.list(after: nil, limit: 9).items.isEmpty)
        },
        StoreCheck("the audit outlives the causes of what it tells") { bench in
            try await note([Fixtures.entry(1)], by: 1, in: bench)
            try await bench.store.prune(now: bench.after(400 * 24 * 3_600))
            #expect(try await bench.store.audit.list(after: nil, limit: 9).items == [Fixtures.entry(1)])
        },
    ]

    private static func entry(_ id: String, at moment: Date) -> AuditEntry {
        AuditEntry(
            id: AuditID(rawValue: id),
            at: moment,
            actor: nil,
            action: .clubClaimed,
            subject: .club,
            details: [.to: "Ёлка"]
        )
    }

    private static func note(_ entries: [AuditEntry], by number: Int, in bench: StoreBench) async throws {
        _ = try await bench.store.members.change(.id(Fixtures.member().id), cause: Fixtures.cause(number)) { member in
            Change(member ?? Fixtures.member(), audit: entries)
        }
    }
}
