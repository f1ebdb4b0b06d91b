import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    /// Corrections, badges, and what members were told.
    static let progress = [
        StoreCheck("corrections are read in the order of their ids, and a member's own, the newest first") { bench in
            let corrections = [
                Fixtures.correction(1, at: bench.after(3)), Fixtures.correction(2, of: 2, at: bench.after(9)),
                Fixtures.correction(3, at: bench.after(3)), Fixtures.correction(4, at: bench.after(5)),
            ]
            for correction in corrections.reversed() { try await add(correction, to: bench) }
            let store = bench.store.xpCorrections
            let first = try await store.corrections(after: nil, limit: 3)
            #expect(first == Array(corrections.prefix(3)))
            #expect(try await store.corrections(after: first.last?.id, limit: 3) == [corrections[3]])
            #expect(try await store.corrections(after: nil, limit: 0).isEmpty)
            let own = try await store.corrections(of: Fixtures.member(1).id, limit: 2)
            #expect(own == [corrections[3], corrections[2]])
            #expect(try await store.corrections(of: Fixtures.member(9).id, limit: 2).isEmpty)
        },
        StoreCheck("a member has each badge once, and those that were taken back are in no one's list") { bench in
            let (anna, boris) = (Fixtures.member(1).id, Fixtures.member(2).id)
            for badge in [Badge.supporter, .coreMember, .clubCouncil] {
                try await add(BadgeAward(member: anna, badge: badge, by: boris, at: bench.now), to: bench)
            }
            try await add(BadgeAward(member: boris, badge: .supporter, by: nil, at: bench.now), to: bench)
            let revoked = try await bench.store.badges.change(
                .id(BadgeAwardID(anna, .coreMember)),
                cause: Fixtures.cause(2)
            ) { (award) throws(Refusal) in
                guard let award else { throw .notFound }
                return Change(Fixtures.revoked(award, at: bench.now))
            }
            #expect(revoked.state.revokedAt == bench.now)
            let all = try await bench.store.badges.awards(of: anna).map(\.badge)
            #expect(all == [.clubCouncil, .coreMember, .supporter])
            let held = try await bench.store.badges.awards(of: [anna, boris, Fixtures.member(9).id])
            #expect(held.mapValues { $0.map(\.badge) } == [anna: [.clubCouncil, .supporter], boris: [.supporter]])
            #expect(try await bench.store.badges.awards(of: []).isEmpty)
        },
        StoreCheck("what a member was told is kept for the next time") { bench in
            let id = Fixtures.member(1).id
            #expect(try await bench.store.toldProgress.find(.id(id)) == nil)
            let told = Fixtures.told(id, level: 3, badge: .supporter, at: bench.now)
            _ = try await bench.store.toldProgress.change(.id(id), cause: Fixtures.cause(1)) { _ in Change(told) }
            let read = try #require(try await bench.store.toldProgress.find(.id(id)))
            #expect(read == told)
            #expect(read.told(.supporter) == bench.now && read.told(.coreMember) == nil)
        },
    ]

    private static func add(_ correction: XPCorrection, to bench: StoreBench) async throws {
        _ = try await bench.store.xpCorrections.change(.id(correction.id), cause: Fixtures.cause(1)) { _ in
            Change(correction)
        }
    }

    private static func add(_ award: BadgeAward, to bench: StoreBench) async throws {
        _ = try await bench.store.badges.change(.id(award.id), cause: Fixtures.cause(1)) { _ in Change(award) }
    }
}
