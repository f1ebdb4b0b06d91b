import Domain
import Foundation
import TestSupport
import Testing

struct MemberDirectoryTests {
    let store: MemoryClubStore
    let clock = ManualClock()
    let directory: MemberDirectory

    init() {
        store = MemoryClubStore(clock: clock)
        directory = MemberDirectory(store: store, clock: clock, ids: Fixtures.ids(), claimCode: ClaimCode("s3cret"))
    }

    private func cause(_ text: String) -> Cause { Cause(rawValue: text) }

    private func told() async throws -> [ChatID: [Notice]] {
        var told: [ChatID: [Notice]] = [:]
        for draft in try await store.sendAll(now: clock.now) {
            if case .notice(let notice) = draft.body { told[draft.chat, default: []].append(notice) }
        }
        return told
    }

    @Test func `nobody is known before they ask`() async throws {
        #expect(try await directory.recognise(Fixtures.person(5), cause: cause("1")) == nil)
        #expect(try await directory.find(.telegram(Fixtures.person(5).telegramID)) == nil)
    }

    @Test func `who has the code becomes the owner, and nobody after them`() async throws {
        let owner = try await directory.claim(code: " S3CRET ", by: Fixtures.person(1), cause: cause("1"))

        #expect(owner.role == .owner)
        #expect(owner.isActive)
        await #expect(throws: ChangeFailure.refused(.alreadyClaimed)) {
            try await directory.claim(code: "s3cret", by: Fixtures.person(2), cause: cause("2"))
        }
    }

    @Test func `a wrong code makes nobody the owner`() async throws {
        await #expect(throws: ChangeFailure.refused(.wrongClaimCode)) {
            try await directory.claim(code: "guess", by: Fixtures.person(1), cause: cause("1"))
        }
        #expect(try await store.settings.find(.club)?.ownerID == nil)
    }

    @Test func `claiming that is handled again after a crash ends the same`() async throws {
        let first = try await directory.claim(code: "s3cret", by: Fixtures.person(1), cause: cause("1"))
        let again = try await directory.claim(code: "s3cret", by: Fixtures.person(1), cause: cause("1"))

        #expect(first == again)
    }

    @Test func `a request to join waits, and each admin is told`() async throws {
        try await directory.ensureOwner(Fixtures.person(1), cause: cause("owner"))

        let asked = try await directory.askToJoin(Fixtures.person(5), cause: cause("1"))

        #expect(asked.membership == .pending)
        #expect(try await told() == [Fixtures.person(1).telegramID.privateChat: [.joinRequested(asked.id)]])
        await #expect(throws: ChangeFailure.refused(.requestPending)) {
            try await directory.askToJoin(Fixtures.person(5), cause: cause("2"))
        }
    }

    @Test func `who is approved is a member and is told`() async throws {
        try await directory.ensureOwner(Fixtures.person(1), cause: cause("owner"))
        let owner = try #require(try await directory.find(.telegram(Fixtures.person(1).telegramID)))
        let asked = try await directory.askToJoin(Fixtures.person(5), cause: cause("1"))
        _ = try await told()

        let member = try await directory.decide(asked.id, isApproved: true, by: owner, cause: cause("2"))

        #expect(member.isActive)
        #expect(member.joinedAt == clock.now)
        #expect(try await told() == [Fixtures.person(5).telegramID.privateChat: [.joinApproved]])
    }

    @Test func `a second admin cannot decide again`() async throws {
        try await directory.ensureOwner(Fixtures.person(1), cause: cause("owner"))
        let owner = try #require(try await directory.find(.telegram(Fixtures.person(1).telegramID)))
        let asked = try await directory.askToJoin(Fixtures.person(5), cause: cause("1"))
        _ = try await directory.decide(asked.id, isApproved: true, by: owner, cause: cause("2"))

        await #expect(throws: ChangeFailure.refused(.nothingToDecide)) {
            try await directory.decide(asked.id, isApproved: false, by: owner, cause: cause("3"))
        }
        #expect(try await directory.find(.id(asked.id))?.isActive == true)
    }

    @Test func `a member cannot let others in`() async throws {
        let member = try await directory.admit(Fixtures.person(2), cause: cause("member"))
        let asked = try await directory.askToJoin(Fixtures.person(5), cause: cause("1"))

        await #expect(throws: ChangeFailure.refused(.notAllowed)) {
            try await directory.decide(asked.id, isApproved: true, by: member, cause: cause("2"))
        }
    }

    @Test func `who was declined may ask again after a day`() async throws {
        try await directory.ensureOwner(Fixtures.person(1), cause: cause("owner"))
        let owner = try #require(try await directory.find(.telegram(Fixtures.person(1).telegramID)))
        let asked = try await directory.askToJoin(Fixtures.person(5), cause: cause("1"))
        _ = try await directory.decide(asked.id, isApproved: false, by: owner, cause: cause("2"))
        let again = clock.now.addingTimeInterval(24 * 3600)

        clock.advance(by: .seconds(24 * 3600 - 1))
        await #expect(throws: ChangeFailure.refused(.askAgainLater(again))) {
            try await directory.askToJoin(Fixtures.person(5), cause: cause("3"))
        }
        clock.advance(by: .seconds(1))
        #expect(try await directory.askToJoin(Fixtures.person(5), cause: cause("4")).membership == .pending)
    }

    @Test func `a member's new name is kept, and who comes back can be written to again`() async throws {
        let member = try await directory.admit(Fixtures.person(2), cause: cause("member"))
        try await directory.mark(Fixtures.person(2).telegramID, isReachable: false, cause: cause("gone"))
        let renamed = Fixtures.person(2, name: "New\u{202E} Name", username: "new", language: .en)

        let known = try #require(try await directory.recognise(renamed, cause: cause("2")))

        #expect(known.name == "New Name")
        #expect(known.username == "new")
        #expect(known.language == .en)
        #expect(known.isReachable)
        #expect(known.id == member.id)
    }

    @Test func `a person without a name is called by their number`() {
        let person = Person(telegramID: TelegramUserID(rawValue: 9), name: " \u{0} ", username: "", language: .ru)

        #expect(person.name == "id 9")
        #expect(person.username == nil)
    }

    @Test func `who asked before the club had an owner is shown to the owner`() async throws {
        let asked = try await directory.askToJoin(Fixtures.person(5), cause: cause("1"))
        #expect(try await told().isEmpty)

        _ = try await directory.claim(code: "s3cret", by: Fixtures.person(1), cause: cause("2"))

        #expect(try await told() == [Fixtures.person(1).telegramID.privateChat: [.joinRequested(asked.id)]])
    }

    @Test func `an admin who blocked the bot is not written to`() async throws {
        try await directory.ensureOwner(Fixtures.person(1), cause: cause("owner"))
        try await directory.mark(Fixtures.person(1).telegramID, isReachable: false, cause: cause("blocked"))

        _ = try await directory.askToJoin(Fixtures.person(5), cause: cause("1"))

        #expect(try await told().isEmpty)
    }

    @Test func `an owner named by the settings keeps the name that they have`() async throws {
        _ = try await directory.admit(Fixtures.person(1, name: "Anna"), cause: cause("1"))
        let nameless = Person(telegramID: Fixtures.person(1).telegramID, name: "", username: nil, language: .ru)

        try await directory.ensureOwner(nameless, cause: cause("2"))

        #expect(try await directory.find(.telegram(nameless.telegramID))?.name == "Anna")
    }
}
