import Domain

/// What those who come back at the same moment are sent alike.
struct ReturnFrames {
    private enum Key: Hashable {
        case numbered(Int)
        case hands
        case crew
        case microphone(MemberID)
        case presence
    }

    private var frames: [Key: SharedFrame] = [:]

    /// The frame as it is known, or as it is made now. What is for one reader alone is made anew each time.
    mutating func frame(of signal: RoomSignal, make: () throws -> SharedFrame?) rethrows -> SharedFrame? {
        guard let key = Self.key(signal) else { return try make() }
        if let known = frames[key] { return known }
        let frame = try make()
        frames[key] = frame
        return frame
    }

    private static func key(_ signal: RoomSignal) -> Key? {
        switch signal {
        case .numbered(let seq, _): .numbered(seq)
        case .hands: .hands
        case .presence: .presence
        case .noted(let fact):
            switch fact.news {
            case .ruled: .crew
            case .voiced(let member, _): .microphone(member)
            default: nil
            }
        case .reactions, .position, .thanked, .welcome, .closed: nil
        }
    }
}
