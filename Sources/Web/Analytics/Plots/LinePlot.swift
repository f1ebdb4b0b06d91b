/// Values along a time or a length, one line or several.
struct LinePlot: Equatable {
    /// A place that is marked, such as the beginning of a chapter.
    struct Mark: Equatable {
        /// Between 0 and the number of points less one.
        var place: Double
        var name: String
    }

    var caption: SVGCanvas.Caption
    /// Each has as many values as there are labels; two lines at most.
    var lines: [[Double]]
    /// Of the points.
    var labels: [String]
    var marks: [Mark] = []
    /// Whether the values are shares of 1.
    var isShare = false

    var svg: String {
        var canvas = SVGCanvas(caption, height: PlotFrame.height)
        let greatest = lines.joined().max() ?? 0
        let frame = PlotFrame(scale: isShare ? PlotScale(greatest: 1, isWhole: false) : PlotScale(greatest: greatest))
        frame.drawMarks(on: &canvas) { isShare ? "\(Int(($0 * 100).rounded())) %" : SVGCanvas.number($0) }
        let count = labels.count
        for mark in marks where count > 1 {
            let x = frame.left + (frame.right - frame.left) * mark.place / Double(count - 1)
            canvas.line("plot-mark", from: (x, frame.top), to: (x, frame.bottom), title: mark.name)
        }
        for (index, values) in lines.enumerated() {
            let points = values.enumerated().map { (x: frame.x($0.offset, of: count), y: frame.y($0.element)) }
            if index == 0 { canvas.area("plot-area", points, base: frame.bottom) }
            // A single point is no line.
            let drawn = points.count == 1 ? [(frame.left, points[0].y), (frame.right, points[0].y)] : points
            canvas.lines("plot-line plot-\(index + 1)", drawn)
        }
        frame.drawLabels(labels, on: &canvas) { frame.x($0, of: count) }
        return canvas.svg
    }
}
