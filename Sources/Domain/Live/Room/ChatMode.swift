/// Who may write in the chat.
public enum ChatMode: RawRepresentable, Codable, Hashable, Sendable {
    case everyone
    /// Members of this level or above, and those who run the show.
    case level(Int)
    /// Those who run the show.
    case hosts
    /// Nobody.
    case off

    /// As it is stored and told to programs: `everyone`, `level:3`, `hosts`, `off`.
    public var rawValue: String {
        switch self {
        case .everyone: "everyone"
        case .level(let level): "level:\(level)"
        case .hosts: "hosts"
        case .off: "off"
        }
    }

    /// - Returns: nil where it says none of these, or a level that there is not.
    public init?(rawValue: String) {
        switch rawValue {
        case "everyone": self = .everyone
        case "hosts": self = .hosts
        case "off": self = .off
        default:
            guard case .level(let level) = HandPolicy(rawValue: rawValue) else { return nil }
            self = .level(level)
        }
    }
}
