import Domain
import Foundation
import TestSupport
import Testing

/// Signing in by people who are in the club, or want to be, for being in a chat.
struct SignInCheckTests {
    let club: ClubChatClub
    let check: SignInCheck

    init() async throws {
        club = try await ClubChatClub([.channel])
        check = SignInCheck(clubChats: club.clubChats, probe: club.probe)
    }

    private func attend() async throws {
        try await check.attend(Fixtures.person(9), cause: club.cause("attend \(UUID())"))
    }

    @Test func `a stranger who is in the channel is a member when they sign in`() async throws {
        club.probe.say(.present, of: 9, in: Fixtures.channel)
        try await attend()
        #expect(try await club.member(9)?.isActive == true)
    }

    @Test func `a stranger who is not there stays one, without a message`() async throws {
        try await attend()
        #expect(try await club.member(9)?.membership == .left)
        #expect(try await club.told().isEmpty)
        #expect(try await club.clubChats.nextToCheck() == nil)
    }

    @Test func `a stranger about whom nobody can be asked is told to wait, and is let in later`() async throws {
        club.probe.disturb(.unavailable(.seconds(9)))
        await #expect(throws: ChangeFailure.refused(.beingChecked)) { try await attend() }
        club.probe.disturb(nil)
        club.probe.say(.present, of: 9, in: Fixtures.channel)
        try await club.check()
        #expect(try await club.member(9)?.isActive == true)
        #expect(try await club.told().map(\.notice) == [.joinApproved])
    }

    @Test func `a member who has left the channel unseen is found out when they sign in`() async throws {
        try await club.enter(9)
        await #expect(throws: ChangeFailure.refused(.notAMember)) { try await attend() }
        #expect(try await club.member(9)?.membership == .left)
    }

    @Test func `a member stays one while nobody can be asked, and is checked soon`() async throws {
        try await club.enter(9)
        club.probe.disturb(.unavailable(.seconds(9)))
        try await attend()
        #expect(try await club.member(9)?.isActive == true)
        #expect(try await club.member(9)?.check?.urgency == .now)
    }

    @Test func `about a member with another ground nobody is asked`() async throws {
        try await club.keep(Fixtures.member(9))
        try await attend()
        #expect(club.probe.asked.isEmpty)
    }
}
