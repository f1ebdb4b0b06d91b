import Foundation

/// A day as hosts name it.
enum ShowDay: Equatable, Sendable {
    /// Today or tomorrow, whichever comes next.
    case next
    /// So many days from today.
    case ahead(Int)
    /// 1 is Monday, 7 is Sunday.
    case weekday(Int)
    /// Without a year it is the next such day.
    case date(day: Int, month: Int, year: Int?)

    /// - Returns: nil where the word names no day.
    init?(word: String) {
        let bare = word.lowercased().replacing("ё", with: "е").trimmingCharacters(in: CharacterSet(charactersIn: ",;"))
        if let days = Self.names[bare] {
            self = .ahead(days)
        } else if let number = Self.weekdays.firstIndex(where: { $0.contains(bare) }) {
            self = .weekday(number + 1)
        } else if let match = bare.wholeMatch(of: /([0-9]{1,2})\.([0-9]{1,2})(?:\.([0-9]{4})?)?/),
            let day = Int(match.1), let month = Int(match.2)
        {
            self = .date(day: day, month: month, year: match.3.flatMap { Int($0) })
        } else if let match = bare.wholeMatch(of: /([0-9]{4})-([0-9]{2})-([0-9]{2})/), let year = Int(match.1),
            let month = Int(match.2), let day = Int(match.3)
        {
            self = .date(day: day, month: month, year: year)
        } else {
            return nil
        }
    }

    /// The days that may be meant, the first that is still to come being it; none where the calendar has no such day.
    func candidates(from today: WallTime, at time: TimeOfDay) -> [WallTime] {
        let at = { (year: Int, month: Int, day: Int) in WallTime(year: year, month: month, day: day, time: time) }
        let thisDay = at(today.year, today.month, today.day)
        let ahead = { (days: Int) in thisDay?.adding(days: days) }
        return switch self {
        case .next: [ahead(0), ahead(1)].compactMap { $0 }
        case .ahead(let days): [ahead(days)].compactMap { $0 }
        case .weekday(let weekday): [0, 7].compactMap { ahead((weekday - today.weekday + 7) % 7 + $0) }
        case .date(let day, let month, let year?): [at(year, month, day)].compactMap { $0 }
        case .date(let day, let month, nil): [0, 1].compactMap { at(today.year + $0, month, day) }
        }
    }

    private static let names = [
        "today": 0, "сегодня": 0, "tomorrow": 1, "завтра": 1, "послезавтра": 2,
    ]

    private static let weekdays: [Set<String>] = [
        ["mon", "monday", "пн", "понедельник"],
        ["tue", "tues", "tuesday", "вт", "вторник"],
        ["wed", "wednesday", "ср", "среда", "среду"],
        ["thu", "thur", "thurs", "thursday", "чт", "четверг"],
        ["fri", "friday", "пт", "пятница", "пятницу"],
        ["sat", "saturday", "сб", "суббота", "субботу"],
        ["sun", "sunday", "вс", "воскресенье"],
    ]
}
