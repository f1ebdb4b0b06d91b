import Foundation
import TestSupport
import Testing

@testable import Domain

/// What is left of what a person did, once they are forgotten; and what they are handed before.
struct ForgottenProgressTests {
    private func club() async throws -> ShowClub {
        let club = try await ShowClub()
        let day = try #require(ClubDay(rawValue: "2026-05-20"))
        let lines = [
            Fixtures.line(3, .chat, .show(LiveSessionID(rawValue: "a")), count: 3, on: day),
            Fixtures.line(3, .chat, .show(LiveSessionID(rawValue: "b")), count: 2, on: day.adding(days: 2)),
            Fixtures.line(3, .chat, .show(LiveSessionID(rawValue: "c")), count: 1, on: day.adding(days: 20)),
            Fixtures.line(3, .joined, .show(LiveSessionID(rawValue: "a")), on: day),
            Fixtures.line(4, .joined, .show(LiveSessionID(rawValue: "a")), on: day),
        ]
        let correction = Fixtures.correction(1, of: 3, xp: -7, on: day)
        _ = try await club.store.xpCorrections.change(.id(correction.id), cause: Fixtures.cause(1)) { _ in
            Change(correction)
        }
        try await club.store.ledger.post(lines + [correction.line])
        let award = BadgeAward(member: club.members[0].id, badge: .clubCouncil, by: club.owner.id, at: club.clock.now)
        _ = try await club.store.badges.change(.id(award.id), cause: Fixtures.cause(1)) { _ in Change(award) }
        try await ProgressBook(store: club.store, clock: club.clock).changed([club.members[0].id])
        return club
    }

    private func privacy(_ club: ShowClub) -> Privacy {
        Privacy(store: club.store, directory: club.directory, clock: club.clock)
    }

    @Test func `sums by rule and month stay, and nothing about what`() async throws {
        let club = try await club()
        let anna = club.members[0].id
        let before = try await club.store.ledger.sums(of: [anna])[anna]
        try await privacy(club).forget(club.members[0], cause: Fixtures.cause(50))
        #expect(try await club.store.ledger.sums(of: [anna])[anna] == before)
        let lines = try await club.store.ledger.lines(of: anna, from: .first, limit: 100).items
        #expect(lines.allSatisfy { !$0.source.isDeed })
        #expect(Set(lines.map(\.day.rawValue)) == ["2026-05-01", "2026-06-01", "2026-05-20"])
        let corrections = try await club.store.xpCorrections.corrections(of: anna, limit: 100)
        #expect(corrections.count == 4 && corrections.allSatisfy { $0.reason == nil })
        #expect(corrections.first { $0.rule == .chat && $0.day.month == "2026-05" }?.count == 5)
        #expect(try await club.store.toldProgress.find(.id(anna)) == ToldProgress(id: anna))
        #expect(try await club.store.badges.awards(of: anna).allSatisfy { $0.revokedAt != nil && $0.by == nil })
    }

    @Test func `forgetting again, and lines that are made anew, give the same`() async throws {
        let club = try await club()
        let anna = club.members[0].id
        try await privacy(club).forget(club.members[0], cause: Fixtures.cause(50))
        let lines = try await club.store.ledger.lines(after: nil, limit: 100)
        try await privacy(club).forget(club.members[0], cause: Fixtures.cause(51))
        #expect(try await club.store.ledger.lines(after: nil, limit: 100) == lines)
        try await club.store.ledger.erase(anna)
        let corrections = try await club.store.xpCorrections.corrections(of: anna, limit: 100)
        try await club.store.ledger.post(corrections.map(\.line))
        #expect(try await club.store.ledger.lines(after: nil, limit: 100) == lines)
    }

    @Test(arguments: 0...12)
    func `a crash at any step leaves the same once it is done again`(writes: Int) async throws {
        let club = try await club()
        let anna = club.members[0].id
        let before = try await club.store.ledger.sums(of: [anna])[anna]
        club.store.crash(afterWrites: writes)
        try? await privacy(club).forget(club.members[0], cause: Fixtures.cause(50))
        club.store.crash(afterWrites: nil)
        try await privacy(club).forget(club.members[0], cause: Fixtures.cause(50))
        #expect(try await club.store.ledger.sums(of: [anna])[anna] == before)
        #expect(try await club.store.xpCorrections.corrections(of: anna, limit: 100).count == 4)
    }

    @Test func `a person's data has what they reached, the lines, badges, corrections and what they were told`()
        async throws
    {
        let club = try await club()
        let data = try #require(try await privacy(club).export(of: club.members[0].id) { _ in nil })
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let progress = try #require(object["progress"] as? [String: Any])
        #expect(progress["xp"] as? Int == 15 && progress["level"] as? Int == 1)
        #expect((progress["lines"] as? [[String: Any]])?.count == 5)
        #expect((progress["corrections"] as? [[String: Any]])?.first?["reason"] as? String == "for \"A\"")
        #expect((progress["given"] as? [[String: Any]])?.first?["badge"] as? String == "club_council")
        #expect((progress["told"] as? [String: Any])?["badges"] != nil)
    }
}
