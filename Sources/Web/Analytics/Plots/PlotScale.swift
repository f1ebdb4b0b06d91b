import Foundation

/// Round numbers for an axis that begins at zero.
struct PlotScale: Equatable {
    /// The axis ends here: not below the greatest value, above zero.
    let top: Double
    /// From mark to mark.
    let step: Double

    /// - `greatest`: The greatest value that is to be seen.
    /// - `isWhole`: Whether there is nothing between whole numbers.
    init(greatest: Double, isWhole: Bool = true) {
        let greatest = max(greatest, isWhole ? 1 : 1e-9)
        let rough = greatest / 4
        let power = pow(10, log10(rough).rounded(.down))
        let round = [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= rough - 1e-12 } ?? 10 * power
        let step = isWhole ? max(1, round.rounded(.up)) : round
        self.step = step
        top = (greatest / step - 1e-9).rounded(.up) * step
    }

    /// From zero to the top.
    var marks: [Double] { Array(stride(from: 0, through: top + step / 2, by: step)) }
}

/// The part of a picture in which values are drawn, with the marks of its upright axis.
struct PlotFrame {
    static let height = 200.0
    let left = 40.0
    let right = SVGCanvas.width - 6
    let top = 12.0
    let bottom = PlotFrame.height - 24
    let scale: PlotScale

    func y(_ value: Double) -> Double { bottom - (bottom - top) * value / scale.top }

    /// The place of one of `count` points, the first at the left edge and the last at the right one.
    func x(_ index: Int, of count: Int) -> Double {
        count > 1 ? left + (right - left) * Double(index) / Double(count - 1) : (left + right) / 2
    }

    func drawMarks(on canvas: inout SVGCanvas, _ text: (Double) -> String) {
        for mark in scale.marks {
            canvas.line("plot-grid", from: (left, y(mark)), to: (right, y(mark)))
            canvas.text("plot-text", text(mark), x: left - 5, y: y(mark) + 4, .end)
        }
    }

    /// Writes some of the labels below, so that they do not touch.
    func drawLabels(_ labels: [String], on canvas: inout SVGCanvas, x: (Int) -> Double) {
        let shown = Self.shown(of: labels.count)
        for index in shown {
            let anchor: SVGCanvas.Anchor = index == 0 ? .start : index == labels.count - 1 ? .end : .middle
            let place = index == 0 ? left : index == labels.count - 1 ? right : x(index)
            canvas.text("plot-text", labels[index], x: place, y: bottom + 17, anchor)
        }
    }

    /// Four of `count` places at most, evenly spread, the first and the last among them.
    static func shown(of count: Int) -> [Int] {
        guard count > 4 else { return Array(0..<count) }
        return [0, 1, 2, 3].map { $0 * (count - 1) / 3 }
    }
}
