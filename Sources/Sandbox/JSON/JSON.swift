/// A JSON value that keeps what the wire shows and `Codable` loses: the order of an object's members, the spelling of
/// numbers, and which members are there at all.
enum JSON: Sendable, Hashable {
    /// One named value of an object.
    struct Member: Sendable, Hashable {
        let name: String
        let value: JSON
    }

    case null
    case bool(Bool)
    /// The number as it is written, for example `42` or `1.50`.
    case number(String)
    case string(String)
    case array([JSON])
    case object([Member])
    /// A text that is JSON already and is written as it stands; reading never makes one.
    case raw(String)

    /// A whole number.
    static func int(_ value: some BinaryInteger) -> JSON {
        .number(String(value))
    }

    /// An object of the given members in their order; members without a value are left out.
    static func fields(_ pairs: KeyValuePairs<String, JSON?>) -> JSON {
        .object(pairs.compactMap { name, value in value.map { Member(name: name, value: $0) } })
    }

    /// `true` as a value, or nothing: how the Bot API writes most flags.
    static func flag(_ value: Bool) -> JSON? {
        value ? .bool(true) : nil
    }

    /// A string, or nothing when it is empty or missing: how the Bot API writes optional texts.
    static func text(_ value: String?) -> JSON? {
        guard let value, !value.isEmpty else { return nil }
        return .string(value)
    }

    /// A list, or nothing when it is empty.
    static func list(_ values: [JSON]) -> JSON? {
        values.isEmpty ? nil : .array(values)
    }
}

extension JSON {
    /// The first member of that name, if this is an object that has one.
    subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The members, if this is an object.
    var members: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// The elements, if this is an array.
    var elements: [JSON]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The text, if this is a string.
    var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The whole number, if this is a number without a fraction.
    var integer: Int64? {
        guard case .number(let text) = self else { return nil }
        return Int64(text)
    }

    /// The number, if this is one.
    var double: Double? {
        guard case .number(let text) = self else { return nil }
        return Double(text)
    }

    /// The truth value, if this is one.
    var boolean: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// This object followed by the members of another; a value that is no object is returned as it is.
    func followed(by other: JSON) -> JSON {
        guard case .object(let own) = self, case .object(let more) = other else { return self }
        return .object(own + more)
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral {
    init(stringLiteral value: String) {
        self = .string(value)
    }

    init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    init(integerLiteral value: Int) {
        self = .number(String(value))
    }
}

/// Stored as its text, so that order and spelling survive a restart.
extension JSON: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = JSON(parsing: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a JSON text")
        }
        self = value
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
