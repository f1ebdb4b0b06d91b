import Domain

/// A picture with what explains its lines.
struct FigurePlot {
    struct Line {
        /// 1 or 2, as in the picture.
        var number: Int
        var title: String
    }

    var title: String
    var svg: String
    /// Empty where there is one line only.
    var legend: [Line]
}

/// Draws the pictures of one table.
struct TablePlots {
    /// So many columns a heat map has at most; more are joined.
    private static let heatColumns = 48
    /// So many of a long list are drawn.
    private static let listed = 30

    let table: FigureTable
    let report: FigureReport
    let words: FigureWords

    init(_ table: FigureTable, report: FigureReport, words: FigureWords) {
        self.table = table
        self.report = report
        self.words = words
    }

    var plots: [FigurePlot] {
        switch table.name {
        case .days: days
        case .weeks: [bars(.new, labels(.week)), lines([.active], labels(.week))]
        case .cohorts: [cohorts]
        case .levels: [bars(.members, labels(.level))]
        case .shows: [list(.joined)]
        case .episodes: [list(.listeners), list(.downloads)]
        case .funnel: [funnel(.step, .people)]
        case .devices: [funnel(.device, .people)]
        case .kinds: [funnel(.kind, .sent)]
        case .minutes: [lines([.listeners], minutes), lines([.chat], minutes)]
        case .reactions: [reactions]
        case .retention: [retention]
        case .downloads: [bars(.downloads, labels(.day))]
        case .reasons: []
        }
    }

    // MARK: Kinds of pictures

    /// Of the club and of its messages.
    private var days: [FigurePlot] {
        guard table.columns.contains(.sent) else {
            return [lines([.active], labels(.day)), lines([.live, .listened], labels(.day), per: 3_600)]
        }
        return [lines([.sent, .failed], labels(.day)), lines([.medianDelay, .slowDelay], labels(.day))]
    }

    /// - `divisor`: In how many seconds lengths are drawn.
    private func lines(_ columns: [FigureColumn], _ labels: [String], per divisor: Double = 1) -> FigurePlot {
        let values = columns.map { column in table.cells(column).map { ($0.number ?? 0) / $0.divisor(divisor) } }
        let title = columns.map(words.title).joined(separator: ", ")
        let plot = LinePlot(caption: caption(columns[0], title: title, labels), lines: values, labels: labels)
        let legend = columns.enumerated().map { index, column in
            FigurePlot.Line(number: index + 1, title: words.title(of: column))
        }
        return FigurePlot(title: title, svg: plot.svg, legend: columns.count > 1 ? legend : [])
    }

    private func bars(_ column: FigureColumn, _ labels: [String]) -> FigurePlot {
        let values = table.cells(column).map { $0.number ?? 0 }
        let title = words.title(of: column)
        let plot = BarPlot(caption: caption(column, title: title, labels), values: values, labels: labels)
        return FigurePlot(title: title, svg: plot.svg, legend: [])
    }

    /// A list that has the newest first, from the oldest to the newest.
    private func list(_ column: FigureColumn) -> FigurePlot {
        let shown = FigureTable(table.name, table.columns, Array(table.rows.prefix(Self.listed).reversed()))
        let part = TablePlots(shown, report: report, words: words)
        return part.bars(column, part.dates)
    }

    private func funnel(_ names: FigureColumn, _ column: FigureColumn) -> FigurePlot {
        let (labels, cells) = (labels(names), table.cells(column))
        let shares = table.cells(.share)
        let steps = cells.indices.map { index in
            var text = words.text(cells[index], in: report.zone)
            if shares.indices.contains(index), shares[index] != .unknown {
                text += " · " + words.text(shares[index], in: report.zone)
            }
            return FunnelPlot.Step(name: labels[index], value: cells[index].number.map { Int($0) }, text: text)
        }
        let plot = FunnelPlot(caption: caption(column, title: words.title(of: table.name), labels), steps: steps)
        return FigurePlot(title: words.title(of: column), svg: plot.svg, legend: [])
    }

    private var retention: FigurePlot {
        let labels = labels(.position)
        var plot = LinePlot(
            caption: caption(.share, title: words.title(of: table.name), labels),
            lines: [table.cells(.share).map { $0.number ?? 0 }],
            labels: labels,
            isShare: true
        )
        plot.marks = table.cells(.chapter).enumerated().compactMap { index, cell in
            if case .text(let name) = cell { LinePlot.Mark(place: Double(index), name: name) } else { nil }
        }
        return FigurePlot(title: words.title(of: .share), svg: plot.svg, legend: [])
    }

