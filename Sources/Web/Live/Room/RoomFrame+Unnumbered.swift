import Domain
import Foundation

/// Frames that tell the latest state and have no number, and those to one socket alone.
extension RoomFrame {
    struct Presence: Encodable {
        let type = "presence"
        let stats: RoomStats
        let host: OrNull<String>
        let came: [Person]
        let went: [String]

        init(_ presence: RoomPresence) {
            stats = presence.stats
            host = OrNull(presence.host?.rawValue)
            came = presence.came.map { Person($0.id, $0) }
            went = presence.went.map(\.rawValue)
        }
    }

    struct Reactions: Encodable {
        let type = "reactions"
        let counts: [String: Int]
    }

    struct QueuePosition: Encodable {
        let type = "queue_position"
        let position: OrNull<Int>
    }

    struct CrewChanged: Encodable {
        let type = "crew"
        let crew: Crew
        let handPolicy: String
    }

    struct HostChanged: Encodable {
        let type = "host_changed"
        let userId: String
    }

    struct Microphone: Encodable {
        let type = "microphone"
        let userId: String
        let isOn: Bool
    }

    /// Thanks: to who gave one, and to the speaker for whom they are.
    struct Supported: Encodable {
        let type = "supported"
        let userId: String
        /// Who gave the last one.
        let by: String
        let count: Int

        init(_ speaker: MemberID, by member: MemberID, count: Int) {
            userId = speaker.rawValue
            by = member.rawValue
            self.count = count
        }
    }

    /// `user_muted`, `user_removed`.
    struct Done: Encodable {
        let type: String
        let userId: String
        let by: String

        init(_ type: String, to member: MemberID, by other: MemberID) {
            self.type = type
            userId = member.rawValue
            by = other.rawValue
        }
    }

    struct Resumed: Encodable {
        let type = "resumed"
        let epoch: String
        let seq: Int
    }

    /// A command was not carried out.
    struct Failed: Encodable {
        let type = "error"
        let code: String
        let message: String
        /// The command's type; nil where it could not be read.
        let of: String?
        let retryAfterMs: Int64?
        let clientId: String?
    }

    static let pong = #"{"type":"pong"}"#

    /// - Returns: nil for what the web does not tell.
    static func text(unnumbered news: RoomNews) throws -> String? {
        switch news {
        case .ruled(let crew, let hands): try text(CrewChanged(crew: Crew(crew), handPolicy: hands.rawValue))
        case .charged(let member): try text(HostChanged(userId: member.rawValue))
        case .voiced(let member, let isOn): try text(Microphone(userId: member.rawValue, isOn: isOn))
        case .muted(let member, let by): try text(Done("user_muted", to: member, by: by))
        case .removed(let member, let by): try text(Done("user_removed", to: member, by: by))
        case .opened, .asked, .answered, .supported, .reacted, .counted, .visited, .lived, .said, .deleted, .raised,
            .lowered,
            .cleared, .invited, .uninvited, .promoted, .demoted, .pinned, .moderated, .started, .ended:
            nil
        }
    }
}
