import Domain
import Foundation
import TestSupport
import Testing

/// Asking the messenger who is in the club's rooms.
struct RoomChecksTests {
    private func ask(_ club: RoomClub, _ number: Int64 = 9) async throws {
        _ = try await club.rooms.ask(Fixtures.person(number), cause: club.cause("ask \(UUID())"))
    }

    @Test func `a stranger who is in the channel is let in and welcomed`() async throws {
        let club = try await RoomClub()
        club.probe.say(.present, of: 9, in: Fixtures.channel)
        try await ask(club)
        #expect(try await club.member(9)?.isActive == false)
        try await club.check()
        #expect(try await club.member(9)?.room == .channel)
        let told = try await club.told()
        #expect(told.map(\.notice) == [.joinApproved])
        #expect(told.map(\.chat) == [9])
    }

    @Test func `a stranger who is in no room hears of it, and is not asked about again`() async throws {
        let club = try await RoomClub()
        try await ask(club)
        try await club.check()
        #expect(try await club.told().map(\.notice) == [.inNoRoom])
        club.clock.advance(by: RoomCheck.period)
        try await club.check()
        #expect(club.probe.asked == ["9@\(Fixtures.channel)", "9@\(RoomClub.group)"])
    }

    @Test func `while the messenger cannot be asked nobody is refused, and who waits is let in afterwards`()
        async throws
    {
        let club = try await RoomClub()
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
        let club = try await RoomClub([.channel])
        try await club.enter(9)
        let session = try await club.signIn(9)
        club.clock.advance(by: RoomCheck.period - .seconds(1))
        try await club.check()
        #expect(club.probe.asked.isEmpty)
        club.clock.advance(by: .seconds(1))
        try await club.check()
        #expect(try await club.member(9)?.membership == .left)
        #expect(try await !club.isOpen(session))
        #expect(try await club.rooms.nextToCheck() == nil)
    }

    @Test(arguments: [RoomStanding.unclear, .unavailable(.seconds(5))])
    func `nothing is decided about a member where the messenger does not tell`(standing: RoomStanding) async throws {
        let club = try await RoomClub([.channel])
        try await club.enter(9)
        club.probe.disturb(standing)
        for _ in 1...5 {
            club.clock.advance(by: RoomCheck.period)
            try await club.check(atMost: 1)
            #expect(try await club.member(9)?.isActive == true)
        }
    }

    @Test func `of a room that cannot be seen the admins are told once a day, and people are tried later`() async throws
    {
        let club = try await RoomClub([.channel])
        for number in Int64(10)...12 { try await club.enter(number) }
        club.clock.advance(by: RoomCheck.period)
        club.probe.disturb(.unclear)
        try await club.check()
        #expect(club.probe.asked.count == 3)
        #expect(try await club.told().map(\.notice) == [.roomOutOfSight(.channel)])
        #expect(try await club.rooms.nextToCheck() == nil)
        club.clock.advance(by: RoomCheck.firstPause)
        #expect(try await club.rooms.nextToCheck() != nil)
    }

    @Test func `somebody who waits goes before all regular checks`() async throws {
        let club = try await RoomClub([.channel])
        for number in Int64(10)...12 { try await club.enter(number) }
        club.clock.advance(by: RoomCheck.period * 2)
        try await ask(club)
        try await club.check(atMost: 1)
        #expect(club.probe.asked == ["9@\(Fixtures.channel)"])
    }

    @Test func `an answer that comes too late does not bring anybody back`() async throws {
        let club = try await RoomClub([.channel])
        try await club.enter(9)
        let before = try #require(try await club.member(9))
        try await club.leave(9)
        try await club.rooms.settle(before, .isIn(.channel))
        #expect(try await club.member(9)?.membership == .left)
    }

    @Test func `an admin who came by the channel is checked again when they are none any more`() async throws {
        let club = try await RoomClub([.channel])
        try await club.enter(9)
        var admin = try #require(try await club.member(9))
        admin.role = .admin
        try await club.keep(admin)
        club.clock.advance(by: RoomCheck.period)
        try await club.check()
        #expect(try await club.member(9)?.isActive == true)
        admin = try #require(try await club.member(9))
        admin.role = .host
        try await club.keep(admin)
        club.clock.advance(by: RoomCheck.period)
        try await club.check()
        #expect(try await club.member(9)?.membership == .left)
    }

    @Test func `the group's new number is learned from the answer`() async throws {
        let club = try await RoomClub([.group])
        let new = ChatID(rawValue: -1_008)
        club.probe.say(.moved(new), of: 9, in: RoomClub.group)
        club.probe.say(.present, of: 9, in: new)
        try await ask(club)
        try await club.check()
        #expect(try await club.member(9)?.room == .group)
        #expect(try await club.office.settings().clubGroup?.chat == new)
    }
}
