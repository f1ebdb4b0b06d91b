/// A step on the way to a moment for a show.
enum ShowPick: Equatable, Sendable {
    /// Show days to choose from.
    case days
    /// Show hours of a day to choose from.
    case hours(OfferedDay)
    /// Ask for a time in words.
    case typed
    /// This one, in whole minutes since 1970.
    case minute(Int)

    var data: String {
        switch self {
        case .days: "d"
        case .hours(let day): "d\(day.number)"
        case .typed: "k"
        case .minute(let minute): "m\(minute)"
        }
    }

    init?(data: String) {
        switch data.first {
        case "d" where data.count == 1: self = .days
        case "d":
            guard let day = OfferedDay(number: String(data.dropFirst())) else { return nil }
            self = .hours(day)
        case "k" where data.count == 1: self = .typed
        case "m":
            guard let minute = ShowDraft.minute(String(data.dropFirst())) else { return nil }
            self = .minute(minute)
        default: return nil
        }
    }
}
