import Domain

/// Writes down one SVG picture with its name and its description. Colours are classes of the stylesheet, so that a
/// picture follows the page's theme; there is no `style` in it, which the content security policy would forbid.
struct SVGCanvas {
    /// What a picture shows, for those who do not see it.
    struct Caption: Equatable {
        /// Unique on the page, of letters, digits and `-`.
        var id: String
        var title: String
        var description: String
    }

    /// Of each picture; it is as wide as a phone's column and grows with it.
    static let width = 360.0

    private let caption: Caption
    private let height: Double
    private var parts: [String] = []

    init(_ caption: Caption, height: Double) {
        self.caption = caption
        self.height = height
    }

    /// Where a text stands beside its point.
    enum Anchor: String {
        case start, middle, end
    }

    mutating func rect(_ name: String, x: Double, y: Double, width: Double, height: Double, title: String? = nil) {
        let place = "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
        let size = "width=\"\(Self.number(width))\" height=\"\(Self.number(height))\""
        let inner = title.map { "><title>\(Self.escaped($0))</title></rect>" } ?? "/>"
        parts.append("<rect class=\"\(name)\" \(place) \(size)\(inner)")
    }

    mutating func line(
        _ name: String,
        from: (x: Double, y: Double),
        to: (x: Double, y: Double),
        title: String? = nil
    ) {
        let line = "M\(Self.number(from.x)) \(Self.number(from.y))L\(Self.number(to.x)) \(Self.number(to.y))"
        path(name, line, title: title)
    }

    /// Straight from point to point.
    mutating func lines(_ name: String, _ points: [(x: Double, y: Double)]) {
        guard !points.isEmpty else { return }
        path(name, "M" + points.map { "\(Self.number($0.x)) \(Self.number($0.y))" }.joined(separator: "L"))
    }

    /// What lies between a line of points and the height `base`.
    mutating func area(_ name: String, _ points: [(x: Double, y: Double)], base: Double) {
        guard let first = points.first, let last = points.last else { return }
        lines(name, [(first.x, base)] + points + [(last.x, base)])
    }

    mutating func text(_ name: String, _ text: String, x: Double, y: Double, _ anchor: Anchor = .start) {
        let place = "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" text-anchor=\"\(anchor.rawValue)\""
        parts.append("<text class=\"\(name)\" \(place)>\(Self.escaped(text))</text>")
    }

    private mutating func path(_ name: String, _ path: String, title: String? = nil) {
        let inner = title.map { "><title>\(Self.escaped($0))</title></path>" } ?? "/>"
        parts.append("<path class=\"\(name)\" d=\"\(path)\"\(inner)")
    }

    /// The whole picture.
    var svg: String {
        let ids = (title: "\(caption.id)-title", description: "\(caption.id)-desc")
        let box = "0 0 \(Self.number(Self.width)) \(Self.number(height))"
        let labels = "role=\"img\" aria-labelledby=\"\(ids.title) \(ids.description)\""
        return "<svg class=\"plot\" viewBox=\"\(box)\" \(labels)>"
            + "<title id=\"\(ids.title)\">\(Self.escaped(caption.title))</title>"
            + "<desc id=\"\(ids.description)\">\(Self.escaped(caption.description))</desc>"
            + parts.joined() + "</svg>"
    }

    private static func escaped(_ text: String) -> String { HTMLEscaping().escapeText(text) }

    /// With one digit behind the point at most.
    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        guard tenths % 10 != 0 else { return String(tenths / 10) }
        return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}
