import Domain
import Foundation
import TestSupport
import Testing

/// The club's settings.
struct ClubOfficeTests {
    let clock = ManualClock()
    let store: MemoryClubStore
    let office: ClubOffice
    let admin = Fixtures.member(2, role: .admin)

    init() {
        store = MemoryClubStore(clock: clock)
        office = ClubOffice(store: store, clock: clock, ids: Fixtures.ids())
    }

    @Test func `settings that an older version stored have the ways that were open then`() throws {
        let json = Data(#"{"timeZone":"Asia/Omsk","ownerID":"m"}"#.utf8)
        let settings = try DocumentJSON.decode(ClubSettings.self, from: json)
        #expect(settings.timeZone == "Asia/Omsk")
        #expect(settings.joining == [.request, .invite])
    }

    @Test func `a zone is set and written down, and the same one again is not`() async throws {
        for number in 1...2 {
            _ = try await office.setTimeZone("Asia/Omsk", by: admin, cause: Fixtures.cause(number))
        }
        #expect(try await office.settings().timeZone == "Asia/Omsk")
        let entries = try await store.audit.list(after: nil, limit: 9).items
        #expect(entries.map(\.details) == [["setting": "time_zone", "from": "Europe/Moscow", "to": "Asia/Omsk"]])
    }

    @Test(arguments: ["", "Mars/Base", "../etc", "europe/moscow "])
    func `a zone that nobody knows is refused`(name: String) async throws {
        await #expect(throws: ChangeFailure.refused(.unknownTimeZone)) {
            _ = try await office.setTimeZone(name, by: admin, cause: Fixtures.cause(1))
        }
    }

    @Test func `two switches at the same moment both hold`() async throws {
        async let one = office.setJoining(.request, isOpen: false, by: admin, cause: Fixtures.cause(1))
        async let other = office.setJoining(.invite, isOpen: false, by: admin, cause: Fixtures.cause(2))
        _ = try await (one, other)
        #expect(try await office.settings().joining == [])
    }

    @Test func `where requests are closed, nobody can ask`() async throws {
        _ = try await office.setJoining(.request, isOpen: false, by: admin, cause: Fixtures.cause(1))
        let directory = MemberDirectory(store: store, clock: clock, ids: Fixtures.ids())
        await #expect(throws: ChangeFailure.refused(.joiningClosed)) {
            _ = try await directory.askToJoin(Fixtures.person(9), cause: Fixtures.cause(2))
        }
        #expect(try await directory.find(.telegram(TelegramUserID(rawValue: 9))) == nil)
    }

    @Test(arguments: [Role.member, .host])
    func `who is no admin changes nothing`(role: Role) async throws {
        let person = Fixtures.member(5, role: role)
        await #expect(throws: ChangeFailure.refused(.notAllowed)) {
            _ = try await office.setTimeZone("Asia/Omsk", by: person, cause: Fixtures.cause(1))
        }
        await #expect(throws: ChangeFailure.refused(.notAllowed)) {
            _ = try await office.setJoining(.invite, isOpen: false, by: person, cause: Fixtures.cause(2))
        }
        #expect(try await store.settings.find(.club) == nil)
    }
}
