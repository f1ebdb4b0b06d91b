import Domain
import Foundation

/// People in a room at LiveKit. Each is called as their member's id.
extension LiveKitCalls {
    private struct Person: Encodable {
        let room: String
        let identity: String
    }

    private struct Permitting: Encodable {
        let room: String
        let identity: String
        let permission: LiveKitPermission
    }

    private struct Muting: Encodable {
        let room: String
        let identity: String
        let trackSid: String
        let muted: Bool
    }

    /// Lets somebody be heard, or not any more: LiveKit then ends what they publish.
    /// - Throws: `.missing` where they are not there.
    func permit(_ member: MemberID, _ part: SoundPart, in session: LiveSessionID) async throws(LiveKitFault) {
        let request = Permitting(
            room: session.rawValue,
            identity: member.rawValue,
            permission: LiveKitPermission(part)
        )
        let _: Nothing = try await call("UpdateParticipant", .administrating(session), request)
    }

    /// Takes the voice of everything that somebody publishes; nothing where they are not there.
    ///
    /// LiveKit answers a call about somebody who is not there as if it were ill itself, so who is there is asked first.
    func mute(_ member: MemberID, in session: LiveSessionID) async throws(LiveKitFault) {
        let participant = try await participants(of: session).first { $0.identity == member.rawValue }
        for track in participant?.tracks ?? [] where track.isAudible {
            let request = Muting(
                room: session.rawValue,
                identity: member.rawValue,
                trackSid: track.sid,
                muted: true
            )
            do throws(LiveKitFault) {
                let _: Nothing = try await call("MutePublishedTrack", .administrating(session), request)
            } catch .missing {}
        }
    }

    /// Takes somebody out; nothing where they are not there. Their token still lets them in again.
    func remove(_ member: MemberID, from session: LiveSessionID) async throws(LiveKitFault) {
        do throws(LiveKitFault) {
            let request = Person(room: session.rawValue, identity: member.rawValue)
            let _: Nothing = try await call("RemoveParticipant", .administrating(session), request)
        } catch .missing {}
    }
}
