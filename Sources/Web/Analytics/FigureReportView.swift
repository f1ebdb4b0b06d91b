import Domain
import Foundation

/// A report as its page shows it.
struct FigureReportView {
    struct Link {
        var title: String
        var link: String
        var isCurrent: Bool
    }

    struct Fact {
        var name: String
        var value: String
    }

    struct Cell {
        var text: String
        /// Nil where it leads nowhere.
        var link: String?
        var isNumber: Bool
    }

    struct Row {
        var first: Cell
        var cells: [Cell]
    }

    struct Section {
        var id: String
        var title: String
        var plots: [FigurePlot]
        var tableTitle: String
        var headings: [String]
        var rows: [Row]
        var isEmpty: Bool
        var csv: String
        var csvTitle: String
    }

    let heading: String
    let back: Link?
    let sectionsTitle: String
    let sections: [Link]
    let rangesTitle: String
    let ranges: [Link]
    let facts: [Fact]
    let figures: [Section]
    let next: Link?
    let empty: String
    let privacy: String

    init(_ report: FigureReport, range: FigureRange, words: FigureWords) {
        let subject = report.subject
        let query = "?days=\(range.rawValue)"
        heading = report.title ?? words.text(subject.phrase)
        back =
            subject == subject.section
            ? nil : Link(title: words.text(subject.phrase), link: subject.section.path + query, isCurrent: false)
        sectionsTitle = words.text(.sections)
        sections = FigureSubject.sections.map { section in
            Link(title: words.text(section.phrase), link: section.path + query, isCurrent: section == subject.section)
        }
        rangesTitle = words.text(.ranges)
        ranges =
            report.days == nil
            ? []
            : FigureRange.allCases.map { other in
                Link(
                    title: words.text(.range, ["days": String(other.rawValue)]),
                    link: "\(subject.path)?days=\(other.rawValue)",
                    isCurrent: other == range
                )
            }
        facts = report.facts.map { fact in
            Fact(name: words.title(of: fact.name), value: words.text(fact.cell, in: report.zone))
        }
        figures = report.tables.map { Self.section($0, of: report, query: query, words: words) }
        next = report.next.map { cursor in
            let link = "\(subject.path)\(query)&cursor=\(FormFields.encoded(cursor.text))"
            return Link(title: words.text(.more), link: link, isCurrent: false)
        }
        empty = words.text(.empty)
        privacy = words.text(.privacy)
    }

    private static func section(
        _ table: FigureTable,
        of report: FigureReport,
        query: String,
        words: FigureWords
    ) -> Section {
        let title = words.title(of: table.name)
        return Section(
            id: table.name.rawValue,
            title: title,
            plots: table.rows.isEmpty ? [] : TablePlots(table, report: report, words: words).plots,
            tableTitle: words.text(.table, ["title": title]),
            headings: table.columns.map(words.title),
            rows: table.rows.map { row(of: $0, report, query: query, words: words) },
            isEmpty: table.rows.isEmpty,
            csv: "\(report.subject.csvPath)\(query)&table=\(table.name.rawValue)",
            csvTitle: words.text(.csv, ["title": title])
        )
    }

    private static func row(of row: FigureRow, _ report: FigureReport, query: String, words: FigureWords) -> Row {
        var cells = row.cells.map { cell in
            Cell(text: words.text(cell, in: report.zone), link: nil, isNumber: cell.isNumber)
        }
        if let id = row.id { cells[0].link = "\(report.subject.path)/\(id)\(query)" }
        return Row(first: cells[0], cells: Array(cells.dropFirst()))
    }
}

extension FigureSubject {
    fileprivate var phrase: AnalyticsPhrase {
        switch self {
        case .club: .club
        case .members: .members
        case .shows, .show: .shows
        case .episodes, .episode: .episodes
        case .delivery: .delivery
        }
    }
}

extension FigureCell {
    /// Whether it stands under the others of its column, digit under digit.
    fileprivate var isNumber: Bool {
        switch self {
        case .count, .decimal, .share, .length, .unknown: true
        case .day, .moment, .text, .word: false
        }
    }
}
