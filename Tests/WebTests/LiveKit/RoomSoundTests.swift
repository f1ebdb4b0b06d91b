import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1))) struct RoomSoundTests {
    @Test func `LiveKit has a room from the beginning of a show to its end`() async throws {
        try await SoundClub.run { club async throws in
            await club.liveKit.until { $0.rooms["show-1"] != nil }
            try await club.join(SoundClub.anna)
            try await club.end()
            await club.liveKit.until { $0.rooms["show-1"] == nil }
            #expect(!club.isHere(SoundClub.anna))
        }
    }

    @Test func `who comes onto the stage may speak, and who leaves it may not`() async throws {
        try await SoundClub.run { club async throws in
            try await club.enter(SoundClub.anna)
            try await club.join(SoundClub.anna)
            #expect(!club.liveKit.publish(SoundClub.anna.id, in: SoundClub.session))
            try await club.promote(SoundClub.anna)
            await club.liveKit.until { $0.person(SoundClub.anna)?.canPublish == true }
            #expect(club.person(SoundClub.anna)?.sources == ["MICROPHONE"])
            #expect(club.person(SoundClub.anna)?.canPublishData == false)
            #expect(club.liveKit.publish(SoundClub.anna.id, in: SoundClub.session))
            try await club.perform(.leaveStage, by: SoundClub.anna)
            await club.liveKit.until { $0.person(SoundClub.anna)?.canPublish == false }
            #expect(club.person(SoundClub.anna)?.tracks == [])
        }
    }

    @Test func `who is muted is not heard`() async throws {
        try await SoundClub.run { club async throws in
            try await club.enter(SoundClub.anna)
            try await club.join(SoundClub.anna)
            try await club.promote(SoundClub.anna)
            await club.liveKit.until { $0.person(SoundClub.anna)?.canPublish == true }
            #expect(club.liveKit.publish(SoundClub.anna.id, in: SoundClub.session))
            try await club.perform(.mute(SoundClub.anna.id), by: SoundClub.host)
            await club.liveKit.until { $0.person(SoundClub.anna)?.tracks.first?.isMuted == true }
        }
    }

    @Test func `muting somebody who has no sound ends by itself`() async throws {
        try await SoundClub.run { club async throws in
            try await club.enter(SoundClub.anna)
            try await club.promote(SoundClub.anna)
            try await club.perform(.mute(SoundClub.anna.id), by: SoundClub.host)
            await club.liveKit.until { world in world.calls.contains { $0.method == "ListParticipants" } }
            #expect(!club.liveKit.world.calls.contains { $0.method == "MutePublishedTrack" })
        }
    }

    @Test func `who is removed from the room is out of the sound, and so is who left the club`() async throws {
        try await SoundClub.run { club async throws in
            for member in [SoundClub.anna, SoundClub.boris] { try await club.join(member) }
            try await club.perform(.kick(SoundClub.anna.id), by: SoundClub.host)
            await club.liveKit.until { $0.person(SoundClub.anna) == nil }
            try await club.rooms.expel(SoundClub.boris.id)
            await club.liveKit.until { $0.person(SoundClub.boris) == nil }
        }
    }

    @Test func `LiveKit away or hanging, the room goes on, and LiveKit hears of it later`() async throws {
        try await SoundClub.run { club async throws in
            await club.liveKit.until { $0.rooms["show-1"] != nil }
            try await club.enter(SoundClub.anna)
            try await club.join(SoundClub.anna)
            club.liveKit.be(.hanging)
            try await club.promote(SoundClub.anna)
            try await club.perform(.chat("Hello", clientID: "1", isQuestion: false), by: SoundClub.anna)
            #expect(try await club.room().messages.count == 1)
            // What hangs is answered badly, and tried again after a second.
            club.liveKit.be(.ill(status: 500, body: "no JSON: \(LiveKitStandIn.jwt.secret)"))
            await club.liveKit.until { $0.failures > 0 }
            while club.sound.nextDue == nil { await Task.yield() }
            club.liveKit.be(.well)
            club.clock.advance(by: .seconds(2))
            await club.liveKit.until { $0.person(SoundClub.anna)?.canPublish == true }
        }
    }

    @Test func `of many wishes about somebody the last one is told`() {
        var errands = SoundErrands()
        let subject = SoundErrand.Subject.person(SoundClub.session, SoundClub.anna.id)
        for wish in [SoundErrand.Wish.part(.speaker), .part(.listener), .out] {
            errands.hear(wish, subject, now: Fixtures.start)
        }
        let (first, second) = (errands.take(now: Fixtures.start), errands.take(now: Fixtures.start))
        #expect(first?.wish == .out)
        #expect(second == nil)
    }

    @Test func `nobody is worked at twice at once, and a newer wish takes the place of a failed one`() throws {
        var errands = SoundErrands()
        let subject = SoundErrand.Subject.person(SoundClub.session, SoundClub.anna.id)
        errands.hear(.part(.speaker), subject, now: Fixtures.start)
        let taken = errands.take(now: Fixtures.start)
        let first = try #require(taken)
        errands.hear(.out, subject, now: Fixtures.start)
        let meanwhile = errands.take(now: Fixtures.start)
        #expect(meanwhile == nil)
        errands.fail(first, now: Fixtures.start)
        let next = errands.take(now: Fixtures.start)
        #expect(next?.wish == .out)
    }

    @Test func `what fails again and again is tried with growing pauses, and then left to the sweep`() {
        var errands = SoundErrands()
        errands.hear(.open, .room(SoundClub.session), now: Fixtures.start)
        var now = Fixtures.start
        var pauses: [TimeInterval] = []
        while let errand = errands.take(now: now) {
            errands.fail(errand, now: now)
            guard let due = errands.nextDue else { break }
            pauses.append(due.timeIntervalSince(now))
            now = due
        }
        #expect(pauses == [1, 2, 4, 8, 16, 30, 30])
    }

    @Test func `so much waits and no more`() {
        var errands = SoundErrands()
        for number in 0..<(SoundErrands.capacity + 5) {
            let member = MemberID(rawValue: "\(number)")
            errands.hear(.out, .person(SoundClub.session, member), now: Fixtures.start)
        }
        var taken = 0
        while let errand = errands.take(now: Fixtures.start) {
            errands.finish(errand)
            taken += 1
        }
        #expect(taken == SoundErrands.capacity)
    }

    @Test func `an old look at a room corrects nothing that the room has said since`() {
        var errands = SoundErrands()
        let subject = SoundErrand.Subject.person(SoundClub.session, SoundClub.anna.id)
        let mark = errands.mark
        errands.hear(.part(.speaker), subject, now: Fixtures.start)
        errands.correct(.part(.listener), subject, since: mark, now: Fixtures.start)
        let next = errands.take(now: Fixtures.start)
        #expect(next?.wish == .part(.speaker))
    }
}
