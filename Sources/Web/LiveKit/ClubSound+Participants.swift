import Domain
import Foundation

/// Who is in a room's sound counts as being in the room; who must not be there is taken out.
extension ClubSound {
    /// Takes over that somebody is in the sound of a room, or takes them out of it.
    ///
    /// LiveKit lets in whoever has a token, also one that it has renewed itself after they were removed. Rooms that are
    /// none of the club's shows are left as they are.
    func welcome(_ participant: LiveKitParticipant, in session: LiveSessionID) async throws(ChangeFailure) {
        guard participant.isPerson, !participant.isGone else { return }
        let mark = sound.mark
        let subject = SoundErrand.Subject.person(session, participant.member)
        guard let before = try await room(session) else { return }
        let member = try await directory.find(.id(participant.member))
        guard before.isLive, !before.removed.contains(participant.member), let member, member.isActive else {
            return sound.want(.out, subject)
        }
        try await seat(participant, member, in: session)
        // Coming in may have brought them onto the stage.
        guard let after = try await room(session), after.isLive else { return }
        let part = after.part(of: member.id)
        if participant.permission?.allows(exactly: part) != true {
            sound.correct(.part(part), subject, since: mark)
        }
    }

    private func seat(
        _ participant: LiveKitParticipant,
        _ member: Member,
        in session: LiveSessionID
    ) async throws(ChangeFailure) {
        let connection = participant.connection
        guard !connections.has(connection) else { return }
        guard connections.add(SoundConnections.Seat(connection: connection, member: member.id, session: session)) else {
            return
        }
        do throws(ChangeFailure) {
            try await rooms.enter(connection, .audio, by: RoomActor(RoomPerson(member)), in: session)
        } catch {
            _ = connections.remove(connection)
            // They were removed, or the show ended, at this very moment: the room has told LiveKit.
            guard case .refused = error else { throw error }
        }
    }

    /// Takes over that a connection of the sound has ended.
    func leave(_ connection: ConnectionID) async throws(ChangeFailure) {
        guard let seat = connections.remove(connection) else { return }
        do throws(ChangeFailure) {
            let person = RoomPerson(id: seat.member, name: "")
            try await rooms.perform(.leave(connection), by: RoomActor(person), in: seat.session)
        } catch {
            guard case .refused = error else {
                _ = connections.add(seat)
                throw error
            }
        }
    }

    /// Takes over somebody's microphone as they publish it; nil: they do no more. Who publishes and is not on stage loses
    /// the right to.
    ///
    /// That it is muted or switched on again LiveKit tells by no webhook: the sweep sees it.
    func microphone(
        of participant: LiveKitParticipant,
        _ track: LiveKitParticipant.Track?,
        in session: LiveSessionID
    ) async throws(ChangeFailure) {
        let mark = sound.mark
        guard participant.isPerson, let room = try await room(session), room.isLive else { return }
        let member = participant.member
        try await rooms.microphone(of: member, isOn: track?.isAudible ?? false, in: session)
        if track != nil, room.part(of: member) == .listener {
            sound.correct(.part(.listener), .person(session, member), since: mark)
        }
    }

    /// The room of a show; nil where it is none of the club's.
    func room(_ session: LiveSessionID) async throws(ChangeFailure) -> RoomSnapshot? {
        do throws(ChangeFailure) {
            return try await rooms.snapshot(of: session, for: Self.nobody)
        } catch .refused(.notFound) {
            return nil
        }
    }

    /// Who looks at a room without being in it.
    private static let nobody = RoomPerson(id: MemberID(rawValue: ""), name: "")
}
