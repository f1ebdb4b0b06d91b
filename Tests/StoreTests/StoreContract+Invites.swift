import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    static let invites = [
        StoreCheck("an invite lets in as many as its quota, however many come at once") { bench in
            try await bench.add(Fixtures.member(1, role: .owner))
            let invitations = invitations(of: bench)
            try await keep(Fixtures.invite(quota: 5), in: bench)
            let admitted = await withTaskGroup(of: Bool.self) { group in
                for number in Int64(100)..<120 {
                    group.addTask {
                        let person = Fixtures.person(number)
                        let cause = Fixtures.cause(Int(number))
                        return (try? await invitations.redeem(payload: "payload-1", by: person, cause: cause)) != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(admitted == 5)
            #expect(try await bench.store.members.count(.active) == 6)
            let invite = try #require(try await bench.store.invites.find(.id(Fixtures.invite().id)))
            #expect(invite.left == 0)
            #expect(Set(invite.redeemedBy).count == 5)
        },
        StoreCheck("an invite is found by its id and by its secret's digest, which is unique") { bench in
            let invite = Fixtures.invite()
            try await keep(invite, in: bench)
            #expect(try await bench.store.invites.find(.id(invite.id)) == invite)
            #expect(try await bench.store.invites.find(.secret(invite.secret)) == invite)
            #expect(try await bench.store.invites.find(.secret(Fixtures.hasher.digest(of: "other"))) == nil)
            let rival = Invite(
                id: InviteID(rawValue: "rival"),
                secret: invite.secret,
                createdBy: invite.createdBy,
                quota: 1,
                now: bench.now,
                expiresAt: bench.after(60)
            )
            await #expect(throws: ChangeFailure.store(.conflict(collection: "invites"))) {
                _ = try await bench.store.invites.change(.id(rival.id), cause: Fixtures.cause(9)) { _ in Change(rival) }
            }
        },
        StoreCheck("invites that are neither taken back nor too old are listed, the newest first") { bench in
            for number in 1...4 {
                try await keep(Fixtures.invite(number, now: bench.after(Double(number % 3))), in: bench)
            }
            try await bench.add(Fixtures.member(1, role: .owner))
            let admin = Fixtures.member(1, role: .owner)
            let id = Fixtures.invite(2).id
            try await invitations(of: bench).revoke(id, by: admin, cause: Fixtures.cause(5))
            let invites = bench.store.invites
            let listed = try await invites.running(now: bench.now, limit: 9)
            #expect(listed.map(\.id.rawValue) == ["invite-4", "invite-1", "invite-3"])
            #expect(try await invites.running(now: bench.now, limit: 1).map(\.id.rawValue) == ["invite-4"])
            let later = try await invites.running(now: bench.after(7 * 24 * 3_600), limit: 9)
            #expect(later.map(\.id.rawValue) == ["invite-4", "invite-1"])
        },
        StoreCheck("an invite is forgotten a day after it ended") { bench in
            try await keep(Fixtures.invite(), in: bench)
            let week = 7.0 * 24 * 3_600
            try await bench.store.prune(now: bench.after(week + 23 * 3_600))
            #expect(try await bench.store.invites.find(.id(Fixtures.invite().id)) != nil)
            try await bench.store.prune(now: bench.after(week + 25 * 3_600))
            #expect(try await bench.store.invites.find(.id(Fixtures.invite().id)) == nil)
        },
    ]

    private static func keep(_ invite: Invite, in bench: StoreBench) async throws {
        _ = try await bench.store.invites.change(.id(invite.id), cause: Fixtures.cause(1)) { _ in Change(invite) }
    }

    private static func invitations(of bench: StoreBench) -> Invitations {
        let ids = Fixtures.ids()
        return Invitations(
            store: bench.store,
            directory: MemberDirectory(store: bench.store, clock: bench.clock, ids: ids),
            clock: bench.clock,
            ids: ids,
            hasher: Fixtures.hasher
        )
    }
}
