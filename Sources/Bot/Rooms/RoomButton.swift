import Domain

/// What a button about a show's room means. Its data begin with `rm:`.
enum RoomButton: Equatable, Sendable {
    // What every member may tap

    /// Raise a hand. `takesWords`: the message says what about, below its first line.
    case hand(LiveSessionID, takesWords: Bool)
    case lower(LiveSessionID)
    /// Do not come onto the stage now.
    case decline(LiveSessionID)
    /// Ask for a question to those on stage. `takesWords`: the message holds it, below its first line.
    case ask(LiveSessionID, takesWords: Bool)

    // What those who run the show may tap

    case queue(LiveSessionID)
    /// Invite the first of the queue.
    case next(LiveSessionID)
    case invite(LiveSessionID, MemberID)
    /// Take somebody's hand down, or them off the stage.
    case demote(LiveSessionID, MemberID)
    case mute(LiveSessionID, MemberID)
    case lowerAll(LiveSessionID, isConfirmed: Bool)
    /// Show who may write in the chat, to choose from.
    case chat(LiveSessionID)
    case mode(LiveSessionID, ChatMode)
    /// The least time between two messages of one member, in seconds.
    case slow(LiveSessionID, seconds: Int)
    /// Say that one is there.
    case present(LiveSessionID)

    static let prefix = "rm:"

    /// The paces of the chat that are offered, in seconds.
    static let slowSeconds = [0, 10, 30, 60]

    /// The modes of the chat that are offered, with their letters.
    static let modes: [(letter: String, mode: ChatMode)] = [("e", .everyone), ("h", .hosts), ("o", .off)]

    var data: String {
        Self.prefix
            + {
                switch self {
                case .hand(let id, let takesWords): "h:\(id)" + (takesWords ? ":t" : "")
                case .lower(let id): "d:\(id)"
                case .decline(let id): "n:\(id)"
                case .ask(let id, let takesWords): "a:\(id)" + (takesWords ? ":t" : "")
                case .queue(let id): "q:\(id)"
                case .next(let id): "x:\(id)"
                case .invite(let id, let person): "i:\(id):\(person)"
                case .demote(let id, let person): "o:\(id):\(person)"
                case .mute(let id, let person): "m:\(id):\(person)"
                case .lowerAll(let id, let isConfirmed): "l:\(id):\(isConfirmed ? "y" : "n")"
                case .chat(let id): "c:\(id)"
                case .mode(let id, let mode): "c:\(id):\(Self.modes.first { $0.mode == mode }?.letter ?? "")"
                case .slow(let id, let seconds): "s:\(id):\(seconds)"
                case .present(let id): "p:\(id)"
                }
            }()
    }

    /// - Returns: nil where `data` was not written by `data`.
    init?(data: String) {
        guard data.hasPrefix(Self.prefix) else { return nil }
        let parts = data.dropFirst(Self.prefix.count).split(separator: ":", omittingEmptySubsequences: false)
            .map(String.init)
        guard parts.count >= 2, let id = Button.id(parts[1]).map(LiveSessionID.init(rawValue:)),
            let button = parts.count == 2
                ? Self.plain(parts[0], id) : Self.about(parts[0], id, Array(parts.dropFirst(2)))
        else { return nil }
        self = button
    }

    private static func plain(_ letter: String, _ id: LiveSessionID) -> RoomButton? {
        switch letter {
        case "h": .hand(id, takesWords: false)
        case "d": .lower(id)
        case "n": .decline(id)
        case "a": .ask(id, takesWords: false)
        case "q": .queue(id)
        case "x": .next(id)
        case "c": .chat(id)
        case "p": .present(id)
        default: nil
        }
    }

    private static func about(_ letter: String, _ id: LiveSessionID, _ rest: [String]) -> RoomButton? {
        guard rest.count == 1 else { return nil }
        let word = rest[0]
        let person = Button.id(word).map(MemberID.init(rawValue:))
        switch letter {
        case "h": return word == "t" ? .hand(id, takesWords: true) : nil
        case "a": return word == "t" ? .ask(id, takesWords: true) : nil
        case "i": return person.map { .invite(id, $0) }
        case "o": return person.map { .demote(id, $0) }
        case "m": return person.map { .mute(id, $0) }
        case "l": return Button.answer(word).map { .lowerAll(id, isConfirmed: $0) }
        case "c": return modes.first { $0.letter == word }.map { .mode(id, $0.mode) }
        case "s": return Button.number(word).flatMap { slowSeconds.contains($0) ? .slow(id, seconds: $0) : nil }
        default: return nil
        }
    }
}
