import Domain
import Foundation

/// Somebody in a room at LiveKit, as its answers and webhooks tell. Both are read by the same rules: answers have
/// everything, webhooks leave out what is zero, an empty text or the first of its kind.
struct LiveKitParticipant: Decodable, Equatable, Sendable {
    struct List: Decodable {
        let participants: [LiveKitParticipant]?
    }

    struct Permission: Decodable, Equatable, Sendable {
        let canPublish: Bool?
        let canPublishSources: [String]?
        let canPublishData: Bool?
        let canSubscribe: Bool?
        let hidden: Bool?

        /// Whether it is exactly what somebody in that part may do.
        func allows(exactly part: SoundPart) -> Bool {
            let sources = canPublishSources ?? []
            return canSubscribe == true && canPublish ?? false == (part == .speaker) && canPublishData != true
                && hidden != true && (part == .listener || sources == [LiveKitPermission.microphone])
        }
    }

    struct Track: Decodable, Equatable, Sendable {
        let sid: String
        /// AUDIO where it is left out.
        let type: String?
        let source: String?
        let muted: Bool?

        var isMicrophone: Bool { source == LiveKitPermission.microphone }

        /// Whether it brings sound, and can be heard at this moment.
        var isAudible: Bool { type ?? "AUDIO" == "AUDIO" && muted != true }
    }

    /// One connection's name at LiveKit, never used again.
    let sid: String
    let identity: String
    /// STANDARD where it is left out.
    let kind: String?
    let state: String?
    let permission: Permission?
    let tracks: [Track]?

    var member: MemberID { MemberID(rawValue: identity) }

    /// Whether it is a person, and not one of LiveKit's own helpers such as a recorder.
    var isPerson: Bool { kind ?? "STANDARD" == "STANDARD" }

    /// Whether they are on their way out.
    var isGone: Bool { state == "DISCONNECTED" }

    /// Whether their microphone is published, and not muted.
    var isHeard: Bool { (tracks ?? []).contains { $0.isMicrophone && $0.isAudible } }

    /// The name of this connection in a room of the club.
    var connection: ConnectionID { ConnectionID(rawValue: "livekit-\(sid)") }
}
