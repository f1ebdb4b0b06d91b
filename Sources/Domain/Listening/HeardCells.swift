import Foundation

/// Which stretches of ten seconds of a recording were heard: a set of bits.
public struct HeardCells: Equatable, Sendable {
    /// How long a cell is.
    public static let length: Duration = .seconds(10)
    /// A recording has no more cells: those of a day.
    public static let most = 24 * 360

    /// Eight cells each, the first in the lowest bit; the last is not 0.
    private var bytes: [UInt8] = []

    public init() {}

    /// How many cells were heard.
    public var count: Int { bytes.reduce(0) { $0 + $1.nonzeroBitCount } }

    public var isEmpty: Bool { bytes.isEmpty }

    public func contains(_ cell: Int) -> Bool {
        cell >= 0 && cell / 8 < bytes.count && bytes[cell / 8] & Self.bit(cell) != 0
    }

    /// - Parameter cell: From 0 to `most` - 1; others are passed over.
    public mutating func insert(_ cell: Int) {
        guard (0..<Self.most).contains(cell) else { return }
        if cell / 8 >= bytes.count {
            bytes += [UInt8](repeating: 0, count: cell / 8 + 1 - bytes.count)
        }
        bytes[cell / 8] |= Self.bit(cell)
    }

    public mutating func formUnion(_ other: HeardCells) {
        if other.bytes.count > bytes.count {
            bytes += [UInt8](repeating: 0, count: other.bytes.count - bytes.count)
        }
        for (place, byte) in other.bytes.enumerated() { bytes[place] |= byte }
    }

    private static func bit(_ cell: Int) -> UInt8 { 1 << UInt8(cell % 8) }
}

extension HeardCells: Codable {
    /// Base64 of the bytes.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let data = Data(base64Encoded: try container.decode(String.self)), data.count <= Self.most / 8 else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no cells")
        }
        bytes = [UInt8](data)
        while bytes.last == 0 { bytes.removeLast() }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Data(bytes).base64EncodedString())
    }
}
