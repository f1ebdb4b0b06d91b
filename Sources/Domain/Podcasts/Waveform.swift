import Foundation

/// How loud a recording is from its beginning to its end, for a picture of it.
///
/// Travels as one short text, base64 of a byte for each peak.
public struct Waveform: Equatable, Sendable {
    /// How many peaks it has.
    public static let count = 200
    /// The greatest peak: as loud as can be. 0 is silence.
    public static let loudest: UInt8 = 100

    /// The loudest moment of each of the equal parts of the recording, 0…100.
    public let peaks: [UInt8]

    /// - Returns: nil where there are not 200 of them, or one is greater than 100.
    public init?(peaks: [UInt8]) {
        guard peaks.count == Self.count, peaks.allSatisfy({ $0 <= Self.loudest }) else { return nil }
        self.peaks = peaks
    }
}

extension Waveform: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let bytes = Data(base64Encoded: text), let waveform = Self(peaks: Array(bytes)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not 200 peaks of 0…100")
        }
        self = waveform
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Data(peaks).base64EncodedString())
    }
}
