import Foundation

extension RoomSnapshot {
    /// What a raised hand's card says; nil where the person's hand is not up and they are not asked onto the stage.
    public var handFace: RoomCardFace? {
        switch you.place {
        case .queue(let position): .waiting(position: position)
        case .invited: .called
        case .stage: .over(.onStage)
        case .audience: nil
        }
    }

    /// The last questions, newest last.
    public func questions(limit: Int) -> [RoomMessage] {
        Array(messages.map(\.message).filter { $0.kind == .question }.suffix(limit))
    }

    /// Names what a queue's card shows: differs where it would say something else. Waiting times do not count.
    public var queueMark: String {
        var parts = hands.map { "\($0.member)/\($0.topic?.id.rawValue ?? "")" }
        parts.append("\(handCount)")
        parts += stage.map { "s\($0.member)" } + invitations.map { "i\($0.member)" }
        parts += questions(limit: 3).map { "q\($0.id)" }
        parts.append("\(chatMode.rawValue)/\(slow.wholeSeconds)/\(handPolicy)/\(host?.rawValue ?? "")/\(you.rank)")
        switch phase {
        case .waiting: parts.append("w")
        case .live: parts.append("l")
        case .ended: parts.append("e")
        }
        // FNV-1a, 64 bits: small, and the same in every process.
        let hash = parts.joined(separator: "\n").utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { hash, byte in
            (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return String(hash, radix: 36)
    }
}
