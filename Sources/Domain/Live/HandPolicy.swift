/// Who may raise a hand during a show.
public enum HandPolicy: RawRepresentable, Codable, Hashable, Sendable {
    /// Nobody.
    case off
    case everyone
    /// Members of this level or above.
    case level(Int)

    /// The levels that members can have.
    public static let levels = 1...5

    /// As it is stored and told to programs: `off`, `everyone`, `level:3`.
    public var rawValue: String {
        switch self {
        case .off: "off"
        case .everyone: "everyone"
        case .level(let level): "level:\(level)"
        }
    }

    /// - Returns: nil where it says none of these, or a level that there is not.
    public init?(rawValue: String) {
        switch rawValue {
        case "off": self = .off
        case "everyone": self = .everyone
        default:
            guard rawValue.hasPrefix("level:"), let level = Int(rawValue.dropFirst("level:".count)),
                Self.levels.contains(level)
            else { return nil }
            self = .level(level)
        }
    }
}
