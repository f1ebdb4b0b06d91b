import Domain
import Foundation

/// What a client of a room sends: one JSON object, its kind in `type`, and nothing but the fields of that kind.
struct RoomCommandFrame {
    /// What is asked for.
    enum Request: Equatable {
        case ping
        case command(RoomCommand)
    }

    /// A value of a field.
    private enum Value: Decodable, Equatable {
        case text(String)
        case number(Int)
        case flag(Bool)
        case other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else if let number = try? container.decode(Int.self) {
                self = .number(number)
            } else {
                self = .other
            }
        }
    }

    /// The kind, cut to what an answer may repeat.
    let type: String
    private let fields: [String: Value]

    /// - Throws: `.malformedBody` where it is no JSON object; `.invalidField` without a kind.
    init(_ text: String) throws(RequestFault) {
        let decoded = try? JSONDecoder().decode([String: Value].self, from: Data(text.utf8))
        guard var fields = decoded else { throw .malformedBody }
        guard case .text(let type) = fields.removeValue(forKey: "type") else { throw .invalidField("type") }
        self.type = String(type.prefix(40))
        self.fields = fields
    }

    /// By which the client knows its message again, where it said so.
    var clientID: String? {
        guard case .text(let id) = fields["client_id"], id.unicodeScalars.count <= RoomLimits.clientIDLength else {
            return nil
        }
        return id
    }

    /// - Throws: `.unknownCommand`; `.invalidField` for what is missing, of another type, or not known.
    func request() throws(RequestFault) -> Request {
        var reader = Reader(fields: fields)
        let request = try Self.request(type, &reader)
        if let unknown = reader.fields.keys.min() { throw .invalidField(String(unknown.prefix(40))) }
        return request
    }

    private static func request(_ type: String, _ reader: inout Reader) throws(RequestFault) -> Request {
        switch type {
        case "ping": .ping
        case "chat":
            .command(
                .chat(
                    try reader.text("message"),
                    clientID: try reader.text("client_id"),
                    isQuestion: try reader.flag("question")
                )
            )
        case "reaction": .command(.react(try reader.text("emoji")))
        case "support": .command(.support(try reader.member()))
        case "hand_raise": .command(try hand(&reader))
        case "accept_invite": .command(.acceptInvite)
        case "decline_invite": .command(.declineInvite)
        case "leave_stage": .command(.leaveStage)
        case "promote": .command(.promote(try reader.member()))
        case "demote": .command(.demote(try reader.member()))
        case "mute": .command(.mute(try reader.member()))
        case "kick": .command(.kick(try reader.member()))
        case "next_hand": .command(.nextHand)
        case "lower_all": .command(.lowerAll)
        case "delete_message": .command(.deleteMessage(RoomMessageID(rawValue: try reader.text("message_id"))))
        case "pin": .command(.pin(try reader.text("text")))
        case "chat_mode": .command(try mode(&reader))
        default: throw .unknownCommand
        }
    }

    private static func hand(_ reader: inout Reader) throws(RequestFault) -> RoomCommand {
        switch try reader.text("action") {
        case "raise": .raiseHand(topic: try reader.optionalText("topic"))
        case "lower": .lowerHand
        default: throw .invalidField("action")
        }
    }

    private static func mode(_ reader: inout Reader) throws(RequestFault) -> RoomCommand {
        guard let mode = ChatMode(rawValue: try reader.text("mode")) else { throw .invalidField("mode") }
        return .chatMode(mode, slow: .seconds(try reader.number("slow_seconds")))
    }

    /// Takes the fields one by one; what is left over at the end nobody knows.
    private struct Reader {
        private(set) var fields: [String: Value]

        mutating func text(_ name: String) throws(RequestFault) -> String {
            guard let text = try optionalText(name) else { throw .invalidField(name) }
            return text
        }

        mutating func optionalText(_ name: String) throws(RequestFault) -> String? {
            switch fields.removeValue(forKey: name) {
            case .text(let text): text
            case nil: nil
            case .number, .flag, .other: throw .invalidField(name)
            }
        }

        mutating func number(_ name: String) throws(RequestFault) -> Int {
            guard case .number(let number) = fields.removeValue(forKey: name) else { throw .invalidField(name) }
            return number
        }

        /// False where it is left out.
        mutating func flag(_ name: String) throws(RequestFault) -> Bool {
            switch fields.removeValue(forKey: name) {
            case .flag(let flag): flag
            case nil: false
            case .text, .number, .other: throw .invalidField(name)
            }
        }

        mutating func member() throws(RequestFault) -> MemberID {
            MemberID(rawValue: try text("target_user_id"))
        }
    }
}
