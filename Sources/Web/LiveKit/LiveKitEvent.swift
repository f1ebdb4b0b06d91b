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
