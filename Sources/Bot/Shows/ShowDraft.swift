import Domain
import Foundation

/// A show that a host is about to plan. It is kept nowhere: its title stands in the second line of the message under
/// which its buttons are, the rest in the buttons.
struct ShowDraft: Equatable, Sendable {
    /// Lengths that are offered, in minutes.
    static let offeredMinutes = [30, 45, 60, 90, 120, 180]

    /// In whole minutes since 1970.
    var startMinute: Int
    var minutes = 60
    var hands = HandPolicy.everyone
    var isWeekly = false

    init(startsAt: Date) {
        startMinute = Self.minute(of: startsAt)
    }

    var startsAt: Date { Self.date(ofMinute: startMinute) }

    /// The plan that comes of it.
    func plan(title: String) -> ShowPlan {
        ShowPlan(
            title: title,
            startsAt: startsAt,
            plannedDuration: .seconds(minutes * 60),
            handPolicy: hands,
            repeatsWeekly: isWeekly
        )
    }

    // MARK: Text

    /// `29412345.60.e.n`: minute, length, hands, weekly.
    var data: String { "\(startMinute).\(minutes).\(hands.data).\(isWeekly ? "y" : "n")" }

    init?(data: String) {
        let parts = data.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, let start = Self.minute(parts[0]), let minutes = Self.length(parts[1]),
            let hands = HandPolicy(data: parts[2]), let isWeekly = Button.answer(parts[3])
        else { return nil }
        startMinute = start
        self.minutes = minutes
        self.hands = hands
        self.isWeekly = isWeekly
    }

    /// The title in a message that holds a draft; nil where it holds none.
    static func title(in message: String?) -> String? {
        guard let lines = message?.split(separator: "\n", omittingEmptySubsequences: false), lines.count > 1 else {
            return nil
        }
        let title = PlainText.line(String(lines[1]), limit: LiveSession.titleLength)
        return title.isEmpty ? nil : title
    }

    static func minute(of date: Date) -> Int { Int((date.timeIntervalSince1970 / 60).rounded(.down)) }

    static func date(ofMinute minute: Int) -> Date { Date(timeIntervalSince1970: Double(minute) * 60) }

    /// Reads whole minutes since 1970, up to the year 2160.
    static func minute(_ text: String) -> Int? {
        guard text.wholeMatch(of: /[0-9]{1,8}/) != nil else { return nil }
        return Int(text)
    }

    static func length(_ text: String) -> Int? {
        guard text.wholeMatch(of: /[0-9]{1,3}/) != nil, let minutes = Int(text), LiveSession.minutes.contains(minutes)
        else { return nil }
        return minutes
    }
}

extension HandPolicy {
    /// The policies that are offered, in their order.
    static let offered: [HandPolicy] = [.everyone, .off] + levels.dropFirst().map { .level($0) }

    /// As a button carries it.
    var data: String {
        switch self {
        case .off: "o"
        case .everyone: "e"
        case .level(let level): "\(level)"
        }
    }

    init?(data: String) {
        switch data {
        case "o": self = .off
        case "e": self = .everyone
        default:
            guard data.count == 1, let level = Int(data), Self.levels.contains(level) else { return nil }
            self = .level(level)
        }
    }
}
