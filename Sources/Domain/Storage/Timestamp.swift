import Foundation

/// How every store and every address writes a moment: whole milliseconds since 1970, UTC.
public enum Timestamp {
    /// Moments further from 1970 than this (the year 9999) are refused where they come from outside.
    public static let limit: Int64 = 253_402_300_799_000

    /// Whole milliseconds since 1970.
    public static func milliseconds(_ date: Date) -> Int64 {
        Int64((date.timeIntervalSince1970 * 1000).rounded())
    }

    /// The moment that lies `milliseconds` after the beginning of 1970.
    public static func date(milliseconds: Int64) -> Date {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    /// `date` without what is finer than a millisecond, so that it is the same after it was stored and read.
    public static func rounded(_ date: Date) -> Date {
        Self.date(milliseconds: milliseconds(date))
    }
}

/// The JSON of stored documents: snake_case is not applied, times are `Timestamp` milliseconds, keys are sorted.
public enum DocumentJSON {
    public static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Timestamp.milliseconds(date))
        }
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    public static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            Timestamp.date(milliseconds: try decoder.singleValueContainer().decode(Int64.self))
        }
        return try decoder.decode(type, from: data)
    }
}
