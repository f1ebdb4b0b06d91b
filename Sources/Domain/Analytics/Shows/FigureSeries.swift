/// Whole numbers, one for each of some equal parts of a time. Stored as one text, so that a list of documents that
/// have such series is read fast.
public struct FigureSeries: Codable, Equatable, Sendable {
    public let values: [Int]

    public init(_ values: [Int]) {
        self.values = values
    }

    public var total: Int { values.reduce(0, +) }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let parts = try container.decode(String.self).split(separator: " ")
        let values = parts.compactMap { Int($0) }
        guard values.count == parts.count else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no numbers")
        }
        self.values = values
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(values.map(String.init).joined(separator: " "))
    }
}
