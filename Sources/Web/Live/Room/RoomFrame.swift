import Domain
import Foundation

/// What clients of a room are told, as docs/room-protocol.md has it: one JSON object a frame, its kind in `type`.
enum RoomFrame {
    /// JSON as all of the API writes it: snake_case, times ISO 8601 in UTC.
    static func text(_ frame: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.withoutEscapingSlashes]
        return String(decoding: try encoder.encode(frame), as: UTF8.self)
    }

    /// A value, or `null` where others would be left out.
    struct OrNull<Value: Encodable>: Encodable {
        var value: Value?

        init(_ value: Value?) {
            self.value = value
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(value)
        }
    }

    struct Person: Encodable {
        let userId: String
        let name: String
        let username: String?

        /// `known`: how the person is called, as far as the room knows.
        init(_ member: MemberID, _ known: RoomPerson?) {
            userId = member.rawValue
            name = known?.name ?? ""
            username = known?.username
        }
    }

    /// Somebody on stage.
    struct Speaker: Encodable {
        let userId: String
        let name: String
        let username: String?
        let since: Date
        /// Whether they are heard.
        let microphone: Bool

        init(_ seat: StageSeat, _ known: RoomPerson?, isHeard: Bool) {
            let person = Person(seat.member, known)
            (userId, name, username) = (person.userId, person.name, person.username)
            (since, microphone) = (seat.since, isHeard)
        }

        init(_ member: MemberID, _ known: RoomPerson?, since: Date) {
            let person = Person(member, known)
            (userId, name, username) = (person.userId, person.name, person.username)
            (self.since, microphone) = (since, false)
        }
    }

    struct Message: Encodable {
        let id: String
        let seq: Int
        let userId: String
        let name: String
        let username: String?
        let text: String
        let kind: String
        let at: Date
        let clientId: String?

        /// - Returns: nil for a message whose words were deleted.
        init?(_ message: RoomMessage, seq: Int) {
            guard let words = message.words else { return nil }
            id = message.id.rawValue
            self.seq = seq
            userId = message.member.rawValue
            name = words.name
            username = words.username
            text = words.text
            kind = message.kind.rawValue
            at = message.at
            clientId = words.clientID
        }

        /// A message whose number its id says.
        init?(_ message: RoomMessage, in session: LiveSessionID) {
            guard let seq = message.id.seq(in: session) else { return nil }
            self.init(message, seq: seq)
        }
    }

    struct RaisedHand: Encodable {
        let userId: String
        let name: String
        let username: String?
        let at: Date
        let topic: String?
        let topicId: String?
        let isRemote: Bool

        init(_ hand: Hand, _ known: RoomPerson?) {
            userId = hand.member.rawValue
            name = known?.name ?? hand.topic?.words?.name ?? ""
            username = known?.username
            at = hand.at
            topic = hand.topic?.words?.text
            topicId = topic == nil ? nil : hand.topic?.id.rawValue
            isRemote = hand.isRemote
        }
    }

    struct Invitation: Encodable {
        let userId: String
        let name: String
        let username: String?
        let by: String
        let until: Date

        init(_ invitation: StageInvitation, _ known: RoomPerson?) {
            let person = Person(invitation.member, known)
            (userId, name, username) = (person.userId, person.name, person.username)
            (by, until) = (invitation.by.rawValue, invitation.until)
        }
    }

    struct Crew: Encodable {
        let host: OrNull<String>
        let coHosts: [String]

        init(_ crew: RoomCrew) {
            host = OrNull(crew.host?.rawValue)
            coHosts = crew.coHosts.map(\.rawValue)
        }
    }
}
