import Domain

/// What people write to the bot about shows.
enum ShowRequest: Equatable, Sendable {
    /// What is live now.
    case live
    /// The shows ahead.
    case schedule
    /// One show, whose link was opened.
    case show(LiveSessionID)
    /// Plan a show; what stands behind the command.
    case newLive(String)
    /// Begin a show: the one that is due, or a new one with this title.
    case goLive(String)
    /// End a show.
    case end
    /// The shows that one may run.
    case lives
    /// A question of the bot is answered.
    case answered(ShowAnswer)

    /// - Returns: nil where it is none of these commands.
    init?(command: String, argument: String) {
        switch command {
        case "live": self = .live
        case "schedule": self = .schedule
        case "newlive": self = .newLive(argument)
        case "golive": self = .goLive(argument)
        case "end": self = .end
        case "lives": self = .lives
        default: return nil
        }
    }
}
