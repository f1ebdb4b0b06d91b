/// How much there is in each field of rows and columns: the more, the darker.
struct HeatPlot: Equatable {
    struct Row: Equatable {
        var name: String
        /// As many as there are columns; nil where there is nothing to be known.
        var values: [Double?]
    }

    /// So many shades there are beside that of nothing.
    static let shades = 6
    private static let left = 64.0
    private static let bottom = 24.0

    var caption: SVGCanvas.Caption
    var rows: [Row]
    var columns: [String]

    var svg: String {
        let rowHeight = min(28, max(10, 280 / Double(max(1, rows.count))))
        let height = rowHeight * Double(rows.count)
        var canvas = SVGCanvas(caption, height: height + Self.bottom)
        let width = (SVGCanvas.width - Self.left) / Double(max(1, columns.count))
        let greatest = rows.flatMap(\.values).compactMap { $0 }.max() ?? 0
        // Names that would touch are left out.
        let every = max(1, Int((14 / rowHeight).rounded(.up)))
        for (index, row) in rows.enumerated() {
            let y = rowHeight * Double(index)
            if index % every == 0 {
                canvas.text("plot-text", row.name, x: Self.left - 6, y: y + rowHeight / 2 + 4, .end)
            }
            for (column, value) in row.values.enumerated() {
                guard let value else { continue }
                canvas.rect(
                    "heat-\(Self.shade(of: value, greatest: greatest))",
                    x: Self.left + width * Double(column),
                    y: y + 0.5,
                    width: max(0.5, width - (width > 4 ? 1 : 0)),
                    height: rowHeight - 1
                )
            }
        }
        for index in PlotFrame.shown(of: columns.count) {
            let isLast = index == columns.count - 1 && columns.count > 1
            let x = Self.left + (isLast ? SVGCanvas.width - Self.left : width * Double(index))
            canvas.text("plot-text", columns[index], x: x, y: height + 17, isLast ? .end : .start)
        }
        return canvas.svg
    }

    /// 0 for nothing, then 1 to `shades`.
    static func shade(of value: Double, greatest: Double) -> Int {
        guard value > 0, greatest > 0 else { return 0 }
        return min(shades, max(1, Int((value / greatest * Double(shades)).rounded(.up))))
    }
}
