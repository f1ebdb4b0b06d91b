import Domain
import Foundation
import TestSupport
import Testing

/// Asking the messenger who is in the club's chats.
struct MembershipChecksTests {
    private func ask(_ club: ClubChatClub, _ number: Int64 = 9) async throws {
        _ = try await club.clubChats.ask(Fixtures.person(number), cause: club.cause("ask \(UUID())"))
    }

    @Test func `a stranger who is in the channel is let in and welcomed`() async throws {
        let club = try await ClubChatClub()
        club.probe.say(.present, of: 9, in: Fixtures.channel)
        try await ask(club)
        #expect(try await club.member(9)?.isActive == false)
        try await club.check()
        #expect(try await club.member(9)?.clubChat == .channel)
        let told = try await club.told()
        #expect(told.map(\.notice) == [.joinApproved])
        #expect(told.map(\.chat) == [9])
    }

    @Test func `a stranger who is in no chat hears of it, and is not asked about again`() async throws {
        let club = try await ClubChatClub()
        try await ask(club)
        try await club.check()
        #expect(try await club.told().map(\.notice) == [.inNoClubChat])
        club.clock.advance(by: MembershipCheck.period)
        try await club.check()
        #expect(club.probe.asked == ["9@\(Fixtures.channel)", "9@\(ClubChatClub.group)"])
    }

    @Test func `while the messenger cannot be asked nobody is refused, and who waits is let in afterwards`()
        async throws
    {
        let club = try await ClubChatClub()
        club.probe.say(.present, of: 9, in: Fixtures.channel)
        try await ask(club)
        club.probe.disturb(.unavailable(.seconds(30)))
        try await club.check()
        #expect(try await club.told().isEmpty)
        club.probe.disturb(nil)
        try await club.check()
        #expect(try await club.member(9)?.isActive == true)
    }

    @Test func `who left without anybody being told is found by the daily check`() async throws {
        let club = try await ClubChatClub([.channel])
        try await club.enter(9)
        let session = try await club.signIn(9)
        club.clock.advance(by: MembershipCheck.period - .seconds(1))
        try await club.check()
        #expect(club.probe.asked.isEmpty)
        club.clock.advance(by: .seconds(1))
        try await club.check()
        #expect(try await club.member(9)?.membership == .left)
        #expect(try await !club.isOpen(session))
        #expect(try await club.clubChats.nextToCheck() == nil)
    }

    @Test(arguments: [ChatStanding.unclear, .unavailable(.seconds(5))])
    func `nothing is decided about a member where the messenger does not tell`(standing: ChatStanding) async throws {
        let club = try await ClubChatClub([.channel])
        try await club.enter(9)
        club.probe.disturb(standing)
        for _ in 1...5 {
            club.clock.advance(by: MembershipCheck.period)
            try await club.check(atMost: 1)
            #expect(try await club.member(9)?.isActive == true)
        }
    }

    @Test func `of a chat that cannot be seen the admins are told once a day, and people are tried later`() async throws
    {
        let club = try await ClubChatClub([.channel])
        for number in Int64(10)...12 { try await club.enter(number) }
        club.clock.advance(by: MembershipCheck.period)
        club.probe.disturb(.unclear)
        try await club.check()
        #expect(club.probe.asked.count == 3)
        #expect(try await club.told().map(\.notice) == [.clubChatOutOfSight(.channel)])
        #expect(try await club.clubChats.nextToCheck() == nil)
        club.clock.advance(by: MembershipCheck.firstPause)
        #expect(try await club.clubChats.nextToCheck() != nil)
    }

    @Test func `somebody who waits goes before all regular checks`() async throws {
        let club = try await ClubChatClub([.channel])
        for number in Int64(10)...12 { try await club.enter(number) }
        club.clock.advance(by: MembershipCheck.period * 2)
        try await ask(club)
        try await club.check(atMost: 1)
        #expect(club.probe.asked == ["9@\(Fixtures.channel)"])
    }

    @Test func `an answer that comes too late does not bring anybody back`() async throws {
        let club = try await ClubChatClub([.channel])
        try await club.enter(9)
        let before = try #require(try await club.member(9))
        try await club.leave(9)
        try await club.clubChats.settle(before, .isIn(.channel))
        #expect(try await club.member(9)?.membership == .left)
    }

    @Test func `an admin who came by the channel is checked again when they are none any more`() async throws {
        let club = try await ClubChatClub([.channel])
        try await club.enter(9)
        var admin = try #require(try await club.member(9))
        admin.role = .admin
        try await club.keep(admin)
        club.clock.advance(by: MembershipCheck.period)
        try await club.check()
        #expect(try await club.member(9)?.isActive == true)
        admin = try #require(try await club.member(9))
        admin.role = .host
        try await club.keep(admin)
        club.clock.advance(by: MembershipCheck.period)
        try await club.check()
        #expect(try await club.member(9)?.membership == .left)
    }

    @Test func `the group's new number is learned from the answer`() async throws {
        let club = try await ClubChatClub([.group])
        let new = ChatID(rawValue: -1_008)
        club.probe.say(.moved(new), of: 9, in: ClubChatClub.group)
        club.probe.say(.present, of: 9, in: new)
        try await ask(club)
        try await club.check()
        #expect(try await club.member(9)?.clubChat == .group)
        #expect(try await club.office.settings().clubGroup?.chat == new)
    }
}
