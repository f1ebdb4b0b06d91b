/// Values side by side, one upright bar for each.
struct BarPlot: Equatable {
    var caption: SVGCanvas.Caption
    var values: [Double]
    /// As many as there are values.
    var labels: [String]

    var svg: String {
        var canvas = SVGCanvas(caption, height: PlotFrame.height)
        let frame = PlotFrame(scale: PlotScale(greatest: values.max() ?? 0))
        frame.drawMarks(on: &canvas, SVGCanvas.number)
        let width = (frame.right - frame.left) / Double(max(1, values.count))
        for (index, value) in values.enumerated() where value > 0 {
            canvas.rect(
                "plot-bar",
                x: frame.left + width * Double(index) + width * 0.1,
                y: frame.y(value),
                width: width * 0.8,
                height: frame.bottom - frame.y(value),
                title: "\(labels[index]): \(SVGCanvas.number(value))"
            )
        }
        frame.drawLabels(labels, on: &canvas) { frame.left + width * (Double($0) + 0.5) }
        return canvas.svg
    }
}
