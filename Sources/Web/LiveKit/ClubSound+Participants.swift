import Domain
import Foundation

/// Who is in a room's sound counts as being in the room; who must not be there is taken out.
extension ClubSound {
    /// Takes over that somebody is in the sound of a room, or takes them out of it. Rooms that are none of the club's
    /// shows are left as they are.
    func welcome(_ participant: LiveKitParticipant, in session: LiveSessionID) async throws(ChangeFailure) {
        guard participant.isPerson, !participant.isGone else { return }
        let mark = sound.mark
        guard let room = try await room(session) else { return }
        try await welcome([participant], in: room, since: mark)
    }

    /// Takes over who is in the sound of a room, as it was at `mark`, and takes out who must not be there.
    ///
    /// LiveKit lets in whoever has a token, also one that it has renewed itself after they were removed. However many
    /// they are, their members are looked up together.
    func welcome(
        _ participants: [LiveKitParticipant],
        in room: RoomSnapshot,
        since mark: UInt64
    ) async throws(ChangeFailure) {
        let people = participants.filter { $0.isPerson && !$0.isGone }
        guard !people.isEmpty else { return }
        let members = try await directory.find(Array(Set(people.map(\.member))))
        let known = Dictionary(members.map { ($0.id, $0) }) { first, _ in first }
        var welcome: [LiveKitParticipant] = []
        var hasSeated = false
        for participant in people {
            let id = participant.member
            guard room.isLive, !room.removed.contains(id), let member = known[id], member.isActive else {
                sound.want(.out, .person(room.session, id))
                continue
            }
            welcome.append(participant)
            if try await seat(participant, member, in: room.session) { hasSeated = true }
        }
        // Coming in may have brought them onto the stage.
        let newMark = sound.mark
        let now = try await hasSeated ? self.room(room.session) : room
        guard let now, now.isLive else { return }
        for participant in welcome {
            let part = now.part(of: participant.member)
            if participant.permission?.allows(exactly: part) == true { continue }
            let subject = SoundErrand.Subject.person(room.session, participant.member)
            sound.correct(.part(part), subject, since: hasSeated ? newMark : mark)
        }
    }

    /// - Returns: Whether the room is asked to let them in; false where they are there already.
    private func seat(
        _ participant: LiveKitParticipant,
        _ member: Member,
        in session: LiveSessionID
    ) async throws(ChangeFailure) -> Bool {
        let connection = participant.connection
        guard !connections.has(connection) else { return false }
        guard connections.add(SoundConnections.Seat(connection: connection, member: member.id, session: session)) else {
            return false
        }
        do throws(ChangeFailure) {
            try await rooms.enter(connection, .audio, by: RoomActor(RoomPerson(member)), in: session)
        } catch {
            _ = connections.remove(connection)
            // They were removed, or the show ended, at this very moment: the room has told LiveKit.
            guard case .refused = error else { throw error }
        }
        return true
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