    private var cohorts: FigurePlot {
        let later = table.cells(.weeksLater).map { Int($0.number ?? 0) }
        let count = (later.max() ?? 0) + 1
        var rows: [HeatPlot.Row] = []
        for (index, name) in labels(.cohort).enumerated() {
            if rows.last?.name != name {
                rows.append(HeatPlot.Row(name: name, values: Array(repeating: nil, count: count)))
            }
            rows[rows.count - 1].values[later[index]] = table.cells(.share)[index].number
        }
        let plot = HeatPlot(
            caption: caption(.share, title: words.title(of: table.name), labels(.cohort)),
            rows: rows,
            columns: (0..<count).map(String.init)
        )
        return FigurePlot(title: words.title(of: .weeksLater), svg: plot.svg, legend: [])
    }

    /// Long shows have several minutes in a column.
    private var reactions: FigurePlot {
        let last = report.tables.first { $0.name == .minutes }?.cells(.minute).last?.number ?? 0
        let minutes = table.cells(.minute).map { Int($0.number ?? 0) }
        let width = max(1, (Int(last) + Self.heatColumns) / Self.heatColumns)
        let count = Int(last) / width + 1
        var rows: [HeatPlot.Row] = []
        for (index, name) in labels(.emoji).enumerated() {
            if rows.last?.name != name {
                rows.append(HeatPlot.Row(name: name, values: Array(repeating: 0, count: count)))
            }
            let column = min(count - 1, minutes[index] / width)
            let before = rows[rows.count - 1].values[column] ?? 0
            rows[rows.count - 1].values[column] = before + (table.cells(.count)[index].number ?? 0)
        }
        let plot = HeatPlot(
            caption: caption(.count, title: words.title(of: table.name), labels(.emoji)),
            rows: rows,
            columns: (0..<count).map { Self.clock(minute: $0 * width) }
        )
        return FigurePlot(title: words.title(of: .minute), svg: plot.svg, legend: [])
    }

    // MARK: Words

    private func labels(_ column: FigureColumn) -> [String] {
        table.cells(column).map { cell in
            switch cell {
            case .day(let day): words.day(day)
            case .count, .decimal, .share, .length, .moment, .text, .word, .unknown: words.text(cell, in: report.zone)
            }
        }
    }

    private var minutes: [String] { table.cells(.minute).map { Self.clock(minute: Int($0.number ?? 0)) } }

    /// When the things of a list began or came out.
    private var dates: [String] {
        (table.cells(.started) + table.cells(.published)).map { cell in
            if case .moment(let moment) = cell { words.day(ClubDay(moment, in: report.zone)) } else { "" }
        }
    }

    private static func clock(minute: Int) -> String { PlayingTime.clock(.seconds(minute * 60)) }

    /// What a column goes from and to, and where it is greatest.
    private func caption(_ column: FigureColumn, title: String, _ labels: [String]) -> SVGCanvas.Caption {
        let cells = table.cells(column)
        let most = cells.indices.max { (cells[$0].number ?? 0) < (cells[$1].number ?? 0) }
        var description = words.text(.nothing)
        if let most, (cells[most].number ?? 0) > 0, labels.count == cells.count {
            description = words.text(
                .span,
                [
                    "first": labels.first ?? "", "last": labels.last ?? "",
                    "most": words.text(cells[most], in: report.zone), "place": labels[most],
                ]
            )
        }
        let id = "plot-\(table.name.rawValue)-\(column.rawValue)".replacing("_", with: "-")
        return SVGCanvas.Caption(id: id, title: title, description: description)
    }
}

extension FigureCell {
    /// As it is drawn: lengths in seconds; nil where it is no number or not known.
    fileprivate var number: Double? {
        switch self {
        case .count(let count): Double(count)
        case .decimal(let number), .share(let number): number
        case .length(let length): length.seconds
        case .day, .moment, .text, .word, .unknown: nil
        }
    }

    /// By what it is divided where lengths are drawn in another unit than seconds.
    fileprivate func divisor(_ seconds: Double) -> Double {
        if case .length = self { seconds } else { 1 }
    }
}
