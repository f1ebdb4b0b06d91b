/// The header fields of a request or a response, in order. Names are compared without regard to case.
///
/// Prints names only, never values.
public struct HTTPHeaders: Sendable, Hashable {
    /// One header line.
    public struct Field: Sendable, Hashable {
        /// The name as it was written.
        public let name: String
        /// The value without the white space around it.
        public let value: String
    }

    /// All fields in the order in which they were added or received.
    public private(set) var fields: [Field] = []

    /// No fields.
    public init() {}

    /// The value of the first field called `name`.
    public subscript(name: String) -> String? {
        let wanted = name.lowercased()
        return fields.first { $0.name.lowercased() == wanted }?.value
    }

    /// Adds a field after those that are there, also where one of the same name is among them.
    public mutating func add(name: String, value: String) {
        fields.append(Field(name: name, value: value))
    }
}

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
    /// Fields in the order of the literal. A name that stands twice makes two fields.
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements {
            add(name: name, value: value)
        }
    }
}

extension HTTPHeaders: Discreet {
    /// The names of the fields.
    public var description: String { "headers: " + fields.map(\.name).joined(separator: ", ") }
}

extension HTTPHeaders.Field: Discreet {
    /// The name of the field.
    public var description: String { name }
}

extension HTTPHeaders.Field {
    /// Whether name and value can be sent without one of them ending the line early or being read as another field.
    /// Source: RFC 9110, sections 5.1 and 5.5.
    var isSendable: Bool {
        !name.isEmpty && name.utf8.allSatisfy(Self.isTokenCharacter) && Self.isSendable(value: value)
    }

    /// Whether `value` has no control characters besides the tab.
    static func isSendable(value: String) -> Bool {
        value.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }
    }

    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
