import Foundation

/// The phrases of the club's figures, beside those whose keys are made of names; see `requiredKeys`.
public enum AnalyticsPhrase: String, PhraseKey {
    case title = "analytics.title"
    /// The twelve months in short, with spaces between them.
    case months = "analytics.months"
    /// `{day}`, `{month}`.
    case day = "analytics.day"
    /// `{day}`, `{month}`, `{year}`.
    case dayOfYear = "analytics.day_of_year"
    /// `{day}`, `{month}`, `{time}`.
    case moment = "analytics.moment"
    /// `{number}`.
    case seconds = "analytics.seconds"
    /// `{number}`.
    case minutes = "analytics.minutes"
    /// `{number}`.
    case hours = "analytics.hours"
    /// `{hours}`, `{minutes}`.
    case hoursAndMinutes = "analytics.hours_and_minutes"
    /// `{number}`.
    case percent = "analytics.percent"
    /// Between whole numbers and their fractions.
    case point = "analytics.point"
    /// `{level}`.
    case level = "analytics.level"
    case unknown = "analytics.unknown"
    case club = "analytics.subject.club"
    case members = "analytics.subject.members"
    case shows = "analytics.subject.shows"
    case episodes = "analytics.subject.episodes"
    case delivery = "analytics.subject.delivery"
    case sections = "analytics.sections"
    case ranges = "analytics.ranges"
    /// `{days}`.
    case range = "analytics.range"
    /// `{title}`: of the table.
    case table = "analytics.table"
    /// `{title}`: of the table.
    case csv = "analytics.csv"
    case more = "analytics.more"
    case empty = "analytics.empty"
    case privacy = "analytics.privacy"
    /// `{first}`, `{last}`, `{most}`, `{place}`: what a plot shows.
    case span = "analytics.span"
    /// Of a plot on which there is nothing.
    case nothing = "analytics.nothing"
    /// What the bot says: `{title}` of the last show.
    case lastShow = "analytics.bot.last_show"
    case noShow = "analytics.bot.no_show"
    /// What the bot says: `{days}`.
    case overview = "analytics.bot.overview"
    case open = "analytics.bot.open"
    /// What the bot says: `{days}`.
    case episodesOverview = "analytics.bot.episodes"

    /// The keys of everything that is said about figures.
    public static var requiredKeys: [String] {
        allCases.map(\.rawValue) + FigureColumn.allCases.map(\.phraseKey) + FigureTable.Name.allCases.map(\.phraseKey)
            + ShowStep.allCases.map(\.phraseKey) + DeliveryKind.allCases.map(\.phraseKey)
            + DeviceKind.allCases.map { FigureWord.device($0.rawValue).phraseKey }
    }
}

extension FigureColumn {
    var phraseKey: String { "analytics.column.\(rawValue)" }
}

extension FigureTable.Name {
    var phraseKey: String { "analytics.table.\(rawValue)" }
}

extension ShowStep {
    var phraseKey: String { "analytics.step.\(rawValue)" }
}

extension DeliveryKind {
    var phraseKey: String { "analytics.kind.\(rawValue)" }
}

extension FigureWord {
    /// Of a level there is one phrase for all.
    fileprivate var phraseKey: String {
        switch self {
        case .step(let step): step.phraseKey
        case .device(let name): "analytics.device.\(name)"
        case .kind(let kind): kind.phraseKey
        case .level: AnalyticsPhrase.level.rawValue
        }
    }
}

/// Figures as people read them, in one language, by the club's clock.
public struct FigureWords: Sendable {
    public let phrases: Phrasebook
    public let language: Language
    private let months: [String]

    public init(phrases: Phrasebook, language: Language) {
        self.phrases = phrases
        self.language = language
        months = phrases.text(AnalyticsPhrase.months, language).split(separator: " ").map(String.init)
    }

    public func text(_ key: AnalyticsPhrase, _ arguments: [String: String] = [:]) -> String {
        phrases.text(key, language, arguments)
    }

    public func title(of column: FigureColumn) -> String { named(column.phraseKey) }

    public func title(of table: FigureTable.Name) -> String { named(table.phraseKey) }

    /// What stands in a place of a table.
    public func text(_ cell: FigureCell, in zone: TimeZone) -> String {
        switch cell {
        case .count(let count): grouped(count)
        case .decimal(let number): decimal(number)
        case .share(let share): text(.percent, ["number": String(Int((share * 100).rounded()))])
        case .length(let length): self.length(length)
        case .day(let day): self.day(day, withYear: true)
        case .moment(let moment): self.moment(moment, in: zone)
        case .text(let text): text
        case .word(let word): name(of: word)
        case .unknown: text(.unknown)
        }
    }

    private func name(of word: FigureWord) -> String {
        let arguments = if case .level(let level) = word { ["level": String(level)] } else { [String: String]() }
        return phrases.text(key: word.phraseKey, language, arguments) ?? word.rawValue
    }

    /// A day without its weekday.
    public func day(_ day: ClubDay, withYear: Bool = false) -> String {
        let parts = day.rawValue.split(separator: "-").map { Int($0) ?? 0 }
        var arguments = ["day": String(parts[2]), "month": month(parts[1])]
        guard withYear else { return text(.day, arguments) }
        arguments["year"] = String(parts[0])
        return text(.dayOfYear, arguments)
    }

    private func moment(_ moment: Date, in zone: TimeZone) -> String {
        let wall = WallTime(moment, in: zone)
        let time = "\(wall.minute / 60):" + (wall.minute % 60 < 10 ? "0" : "") + "\(wall.minute % 60)"
        return text(.moment, ["day": String(wall.day), "month": month(wall.month), "time": time])
    }

    private func month(_ number: Int) -> String {
        months.indices.contains(number - 1) ? months[number - 1] : String(number)
    }

    private func length(_ length: Duration) -> String {
        let seconds = max(0, length.seconds)
        if seconds < 10 { return text(.seconds, ["number": decimal(seconds)]) }
        if seconds < 60 { return text(.seconds, ["number": String(Int(seconds.rounded()))]) }
        let minutes = Int((seconds / 60).rounded())
        if minutes < 60 { return text(.minutes, ["number": String(minutes)]) }
        if minutes >= 6_000 { return text(.hours, ["number": grouped(minutes / 60)]) }
        let arguments = ["hours": String(minutes / 60), "minutes": String(minutes % 60)]
        return minutes % 60 == 0
            ? text(.hours, ["number": arguments["hours"] ?? ""]) : text(.hoursAndMinutes, arguments)
    }

    /// With one digit behind the point, where it is not zero.
    private func decimal(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        let whole = grouped(tenths / 10)
        return tenths % 10 == 0 ? whole : whole + text(.point) + String(abs(tenths % 10))
    }

    /// With narrow spaces that do not break between thousands.
    private func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var parts: [Substring] = []
        var rest = digits[...]
        while rest.count > 3 {
            parts.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        return (number < 0 ? "−" : "") + ([rest] + parts).joined(separator: "\u{202F}")
    }

    private func named(_ key: String) -> String { phrases.text(key: key, language) ?? key }
}
