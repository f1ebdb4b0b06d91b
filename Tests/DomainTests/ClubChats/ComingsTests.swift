import Domain
import Foundation
import TestSupport
import Testing

/// Coming into the club by its channel and group, and going.
struct ComingsTests {
    @Test func `who comes into the channel is a member at once, without a message to somebody never written to`()
        async throws
    {
        let club = try await ClubChatClub()
        try await club.enter(9)
        let member = try #require(try await club.member(9))
        #expect(member.isActive && member.clubChat == .channel && !member.isReachable)
        #expect(member.check == MembershipCheck(.daily, dueAt: club.clock.after(MembershipCheck.period)))
        #expect(try await club.told().isEmpty)
        let entries = try await club.store.audit.list(after: nil, limit: 99).items
        #expect(entries.count { $0.action == .clubChatEntered && $0.subject == .member(member.id) } == 1)
    }

    @Test func `who was known before is welcomed`() async throws {
        let club = try await ClubChatClub()
        try await club.keep(Fixtures.member(9, membership: .left))
        try await club.enter(9)
        #expect(try await club.member(9)?.isActive == true)
        #expect(try await club.told().map(\.notice) == [.joinApproved])
    }

    @Test(arguments: [[.request, .invite], [.group]] as [Set<JoiningMode>])
    func `the channel lets nobody in where that way is closed`(open: Set<JoiningMode>) async throws {
        let club = try await ClubChatClub(open)
        try await club.enter(9)
        #expect(try await club.member(9) == nil)
    }

    @Test func `who is banned from the club stays out`() async throws {
        let club = try await ClubChatClub()
        try await club.keep(Fixtures.member(9, membership: .banned))
        try await club.enter(9)
        #expect(try await club.member(9)?.membership == .banned)
        await #expect(throws: ChangeFailure.refused(.banned)) {
            _ = try await club.clubChats.ask(Fixtures.person(9), cause: Fixtures.cause(1))
        }
    }

    @Test func `who leaves the channel is no member, is signed out and told, and comes back with it`() async throws {
        let club = try await ClubChatClub([.channel])
        try await club.keep(Fixtures.member(9, membership: .left))
        try await club.enter(9)
        let session = try await club.signIn(9)
        _ = try await club.told()
        try await club.leave(9)
        #expect(try await club.member(9)?.membership == .left)
        #expect(try await !club.isOpen(session))
        #expect(try await club.told().map(\.notice) == [.leftClubChat(.channel)])
        try await club.enter(9)
        #expect(try await club.member(9)?.isActive == true)
    }

    @Test(arguments: [Role.member, .admin])
    func `who has another ground stays in the club when they leave the channel`(role: Role) async throws {
        let club = try await ClubChatClub([.channel])
        var member = Fixtures.member(9, role: role)
        if role == .admin { member.clubChat = .channel }
        try await club.keep(member)
        try await club.leave(9)
        #expect(try await club.member(9)?.isActive == true)
        #expect(try await club.told().isEmpty)
    }

    @Test func `an invite's guest who is in the channel stays when they leave it`() async throws {
        let club = try await ClubChatClub([.channel, .invite])
        let invitations = Invitations(
            store: club.store,
            directory: club.directory,
            clock: club.clock,
            ids: Fixtures.ids(seed: 3),
            hasher: Fixtures.hasher
        )
        let made = try await invitations.make(quota: 1, days: 1, by: club.admin, cause: club.cause("make"))
        _ = try await invitations.redeem(payload: made.payload, by: Fixtures.person(9), cause: club.cause("redeem"))
        try await club.enter(9)
        try await club.leave(9)
        #expect(try await club.member(9)?.isActive == true)
    }

    @Test func `who is put out of the channel for good is no member, and the admins hear of it`() async throws {
        let club = try await ClubChatClub([.channel])
        try await club.enter(9)
        try await club.leave(9, isPutOut: true)
        let member = try #require(try await club.member(9))
        #expect(member.membership == .left)
        let told = try await club.told()
        #expect(told.map(\.notice) == [.putOutOfClubChat(member.id, .channel)])
        #expect(told.map(\.chat) == [2])
    }

    @Test func `who is in both chats and leaves one is looked for in the other before anything is decided`()
        async throws
    {
        let club = try await ClubChatClub()
        try await club.enter(9)
        club.probe.say(.present, of: 9, in: ClubChatClub.group)
        try await club.leave(9)
        #expect(try await club.member(9)?.isActive == true)
        try await club.check()
        #expect(try await club.member(9)?.clubChat == .group)
        club.probe.say(.absent, of: 9, in: ClubChatClub.group)
        try await club.leave(9, ClubChatClub.group)
        try await club.check()
        #expect(try await club.member(9)?.membership == .left)
    }

    @Test func `the same update again changes nothing`() async throws {
        let club = try await ClubChatClub([.channel])
        for _ in 1...2 {
            try await club.clubChats.entered(Fixtures.person(9), Fixtures.channel, cause: club.cause("u1"))
        }
        let id = Fixtures.person(9).telegramID
        for _ in 1...2 {
            try await club.clubChats.gone(id, from: Fixtures.channel, isPutOut: true, cause: club.cause("u2"))
        }
        #expect(try await club.told().count == 1)
        #expect(try await club.store.audit.list(after: nil, limit: 99).items.count { $0.action == .clubChatLeft } == 1)
    }

    @Test func `a group that becomes another one is followed, and forgotten when the bot is out of it`() async throws {
        let club = try await ClubChatClub()
        let new = ChatID(rawValue: -1_007)
        try await club.clubChats.moved(from: ClubChatClub.group, to: new)
        try await club.enter(9, new)
        #expect(try await club.member(9)?.clubChat == .group)
        try await club.clubChats.outOfSight(new, isOut: true, cause: club.cause("out"))
        #expect(try await club.office.settings().clubGroup == nil)
        #expect(try await club.told().map(\.notice) == [.clubChatOutOfSight(.group)])
        club.clock.advance(by: MembershipCheck.period)
        try await club.check()
        #expect(try await club.member(9)?.isActive == true)
    }

    @Test func `only an admin makes a group the club's, and without one that way cannot be opened`() async throws {
        let club = try await ClubChatClub([])
        let place = ChatPlace(chat: ChatID(rawValue: -9), title: "Other", handle: nil)
        await #expect(throws: ChangeFailure.refused(.notAllowed)) {
            try await club.clubChats.setGroup(place, by: Fixtures.member(7), cause: Fixtures.cause(1))
        }
        try await club.clubChats.outOfSight(ClubChatClub.group, isOut: true, cause: Fixtures.cause(2))
        await #expect(throws: ChangeFailure.refused(.noClubGroup)) {
            _ = try await club.office.setJoining(.group, isOpen: true, by: club.admin, cause: Fixtures.cause(3))
        }
    }
}
