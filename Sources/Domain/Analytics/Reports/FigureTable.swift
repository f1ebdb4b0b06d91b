import Foundation

/// What can stand in one place of a table.
public enum FigureCell: Equatable, Sendable {
    case count(Int)
    case decimal(Double)
    /// Of 1.
    case share(Double)
    case length(Duration)
    case day(ClubDay)
    case moment(Date)
    /// Words of people, such as a title.
    case text(String)
    /// A name that the club gives, to be said in the reader's language.
    case word(FigureWord)
    /// Nobody knows, or there is nothing to divide by.
    case unknown

    /// So much of `whole`; unknown where that is nothing.
    static func share(_ part: Int, of whole: Int) -> FigureCell {
        whole > 0 ? .share(Double(part) / Double(whole)) : .unknown
    }
}

/// A name that stands in tables. Its text is what programs read.
public enum FigureWord: Hashable, Sendable {
    case step(ShowStep)
    case device(String)
    case kind(DeliveryKind)
    case level(Int)

    public var rawValue: String {
        switch self {
        case .step(let step): step.rawValue
        case .device(let name): name
        case .kind(let kind): kind.rawValue
        case .level(let level): "\(level)"
        }
    }
}

/// How far somebody comes in a show.
public enum ShowStep: String, CaseIterable, Sendable {
    case told, opened, joined, reacted, raised, spoke
}

/// What a column of a table, or a figure that stands alone, says. The names are told to programs.
public enum FigureColumn: String, CaseIterable, Sendable {
    case active, average, blocked, chapter, chat, cohort, completed, count, day, delivered, device, downloads, emoji
    case episodes, failed, hands, joined, kind, length, level, listened, listeners, live, members, minute, new, opened
    case peak, people, position, published, questions, raised, reacted, reactions, reason, sent, share, shows, speeches
    case spoke, started, step, taken, title, told, unknown, week
    case longestWait = "longest_wait"
    case medianDelay = "median_delay"
    case medianWait = "median_wait"
    case newMembers = "new_members"
    case slowDelay = "slow_delay"
    case weeksLater = "weeks_later"
}

/// A row of a table, in the order of its columns.
public struct FigureRow: Equatable, Sendable {
    /// The id of what it tells of, where there is a report on it.
    public let id: String?
    public let cells: [FigureCell]

    public init(_ cells: [FigureCell], id: String? = nil) {
        self.id = id
        self.cells = cells
    }
}

/// Figures in rows and columns: what a plot is drawn from, what is read instead of it, and what programs get.
public struct FigureTable: Equatable, Sendable {
    /// What it is about. The names are told to programs.
    public enum Name: String, CaseIterable, Sendable {
        case days, weeks, cohorts, levels, shows, funnel, minutes, reactions, devices, episodes, retention, downloads
        case kinds, reasons
    }

    public let name: Name
    public let columns: [FigureColumn]
    public let rows: [FigureRow]

    public init(_ name: Name, _ columns: [FigureColumn], _ rows: [FigureRow]) {
        self.name = name
        self.columns = columns
        self.rows = rows
    }

    /// The cells of one column, from the first row to the last; none where it has no such column.
    public func cells(_ column: FigureColumn) -> [FigureCell] {
        guard let index = columns.firstIndex(of: column) else { return [] }
        return rows.map { $0.cells[index] }
    }
}

/// A figure that stands alone.
public struct FigureFact: Equatable, Sendable {
    public let name: FigureColumn
    public let cell: FigureCell

    init(_ name: FigureColumn, _ cell: FigureCell) {
        self.name = name
        self.cell = cell
    }
}

/// A page of figures. Sums over people only: no row of it is about one member.
public struct FigureReport: Equatable, Sendable {
    public let subject: FigureSubject
    /// What it is about, where that has a name.
    public let title: String?
    /// Of which days it tells; nil where it tells of one thing as a whole.
    public let days: ClosedRange<ClubDay>?
    /// The clock by which its moments and days are told.
    public let zone: TimeZone
    public let facts: [FigureFact]
    public let tables: [FigureTable]
    /// Where the list of its first table goes on.
    public let next: PageCursor?

    init(
        _ subject: FigureSubject,
        title: String? = nil,
        days: ClosedRange<ClubDay>? = nil,
        zone: TimeZone,
        facts: [FigureFact],
        tables: [FigureTable],
        next: PageCursor? = nil
    ) {
        self.subject = subject
        self.title = title
        self.days = days
        self.zone = zone
        self.facts = facts
        self.tables = tables
        self.next = next
    }
}

/// What reports there are.
public enum FigureSubject: Hashable, Sendable {
    case club
    case members
    case shows
    case show(LiveSessionID)
    case episodes
    case episode(PodcastID)
    case delivery
}

/// How far back a report looks.
public enum FigureRange: Int, CaseIterable, Sendable {
    case week = 7
    case month = 30
    case quarter = 90
    case year = 365

    /// So many days, of which `today` is the last.
    func days(until today: ClubDay) -> ClosedRange<ClubDay> {
        today.adding(days: 1 - rawValue)...today
    }
}
