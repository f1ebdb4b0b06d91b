import Domain
import Foundation
import Testing

@testable import Web

/// Pictures of figures: drawn from values alone, with a name and a description, and without colours of their own.
struct PlotTests {
    private let caption = SVGCanvas.Caption(id: "plot-a", title: "A <b> & \"c\"", description: "From 1 to 3")

    @Test(arguments: [
        (0.0, 1.0, 1.0), (1, 1, 1), (3, 3, 1), (7, 8, 2), (100, 100, 25), (101, 150, 50), (9_999, 10_000, 2_500),
    ])
    func `an axis of counts ends at a round number that is not below the greatest`(
        greatest: Double,
        top: Double,
        step: Double
    ) {
        let scale = PlotScale(greatest: greatest)
        #expect(scale.top == top)
        #expect(scale.step == step)
        #expect(scale.marks.count <= 6)
    }

    @Test func `a line goes from the left edge to the right one, and the greatest value is highest`() {
        let svg = LinePlot(caption: caption, lines: [[0, 4, 2]], labels: ["a", "b", "c"]).svg
        #expect(svg.contains("class=\"plot-line plot-1\" d=\"M40 176L197 12L354 94\""))
        #expect(
            svg.hasPrefix("<svg class=\"plot\" viewBox=\"0 0 360 200\" role=\"img\" aria-labelledby=\"plot-a-title")
        )
        #expect(svg.contains("<title id=\"plot-a-title\">A &lt;b&gt; &amp; &quot;c&quot;</title>"))
        #expect(svg.contains("<desc id=\"plot-a-desc\">From 1 to 3</desc>"))
        #expect(!svg.contains("style="))
    }

    @Test func `a line of one value is seen, and one of none does no harm`() {
        #expect(LinePlot(caption: caption, lines: [[1]], labels: ["a"]).svg.contains("M40 12L354 12"))
        #expect(LinePlot(caption: caption, lines: [[]], labels: []).svg.contains("</svg>"))
    }

    @Test func `chapters are marked where they begin`() {
        var plot = LinePlot(caption: caption, lines: [[1, 1, 0]], labels: ["0", "50", "100"], isShare: true)
        plot.marks = [LinePlot.Mark(place: 1, name: "Second")]
        #expect(plot.svg.contains("class=\"plot-mark\" d=\"M197 12L197 176\""))
        #expect(plot.svg.contains(">100 %</text>"))
    }

    @Test func `bars are as high as their values, and one of zero is none`() {
        let svg = BarPlot(caption: caption, values: [2, 0, 1], labels: ["a", "b", "<c>"]).svg
        #expect(svg.matches(of: /class="plot-bar"/).count == 2)
        #expect(svg.contains("height=\"164\"><title>a: 2</title>"))
        #expect(svg.contains("height=\"82\"><title>&lt;c&gt;: 1</title>"))
    }

    @Test func `a step of which nobody knows has no bar, and the greatest has a whole one`() {
        let steps = [
            FunnelPlot.Step(name: "told", value: nil, text: "—"), FunnelPlot.Step(name: "came", value: 8, text: "8"),
            FunnelPlot.Step(name: "spoke", value: 2, text: "2"),
        ]
        let svg = FunnelPlot(caption: caption, steps: steps).svg
        #expect(svg.matches(of: /class="plot-rail"/).count == 3)
        #expect(svg.matches(of: /class="plot-bar" x="0" y="\d+" width="(\d+)"/).map(\.output.1) == ["360", "90"])
    }

    @Test(arguments: [(0.0, 0), (0.1, 1), (1.0, 1), (3, 2), (11.9, 6), (12, 6)])
    func `the more there is in a field, the darker it is`(value: Double, shade: Int) {
        #expect(HeatPlot.shade(of: value, greatest: 12) == shade)
    }

    @Test func `a field of which nothing is known is left empty`() {
        let rows = [HeatPlot.Row(name: "a", values: [1, nil, 0])]
        let svg = HeatPlot(caption: caption, rows: rows, columns: ["0", "1", "2"]).svg
        #expect(svg.matches(of: /class="heat-/).count == 2)
    }
}
