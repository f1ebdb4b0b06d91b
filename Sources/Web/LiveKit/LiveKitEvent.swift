import Domain
import Foundation

/// What LiveKit tells by a webhook: what the club looks at of it. Everything else is passed over, also what a later
/// LiveKit adds.
struct LiveKitEvent: Decodable, Sendable {
    private struct Room: Decodable {
        let name: String?
    }

    private enum CodingKeys: String, CodingKey {
        case event
        case id
        case room
        case participant
        case track
    }

    /// Such as `participant_joined`.
    let name: String
    let id: String?
    /// The show in whose sound it happened.
    let session: LiveSessionID?
    let participant: LiveKitParticipant?
    let track: LiveKitParticipant.Track?

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .event)
        id = try values.decodeIfPresent(String.self, forKey: .id)
        session = try values.decodeIfPresent(Room.self, forKey: .room)?.name.map(LiveSessionID.init(rawValue:))
        // Of other events they have another shape.
        participant = try? values.decodeIfPresent(LiveKitParticipant.self, forKey: .participant)
        track = try? values.decodeIfPresent(LiveKitParticipant.Track.self, forKey: .track)
    }
}

extension ClubSound {
    /// Takes over what LiveKit tells; nothing where it told it before.
    /// - Throws: `.store` where it could not be taken over; LiveKit tells it again then.
    func take(_ event: LiveKitEvent) async throws(ChangeFailure) {
        if let id = event.id, !seen.add(id) { return }
        do throws(ChangeFailure) {
            try await handle(event)
        } catch {
            guard case .refused = error else {
                if let id = event.id { seen.forget(id) }
                throw error
            }
        }
    }

    private func handle(_ event: LiveKitEvent) async throws(ChangeFailure) {
        guard let session = event.session else { return }
        switch event.name {
        case "participant_joined":
            if let participant = event.participant { try await welcome(participant, in: session) }
        case "participant_left", "participant_connection_aborted":
            if let participant = event.participant { try await leave(participant.connection) }
        case "track_published", "track_unpublished":
            guard let participant = event.participant, let track = event.track, track.isMicrophone else { return }
            try await microphone(of: participant, event.name == "track_published" ? track : nil, in: session)
        case "room_finished":
            for seat in connections.all(of: session) { try await leave(seat.connection) }
        default: break
        }
    }
}
