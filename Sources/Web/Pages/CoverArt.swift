import Crypto
import Foundation

/// A cover for an episode that has none: a wave of sound before two discs, in colours that follow from its id. The
/// same id always looks the same.
struct CoverArt: Sendable {
    /// Colours that go well together: ground, large disc, small disc, wave.
    private static let palettes = [
        ("#20323a", "#2f5d62", "#e0a458", "#f7f1e3"), ("#3b1f2b", "#7d2e46", "#f08a5d", "#fdeedc"),
        ("#1f2a44", "#37508a", "#f2b5a7", "#f4f1ea"), ("#2d3319", "#5c6b2f", "#e8c468", "#f8f4e3"),
        ("#402218", "#8c4a2f", "#f3c17a", "#fff3e0"), ("#271d3d", "#57418c", "#ef9f8f", "#f5eefa"),
        ("#12343b", "#1f6f78", "#f4d06f", "#eef7f2"), ("#3a1d1d", "#a23b3b", "#f6d8ae", "#fff5ea"),
    ]
    private static let bars = 9

    private let bytes: [UInt8]

    init(id: String) {
        bytes = Array(SHA256.hash(data: Data("cover \(id)".utf8)))
    }

    /// A square picture, without any text of its own. Has no ids and no styles, so that it may stand on a page as
    /// often as one likes.
    var svg: String {
        let (ground, large, small, wave) = Self.palettes[Int(bytes[0]) % Self.palettes.count]
        let discs = [
            circle(x: 8 + scaled(1, 104), y: 8 + scaled(2, 104), radius: 38 + scaled(3, 22), fill: large),
            circle(x: 16 + scaled(4, 88), y: 16 + scaled(5, 88), radius: 12 + scaled(6, 14), fill: small),
        ]
        let lines = (0..<Self.bars).map { index in
            // Tall in the middle, low at the ends.
            let arch = 1 - abs(Double(index) - 4) / 5.5
            let height = 10 + arch * (14 + scaled(8 + index, 46))
            return """
                <rect x="\(text(21.5 + Double(index) * 9))" y="\(text(60 - height / 2))" width="5" \
                height="\(text(height))" rx="2.5" fill="\(wave)"/>
                """
        }
        return """
            <svg class="cover-art" viewBox="0 0 120 120" preserveAspectRatio="xMidYMid slice" \
            aria-hidden="true" focusable="false">\
            <rect width="120" height="120" fill="\(ground)"/>\(discs.joined())\(lines.joined())</svg>
            """
    }

    private func circle(x: Double, y: Double, radius: Double, fill: String) -> String {
        "<circle cx=\"\(text(x))\" cy=\"\(text(y))\" r=\"\(text(radius))\" fill=\"\(fill)\"/>"
    }

    /// A number from 0 to `top` that follows from one byte.
    private func scaled(_ index: Int, _ top: Double) -> Double {
        Double(bytes[index]) / 255 * top
    }

    private func text(_ number: Double) -> String {
        String((number * 10).rounded() / 10)
    }
}
