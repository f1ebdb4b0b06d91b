import Foundation

/// An optional field that never makes its object undecodable: missing, null or of a wrong type is nil.
///
/// The live server also sends what is documented nowhere, and its types change; one such field must not cost an
/// update.
@propertyWrapper
public struct Lenient<Value: Decodable & Sendable>: Decodable, Sendable {
    public var wrappedValue: Value?
    /// Whether something was there that could not be read. For what must not be lost silently.
    public let isUnreadable: Bool

    public var projectedValue: Self { self }

    public init(wrappedValue: Value?) {
        self.wrappedValue = wrappedValue
        isUnreadable = false
    }

    public init(from decoder: any Decoder) throws {
        wrappedValue = try? Value(from: decoder)
        isUnreadable = wrappedValue == nil
    }
}

extension Lenient: Equatable where Value: Equatable {}

extension KeyedDecodingContainer {
    /// What the compiler calls for a `@Lenient` property.
    func decode<Value>(_ type: Lenient<Value>.Type, forKey key: Key) throws -> Lenient<Value> {
        (try? decodeIfPresent(type, forKey: key)) ?? Lenient(wrappedValue: nil)
    }
}
