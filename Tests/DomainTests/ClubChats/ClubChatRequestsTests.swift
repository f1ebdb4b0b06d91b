import Domain
import Foundation
import TestSupport
import Testing

/// People who ask the messenger to be let into the club's channel or group.
struct ClubChatRequestsTests {
    private func request(
        _ club: ClubChatClub,
        _ chat: ChatID = Fixtures.channel
    ) async throws -> ClubChats.RequestAnswer {
        try await club.clubChats.requested(Fixtures.person(9), chat, cause: club.cause("request \(UUID())"))
    }

    @Test func `members are let in, who is banned is turned away, other chats are nobody's business`() async throws {
        let club = try await ClubChatClub([.request])
        #expect(try await request(club, ChatID(rawValue: -77)) == .notOurs)
        try await club.keep(Fixtures.member(9))
        #expect(try await request(club) == .letIn)
        try await club.keep(Fixtures.member(9, membership: .banned))
        #expect(try await request(club) == .turnedAway)
    }

    @Test(arguments: [true, false])
    func `the admins' decision about a stranger is the channel's as well`(isApproved: Bool) async throws {
        let club = try await ClubChatClub([.request])
        #expect(try await request(club) == .beingDecided)
        let person = try #require(try await club.member(9))
        #expect(person.membership == .pending)
        #expect(try await club.told().map(\.notice) == [.joinRequested(person.id)])
        _ = try await club.directory.decide(
            person.id,
            isApproved: isApproved,
            by: club.admin,
            cause: club.cause("decide")
        )
        let told = try await club.told()
        let answer = Notice.clubChatRequestAnswered(Fixtures.person(9).telegramID, isApproved: isApproved)
        #expect(told.map(\.notice) == [answer, isApproved ? .joinApproved : .joinDeclined])
        #expect(told.map(\.chat) == [Fixtures.channel.rawValue, 9])
        #expect(try await club.member(9)?.isActive == isApproved)
    }

    @Test func `who has asked the bot already is put before the admins once`() async throws {
        let club = try await ClubChatClub([.request])
        _ = try await club.directory.askToJoin(Fixtures.person(9), cause: club.cause("ask"))
        #expect(try await request(club) == .beingDecided)
        #expect(try await club.told().count == 1)
        #expect(try await club.member(9)?.clubChatRequest == Fixtures.channel)
    }

    @Test func `who is banned while their request waits is turned away by the chat as well`() async throws {
        let club = try await ClubChatClub([.request])
        _ = try await request(club)
        let person = try #require(try await club.member(9))
        _ = try await club.told()

        _ = try await club.directory.decide(.ban, about: person.id, by: club.admin, cause: club.cause("ban"))

        let answer = Notice.clubChatRequestAnswered(Fixtures.person(9).telegramID, isApproved: false)
        // They have never written to the bot: it cannot tell them that they are banned.
        #expect(try await club.told().map(\.notice) == [answer])
        #expect(try await club.member(9)?.clubChatRequest == nil)
    }

    @Test func `who comes in by an invite while their request waits is let into the chat as well`() async throws {
        let club = try await ClubChatClub([.request, .invite])
        _ = try await request(club)
        let invitations = Invitations(
            store: club.store,
            directory: club.directory,
            clock: club.clock,
            ids: Fixtures.ids(seed: 5),
            hasher: Fixtures.hasher
        )
        let made = try await invitations.make(quota: 1, days: 1, by: club.admin, cause: club.cause("make"))
        _ = try await club.told()

        let member = try await invitations.redeem(
            payload: made.payload,
            by: Fixtures.person(9),
            cause: club.cause("redeem")
        )

        let told = try await club.told()
        let answer = Notice.clubChatRequestAnswered(Fixtures.person(9).telegramID, isApproved: true)
        #expect(told.contains { $0.notice == answer && $0.chat == Fixtures.channel.rawValue })
        #expect(member.clubChatRequest == nil)
    }

    @Test func `who becomes the owner while their request waits is let into the chat as well`() async throws {
        let club = try await ClubChatClub([.request])
        _ = try await request(club)
        _ = try await club.told()

        try await club.directory.ensureOwner(Fixtures.person(9), cause: club.cause("owner"))

        let answer = Notice.clubChatRequestAnswered(Fixtures.person(9).telegramID, isApproved: true)
        #expect(try await club.told().map(\.notice).contains(answer))
        #expect(try await club.member(9)?.clubChatRequest == nil)
    }

    @Test func `where the club takes no requests the channel's admins decide`() async throws {
        let club = try await ClubChatClub([.channel])
        #expect(try await request(club) == .notOurs)
        #expect(try await club.member(9) == nil)
    }
}
