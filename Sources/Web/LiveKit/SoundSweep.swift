import Domain
import Foundation
import Logging
import ServiceLifecycle

/// Looks every 30 seconds whether LiveKit has it as the rooms have it, and heals what a lost webhook or a failed call
/// has left.
public struct SoundSweep: Service {
    static let pace: Duration = .seconds(30)
    /// So many of LiveKit's rooms are looked at, of those that are not open here.
    private static let longestList = 200

    /// After so many rooms about which LiveKit did not answer in time, the others wait for the next sweep.
    private static let mostLate = 3

    private let club: ClubSound
    private let clock: any ClubClock

    public init(_ club: ClubSound, clock: any ClubClock) {
        self.club = club
        self.clock = clock
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await sweep()
                do { try await clock.sleep(for: Self.pace) } catch { return }
            }
        }
    }

    /// Looks at every room once. One about which LiveKit answers with an error keeps back no other.
    func sweep() async {
        do throws(LiveKitFault) {
            let known = Set(try await club.sound.calls.rooms().map(LiveSessionID.init(rawValue:)))
            let open = Set(club.rooms.open).union(club.connections.sessions)
            try await sweep(Array(open) + known.subtracting(open).prefix(Self.longestList), known: known)
            club.sound.note(nil)
        } catch {
            club.sound.note(error)
        }
    }

    /// - Throws: where the rooms that are left would not be answered either.
    private func sweep(_ sessions: [LiveSessionID], known: Set<LiveSessionID>) async throws(LiveKitFault) {
        var faults: [LiveKitFault] = []
        for session in sessions {
            do throws(LiveKitFault) {
                try await sweep(session, exists: known.contains(session))
            } catch {
                faults.append(error)
                let isLate = faults.count { $0.isLate } == Self.mostLate
                if error.isServerAway || isLate { throw error }
            }
        }
        guard let first = faults.first else { return }
        club.logger.warning(
            "LiveKit could not be asked about some rooms",
            metadata: ["rooms": "\(faults.count)", "error": "\(first)"]
        )
    }

    private func sweep(_ session: LiveSessionID, exists: Bool) async throws(LiveKitFault) {
        let mark = club.sound.mark
        let before = club.connections.all(of: session)
        guard let room = await lookedAt({ () throws(ChangeFailure) in try await club.room(session) }) ?? nil else {
            return
        }
        let participants = exists && room.isLive ? try await club.sound.calls.participants(of: session) : []
        await lookedAt { () throws(ChangeFailure) in
            try await compare(room, with: participants, exists: exists, mark: mark)
            let there = Set(participants.map(\.connection))
            for seat in before where !there.contains(seat.connection) { try await club.leave(seat.connection) }
        }
    }

    private func compare(
        _ room: RoomSnapshot,
        with participants: [LiveKitParticipant],
        exists: Bool,
        mark: UInt64
    ) async throws(ChangeFailure) {
        guard room.isLive else {
            if exists { club.sound.correct(.close, .room(room.session), since: mark) }
            return
        }
        if !exists { club.sound.correct(.open, .room(room.session), since: mark) }
        // Where somebody was muted meanwhile, what LiveKit has told is old.
        if club.sound.mark == mark { try await compareVoices(of: room, participants) }
        try await club.welcome(participants, in: room, since: mark)
    }

    private func compareVoices(
        of room: RoomSnapshot,
        _ participants: [LiveKitParticipant]
    ) async throws(ChangeFailure) {
        let heard = Set(participants.filter(\.isHeard).map(\.member))
        for seat in room.stage where heard.contains(seat.member) != room.voices.contains(seat.member) {
            try await club.rooms.microphone(of: seat.member, isOn: heard.contains(seat.member), in: room.session)
        }
    }

    /// Does what needs the club's store. Where that is away, the next sweep comes soon enough.
    @discardableResult
    private func lookedAt<Value>(_ work: () async throws(ChangeFailure) -> Value) async -> Value? {
        do throws(ChangeFailure) {
            return try await work()
        } catch {
            club.logger.warning("The sound of a room could not be looked at", metadata: ["error": "\(error)"])
            return nil
        }
    }
}
