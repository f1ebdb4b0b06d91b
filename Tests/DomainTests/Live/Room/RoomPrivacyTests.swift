import Domain
import Foundation
import TestSupport
import Testing

/// What a person wrote in rooms and when they were there is theirs: to have, and to have forgotten.
struct RoomPrivacyTests {
    let clock = ManualClock()
    let store: MemoryClubStore
    let privacy: Privacy
    let anna = Fixtures.member(2)

    init() async throws {
        store = MemoryClubStore(clock: clock)
        let directory = MemberDirectory(store: store, clock: clock, ids: Fixtures.ids())
        privacy = Privacy(store: store, directory: directory, clock: clock)
        let member = anna
        _ = try await store.members.change(.id(member.id), cause: Fixtures.cause(1)) { _ in Change(member) }
        for batch in Fixtures.roomBatches(now: clock.now) { try await store.roomLog.append(batch) }
        try await store.attendance.keep(Fixtures.attendance(now: clock.now))
    }

    @Test func `the export has what the member wrote, not what others did, and when they were there`() async throws {
        let data = try #require(try await privacy.export(of: anna.id) { _ in nil })
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let rooms = try #require(object["rooms"] as? [String: [[String: Any]]])
        #expect(rooms["written"]?.compactMap { $0["text"] as? String } == ["Почему?"])
        #expect(
            rooms["attended"]?.compactMap { $0["part"] as? String }.sorted() == [
                "microphone", "seat:mini_app", "stage",
            ]
        )
    }

    @Test func `a member who is forgotten leaves no words and no attendance, and the log stays`() async throws {
        try await privacy.forget(anna, cause: Fixtures.cause(2))
        #expect(try await store.chatMessages.written(by: anna.id, limit: 9).isEmpty)
        #expect(try await store.attendance.attended(by: anna.id, limit: 9).isEmpty)
        #expect(try await store.chatMessages.written(by: Fixtures.member(1).id, limit: 9).map(\.text) == ["a/b\nc"])
        #expect(try await store.roomLog.batches(of: Fixtures.roomShow, after: 0, limit: 9).last?.number == 10)
    }
}
