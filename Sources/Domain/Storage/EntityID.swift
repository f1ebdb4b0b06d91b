import Foundation

/// The identity of a stored thing: an opaque text that is unique within its collection.
///
/// Each kind of thing has its own type, so that a member's id cannot be passed where a podcast's is meant.
public protocol EntityID: RawRepresentable<String>, Hashable, Codable, Sendable, CustomStringConvertible {
    init(rawValue: String)
}

extension EntityID {
    public var description: String { rawValue }

    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// Makes identities and secrets. Randomness comes from outside, so that tests can foresee it.
public struct IDSource: Sendable {
    /// Returns 64 random bits at each call.
    private let randomBits: @Sendable () -> UInt64

    /// - Parameter randomBits: Returns 64 fresh random bits at each call.
    public init(randomBits: @escaping @Sendable () -> UInt64) {
        self.randomBits = randomBits
    }

    /// The system's cryptographically secure generator.
    public static let system = IDSource {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }

    /// Random bits by which one of several is chosen.
    public func draw() -> Draw {
        Draw(bits: randomBits())
    }

    /// A new identity of 12 characters (60 random bits), fit for a callback's 64 bytes and for an address.
    public func next<ID: EntityID>(_ type: ID.Type = ID.self) -> ID {
        ID(rawValue: text(characters: 12))
    }

    /// A secret of 26 characters (130 random bits), for links, codes and sessions.
    public func secret() -> String {
        text(characters: 26)
    }

    /// A number from 10 to 99, that a person compares on two screens.
    public func comparisonNumber() -> Int {
        10 + Int(randomBits() % 90)
    }

    /// Lower-case letters and digits without those that are read wrongly (i, l, o, u).
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")

    private func text(characters: Int) -> String {
        var text = ""
        while text.count < characters {
            var bits = randomBits()
            for _ in 0..<min(12, characters - text.count) {
                text.append(Self.alphabet[Int(bits & 31)])
                bits >>= 5
            }
        }
        return text
    }
}
