import Domain
import Foundation

/// A report as the API shows it: each table with its columns' names, each row an object of them. Lengths are seconds,
/// shares are of 1, what nobody knows is null.
struct FigureAnswer: Encodable {
    private enum Key: String, CodingKey {
        case subject, title, from, to, timeZone, figures, tables, nextCursor
    }

    private let report: FigureReport

    init(_ report: FigureReport) {
        self.report = report
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(report.subject.name, forKey: .subject)
        try container.encodeIfPresent(report.title, forKey: .title)
        try container.encodeIfPresent(report.days?.lowerBound, forKey: .from)
        try container.encodeIfPresent(report.days?.upperBound, forKey: .to)
        try container.encode(report.zone.identifier, forKey: .timeZone)
        let facts = report.facts.map { ($0.name.rawValue, $0.cell) }
        try container.encode(NamedCells(facts), forKey: .figures)
        var tables = container.nestedContainer(keyedBy: FigureName.self, forKey: .tables)
        for table in report.tables {
            let rows = table.rows.map { row in
                NamedCells(zip(table.columns.map(\.rawValue), row.cells).map { $0 }, id: row.id)
            }
            try tables.encode(rows, forKey: FigureName(table.name.rawValue))
        }
        try container.encode(report.next?.text, forKey: .nextCursor)
    }
}

extension FigureSubject {
    /// As addresses and programs call it.
    var name: String {
        switch self {
        case .club: "club"
        case .members: "members"
        case .shows: "shows"
        case .show: "show"
        case .episodes: "episodes"
        case .episode: "episode"
        case .delivery: "delivery"
        }
    }
}

/// A name that only the figures know.
private struct FigureName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) {
        stringValue = name
    }

    init?(stringValue: String) {
        self.init(stringValue)
    }

    init?(intValue: Int) {
        return nil
    }
}

/// Cells with their names, as one object.
private struct NamedCells: Encodable {
    let cells: [(name: String, cell: FigureCell)]
    let id: String?

    init(_ cells: [(String, FigureCell)], id: String? = nil) {
        self.cells = cells.map { (name: $0, cell: $1) }
        self.id = id
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: FigureName.self)
        try container.encodeIfPresent(id, forKey: FigureName("id"))
        for (name, cell) in cells {
            let key = FigureName(name)
            switch cell {
            case .count(let count): try container.encode(count, forKey: key)
            case .decimal(let number), .share(let number):
                try container.encode(FigureNumber.rounded(number), forKey: key)
            case .length(let length): try container.encode(FigureNumber.rounded(length.seconds), forKey: key)
            case .day(let day): try container.encode(day, forKey: key)
            case .moment(let moment): try container.encode(moment, forKey: key)
            case .text(let text): try container.encode(text, forKey: key)
            case .word(let word): try container.encode(word.rawValue, forKey: key)
            case .unknown: try container.encodeNil(forKey: key)
            }
        }
    }
}
