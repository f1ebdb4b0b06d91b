import Domain
import Foundation
import TestSupport
import Testing

/// What shows keep of people, and forget.
struct ForgottenHostTests {
    @Test func `a host who is forgotten leaves shows without a host, and answers nothing`() async throws {
        let club = try await ShowClub()
        let planned = try await club.plan(repeatsWeekly: true, cause: 1)
        let over = Fixtures.show(9, status: .recorded, host: 2)
        _ = try await club.store.liveSessions.change(.id(over.id), cause: Fixtures.cause(0)) { _ in Change(over) }
        let others = try await club.plan(by: club.owner, cause: 2)
        _ = try await club.shows.addCoHost(club.host.id, to: others.id, by: club.owner, cause: Fixtures.cause(3))
        _ = try await club.shows.rsvp(others.id, isComing: true, by: club.host, cause: Fixtures.cause(4))
        let privacy = Privacy(store: club.store, directory: club.directory, clock: club.clock)

        let told = try #require(try await privacy.export(of: club.host.id) { _ in nil })
        let export = try #require(try JSONSerialization.jsonObject(with: told) as? [String: Any])
        let shows = try #require(export["shows"] as? [[String: Any]])
        #expect(Set(shows.compactMap { $0["id"] as? String }) == [planned.id.rawValue, "show-9", others.id.rawValue])
        #expect((export["answers"] as? [[String: Any]])?.count == 1)

        try await privacy.forget(club.host, cause: Fixtures.cause(5))
        try await privacy.forget(club.host, cause: Fixtures.cause(5))
        #expect(try await club.show(planned.id).status == .cancelled)
        #expect(try await !club.show(planned.id).repeatsWeekly)
        for id in [planned.id, over.id] { #expect(try await club.show(id).host == nil) }
        #expect(try await club.show(others.id).coHosts == [])
        #expect(try await club.show(others.id).comingCount == 0)
        #expect(try await club.shows.rsvps(.by(club.host.id), from: .first, limit: 9).items == [])
    }
}
