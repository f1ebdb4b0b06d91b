/// A figure of the running program, as monitoring systems read it.
/// Source: Prometheus text exposition format 0.0.4.
public struct Metric: Sendable, Equatable {
    public enum Kind: String, Sendable {
        /// Only grows, from the start of the program.
        case counter
        /// A value of this moment.
        case gauge
    }

    /// Letters, digits and `_`, with its unit at the end.
    public var name: String
    /// What it tells, one line.
    public var help: String
    public var kind: Kind
    /// What tells it from others of the same name.
    public var labels: [String: String]
    public var value: Double

    public init(_ name: String, _ help: String, _ kind: Kind, labels: [String: String] = [:], value: Double) {
        self.name = name
        self.help = help
        self.kind = kind
        self.labels = labels
        self.value = value
    }

    /// Several figures as text; those of one name stand together.
    static func text(_ metrics: [Metric]) -> String {
        var names: [String] = []
        for metric in metrics where !names.contains(metric.name) { names.append(metric.name) }
        return names.map { name in
            let group = metrics.filter { $0.name == name }
            let head = group[0]
            let lines = group.map { "\($0.name)\($0.labelText) \($0.valueText)\n" }.joined()
            return "# HELP \(name) \(head.help)\n# TYPE \(name) \(head.kind.rawValue)\n\(lines)"
        }.joined()
    }

    private var labelText: String {
        guard !labels.isEmpty else { return "" }
        let pairs = labels.sorted { $0.key < $1.key }.map { key, value in
            let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            return "\(key)=\"\(escaped)\""
        }
        return "{\(pairs.joined(separator: ","))}"
    }

    private var valueText: String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }
}
