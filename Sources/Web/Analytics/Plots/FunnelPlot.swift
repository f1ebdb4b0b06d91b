/// How many come from step to step, one lying bar for each.
struct FunnelPlot: Equatable {
    struct Step: Equatable {
        var name: String
        /// Nil where nobody knows.
        var value: Int?
        /// What stands beside the bar.
        var text: String
    }

    private static let rowHeight = 34.0
    private static let barHeight = 12.0

    var caption: SVGCanvas.Caption
    var steps: [Step]

    var svg: String {
        var canvas = SVGCanvas(caption, height: Self.rowHeight * Double(steps.count) + 4)
        let greatest = Double(max(1, steps.compactMap(\.value).max() ?? 0))
        for (index, step) in steps.enumerated() {
            let y = Self.rowHeight * Double(index)
            canvas.text("plot-name", step.name, x: 0, y: y + 14)
            canvas.text("plot-name", step.text, x: SVGCanvas.width, y: y + 14, .end)
            canvas.rect("plot-rail", x: 0, y: y + 19, width: SVGCanvas.width, height: Self.barHeight)
            guard let value = step.value, value > 0 else { continue }
            let width = max(2, SVGCanvas.width * Double(value) / greatest)
            canvas.rect("plot-bar", x: 0, y: y + 19, width: width, height: Self.barHeight)
        }
        return canvas.svg
    }
}
