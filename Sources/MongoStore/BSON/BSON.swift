import Foundation

/// A value of a MongoDB document, as a tree. Source: bsonspec.org; only the types that this program writes or meets.
indirect enum BSON: Equatable, Sendable {
    /// Fields in their order.
    case document([Field])
    case array([BSON])
    case string(String)
    case integer(Int64)
    case double(Double)
    case bool(Bool)
    case binary(Data)
    /// Milliseconds since 1970. Our own documents hold numbers instead.
    case date(Int64)
    /// 24 hexadecimal digits.
    case objectID(String)
    case null
    /// A value of a type that this program has no use for.
    case other

    struct Field: Equatable, Sendable {
        var name: String
        var value: BSON
    }

    static let empty = BSON.document([])

    /// The value of a field of this document; of a path with dots, of documents within it. Nil where it is not there.
    subscript(_ path: String) -> BSON? {
        var value = self
        for name in path.split(separator: ".") {
            guard case .document(let fields) = value, let field = fields.first(where: { $0.name == name }) else {
                return nil
            }
            value = field.value
        }
        return value
    }

    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A whole number, also where it is kept as a floating one, as shells and other programs do.
    var integer: Int64? {
        switch self {
        case .integer(let number): number
        case .double(let number): Int64(exactly: number)
        default: nil
        }
    }

    var bool: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    var binary: Data? {
        if case .binary(let data) = self { data } else { nil }
    }

    var array: [BSON]? {
        if case .array(let values) = self { values } else { nil }
    }

    var fields: [Field]? {
        if case .document(let fields) = self { fields } else { nil }
    }

    /// This document with further fields.
    func with(_ more: BSON) -> BSON {
        .document((fields ?? []) + (more.fields ?? []))
    }

    /// This document without the fields that have no value.
    static func present(_ fields: KeyValuePairs<String, BSON?>) -> BSON {
        .document(fields.compactMap { name, value in value.map { Field(name: name, value: $0) } })
    }
}

extension BSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral text: String) { self = .string(text) }
    init(integerLiteral number: Int64) { self = .integer(number) }
    init(booleanLiteral flag: Bool) { self = .bool(flag) }
    init(arrayLiteral values: BSON...) { self = .array(values) }

    init(dictionaryLiteral fields: (String, BSON)...) {
        self = .document(fields.map { Field(name: $0.0, value: $0.1) })
    }

    static func strings(_ texts: some Sequence<String>) -> BSON { .array(texts.map(BSON.string)) }
    static func integers(_ numbers: some Sequence<Int64>) -> BSON { .array(numbers.map(BSON.integer)) }
}
