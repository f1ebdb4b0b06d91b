import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1))) struct SoundSweepTests {
    @Test func `who is in the sound without a webhook is in the room after the sweep`() async throws {
        try await SoundClub.run { club async throws in
            try club.liveKit.join(try await club.token(SoundClub.anna))
            #expect(try await club.room().stats.present == 0)
            await club.sweep()
            #expect(try await club.room().stats.present == 1)
        }
    }

    @Test func `who left the sound without a webhook leaves the room`() async throws {
        try await SoundClub.run { club async throws in
            try await club.join(SoundClub.anna)
            club.liveKit.leave(SoundClub.anna.id, in: SoundClub.session)
            await club.sweep()
            #expect(club.club.connections.all(of: SoundClub.session).isEmpty)
            club.clock.advance(by: .seconds(91))
            #expect(try await club.room().stats.present == 0)
        }
    }

    @Test func `who must not be there is taken out`() async throws {
        try await SoundClub.run { club async throws in
            let token = try await club.join(SoundClub.anna)
            try await club.perform(.kick(SoundClub.anna.id), by: SoundClub.host)
            await club.liveKit.until { $0.person(SoundClub.anna) == nil }
            try club.liveKit.join(token)
            await club.sweep()
            await club.liveKit.until { $0.person(SoundClub.anna) == nil }
        }
    }

    @Test func `wrong permissions are put right, in both directions`() async throws {
        try await SoundClub.run { club async throws in
            try await club.enter(SoundClub.anna)
            try await club.promote(SoundClub.anna)
            for member in [SoundClub.anna, SoundClub.boris] { try await club.join(member) }
            club.liveKit.change { world in
                world.rooms["show-1"]?["member-2"]?.canPublish = false
                world.rooms["show-1"]?["member-3"]?.canPublish = true
            }
            await club.sweep()
            await club.liveKit.until { $0.person(SoundClub.anna)?.canPublish == true }
            await club.liveKit.until { $0.person(SoundClub.boris)?.canPublish == false }
        }
    }

    @Test func `microphones are heard and not heard as LiveKit has them`() async throws {
        try await SoundClub.run { club async throws in
            try await club.enter(SoundClub.anna)
            try await club.promote(SoundClub.anna)
            try await club.join(SoundClub.anna)
            #expect(club.liveKit.publish(SoundClub.anna.id, in: SoundClub.session))
            await club.sweep()
            #expect(try await club.room().voices == [SoundClub.anna.id])
            club.liveKit.change { $0.rooms["show-1"]?["member-2"]?.tracks = [] }
            await club.sweep()
            #expect(try await club.room().voices == [])
        }
    }

    @Test func `who was muted is silent, and heard again once they switch the microphone on`() async throws {
        try await SoundClub.run { club async throws in
            try await club.enter(SoundClub.anna)
            try await club.promote(SoundClub.anna)
            try await club.join(SoundClub.anna)
            #expect(club.liveKit.publish(SoundClub.anna.id, in: SoundClub.session))
            try await club.liveKit.deliver(to: club.web.http)
            #expect(try await club.room().voices == [SoundClub.anna.id])

            try await club.perform(.mute(SoundClub.anna.id), by: SoundClub.host)
            #expect(try await club.room().voices == [])
            await club.liveKit.until { $0.person(SoundClub.anna)?.tracks.first?.isMuted == true }
            await club.sweep()
            #expect(try await club.room().voices == [])

            club.liveKit.change { $0.rooms["show-1"]?["member-2"]?.tracks[0].isMuted = false }
            await club.sweep()
            #expect(try await club.room().voices == [SoundClub.anna.id])
        }
    }

    /// `isHeavy`: its answer is larger than the club reads; else LiveKit says that it is ill.
    @Test(arguments: [false, true])
    func `a room about which LiveKit cannot be asked keeps back no other`(isHeavy: Bool) async throws {
        try await SoundClub.run { club async throws in
            let others = (2...7).map { "show-\($0)" }
            for number in 2...7 {
                try await club.web.keep(Fixtures.show(number, status: .live, host: Int64(number)))
                try await club.rooms.follow(LiveSessionID(rawValue: "show-\(number)"))
            }
            club.liveKit.change { world in
                if isHeavy { world.heavyRooms = ["show-1"] } else { world.sickRooms = ["show-1"] }
                for room in others {
                    let stranger = LiveKitWorld.Participant(
                        sid: "PA_\(room)",
                        identity: "stranger",
                        name: "",
                        canPublish: true,
                        canPublishData: true,
                        sources: []
                    )
                    world.enter(stranger, room)
                }
            }
            await club.sweep()
            await club.liveKit.until { world in others.allSatisfy { world.rooms[$0]?.isEmpty == true } }
        }
    }

    @Test func `a room that LiveKit has lost is made again, and one that has outlived its show ends`() async throws {
        try await SoundClub.run { club async throws in
            await club.liveKit.until { $0.rooms["show-1"] != nil }
            club.liveKit.change { $0.rooms = [:] }
            await club.sweep()
            await club.liveKit.until { $0.rooms["show-1"] != nil }
            try await club.end()
            await club.liveKit.until { $0.rooms["show-1"] == nil }
            club.liveKit.change { $0.rooms = ["show-1": [:], "another program's": [:]] }
            await club.sweep()
            await club.liveKit.until { $0.rooms["show-1"] == nil }
            #expect(club.liveKit.world.rooms["another program's"] != nil)
        }
    }

    @Test func `it looks every 30 seconds, also after LiveKit was away`() async throws {
        try await SoundClub.run { club async throws in
            await club.liveKit.until { $0.rooms["show-1"] != nil }
            club.liveKit.be(.ill(status: 401, body: #"{"code":"unauthenticated","msg":"permissions denied"}"#))
            let clock = ManualClock()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await SoundSweep(club.club, clock: clock).run() }
                await clock.waitForSleepers(1)
                #expect(club.liveKit.world.failures == 1)
                club.liveKit.be(.well)
                try club.liveKit.join(try await club.token(SoundClub.anna))
                clock.advance(by: SoundSweep.pace)
                await club.liveKit.until { world in world.calls.contains { $0.method == "ListParticipants" } }
                group.cancelAll()
            }
        }
    }
}

extension SoundClub {
    func sweep() async { await SoundSweep(club, clock: clock).sweep() }
}
