import Foundation

/// A document of the predecessor's. Any field may be missing.
struct LegacyDocument: Equatable, Sendable {
    var fields: [String: LegacyValue]

    init(fields: [String: LegacyValue] = [:]) {
        self.fields = fields
    }

    /// Reads canonical or relaxed extended JSON.
    /// - Returns: nil where it is no JSON object.
    init?(extendedJSON data: Data) {
        guard case .document(let document) = try? JSONDecoder().decode(LegacyValue.self, from: data) else { return nil }
        self = document
    }

    subscript(_ name: String) -> LegacyValue { fields[name] ?? .nothing }

    /// How many of these fields it has, empty ones included.
    func count(of names: Set<String>) -> Int { names.count { fields[$0] != nil } }
}

extension LegacyValue: Decodable {
    private struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if let object = try? decoder.container(keyedBy: Name.self) {
            var fields: [String: LegacyValue] = [:]
            for name in object.allKeys {
                fields[name.stringValue] = try object.decode(LegacyValue.self, forKey: name)
            }
            self = Self.typed(fields) ?? .document(LegacyDocument(fields: fields))
            return
        }
        if let list = try? [LegacyValue](from: decoder) {
            self = .list(list)
            return
        }
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .nothing
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Int64.self) {
            self = .integer(number)
        } else if let number = try? value.decode(Double.self) {
            self = .fraction(number)
        } else {
            self = .text(try value.decode(String.self))
        }
    }

    /// What an object means that only wraps a value of a type which JSON does not have.
    /// - Returns: nil for an ordinary object. Source: MongoDB Extended JSON (v2), "BSON Data Types".
    private static func typed(_ fields: [String: LegacyValue]) -> LegacyValue? {
        guard let (name, value) = fields.first, name.first == "$" else { return nil }
        switch (name, fields.count) {
        case ("$oid", 1): return value.text.map { .objectID($0) } ?? .other
        case ("$numberInt", 1), ("$numberLong", 1): return value.wholeNumber.map { .integer($0) } ?? .other
        case ("$numberDouble", 1), ("$numberDecimal", 1): return value.number.map { .fraction($0) } ?? .other
        case ("$date", 1):
            if let milliseconds = value.wholeNumber {
                return .date(Date(timeIntervalSince1970: Double(milliseconds) / 1000))
            }
            return value.date.map { .date($0) } ?? .other
        case ("$symbol", 1), ("$uuid", 1): return value
        case ("$undefined", 1): return .nothing
        case ("$ref", _), ("$id", _), ("$db", _): return nil
        default: return .other
        }
    }
}
