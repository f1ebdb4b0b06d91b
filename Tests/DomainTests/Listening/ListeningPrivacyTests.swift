import Domain
import Foundation
import TestSupport
import Testing

/// What a person listened to is theirs: to have, and to have forgotten.
struct ListeningPrivacyTests {
    let clock = ManualClock()
    let store: MemoryClubStore
    let privacy: Privacy
    let anna = Fixtures.member(2)

    init() async throws {
        store = MemoryClubStore(clock: clock)
        let directory = MemberDirectory(store: store, clock: clock, ids: Fixtures.ids())
        privacy = Privacy(store: store, directory: directory, clock: clock)
        for member in [anna, Fixtures.member(3)] {
            _ = try await store.members.change(.id(member.id), cause: Fixtures.cause(1)) { _ in Change(member) }
        }
        let podcast = Fixtures.episode(lasting: 600)
        let listening = Listening(store: store, clock: clock)
        for person in Int64(2)...3 {
            let first = Fixtures.beat(1, to: 0, .started, of: podcast)
            _ = try await listening.take(first, of: podcast, by: Fixtures.member(person).id)
        }
        clock.advance(by: .seconds(60))
        for person in Int64(2)...3 {
            let beat = Fixtures.beat(2, from: 0, to: 60, .paused, of: podcast)
            _ = try await listening.take(beat, of: podcast, by: Fixtures.member(person).id)
        }
    }

    @Test func `the export has the days and the episodes`() async throws {
        let data = try #require(try await privacy.export(of: anna.id) { _ in nil })
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let listening = try #require(object["listening"] as? [String: [[String: Any]]])
        #expect(listening["days"]?.compactMap { $0["day"] as? String } == ["2026-06-01"])
        let parts = listening["days"]?.first?["parts"] as? [[String: Any]]
        #expect(parts?.compactMap { $0["seconds"] as? Double } == [60])
        #expect(listening["episodes"]?.compactMap { $0["stretches_heard"] as? Int } == [6])
    }

    @Test func `a member who is forgotten leaves numbers only`() async throws {
        try await privacy.forget(anna, cause: Fixtures.cause(2))
        let left = try await store.listeningDays.days(after: nil, limit: 9)
        #expect(left.map(\.member) == [Fixtures.member(3).id])
        #expect(try await store.listens.listens(of: anna.id, limit: 9).isEmpty)
        #expect(try await store.listens.listens(of: Fixtures.member(3).id, limit: 9).count == 1)
        #expect(try await store.episodeFigures.find(.id(Fixtures.podcast(1).id))?.listeners == 2)
    }
}
