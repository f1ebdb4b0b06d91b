/// A value with an empty beginning: false, 0 or nothing in it.
protocol Blank {
    init()
}

extension Duration: Blank {
    init() {
        self = .zero
    }
}

extension Bool: Blank {}
extension Int: Blank {}
extension String: Blank {}
extension Array: Blank {}
extension Dictionary: Blank {}
extension Set: Blank {}

/// A stored value that worlds kept by earlier versions lack; it is read from these as blank.
@propertyWrapper
struct BlankIfMissing<Value: Blank & Codable & Sendable>: Codable, Sendable {
    var wrappedValue: Value

    init(wrappedValue: Value) {
        self.wrappedValue = wrappedValue
    }

    init(from decoder: any Decoder) throws {
        wrappedValue = try decoder.singleValueContainer().decode(Value.self)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue)
    }
}

extension BlankIfMissing: Equatable where Value: Equatable {}
extension BlankIfMissing: Hashable where Value: Hashable {}

extension KeyedDecodingContainer {
    /// Synthesized decoding finds this one, which bears that the member is not there.
    func decode<Value>(_ type: BlankIfMissing<Value>.Type, forKey key: Key) throws -> BlankIfMissing<Value> {
        try decodeIfPresent(type, forKey: key) ?? BlankIfMissing(wrappedValue: Value())
    }
}
