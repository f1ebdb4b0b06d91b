import Foundation

/// A value of a predecessor's document, with lenient readings: what is a number here may be written as text there.
enum LegacyValue: Equatable, Sendable {
    /// Null, or not there at all.
    case nothing
    case flag(Bool)
    case integer(Int64)
    case fraction(Double)
    case text(String)
    /// 24 hexadecimal digits.
    case objectID(String)
    case date(Date)
    case list([LegacyValue])
    case document(LegacyDocument)
    /// Of a type that no field of the predecessor's has, such as binary data.
    case other

    /// Text, or what is written as one: a number, an object id. Nil where nothing but white space is in it.
    var text: String? {
        let text: String? =
            switch self {
            case .text(let text): text
            case .objectID(let digits): digits
            case .integer(let number): String(number)
            case .fraction(let number): Int64(exactly: number).map { String($0) }
            case .nothing, .flag, .date, .list, .document, .other: nil
            }
        return text?.contains { !$0.isWhitespace } == true ? text : nil
    }

    /// One of a few words, in lower case.
    var word: String? { text?.trimmingCharacters(in: .whitespacesAndNewlines).lowercased() }

    /// A number that can be counted with, also where it is written as text.
    var number: Double? {
        let number: Double? =
            switch self {
            case .integer(let number): Double(number)
            case .fraction(let number): number
            case .text(let text): Double(text.trimmingCharacters(in: .whitespaces))
            case .nothing, .flag, .objectID, .date, .list, .document, .other: nil
            }
        return number?.isFinite == true ? number : nil
    }

    /// A number without a fraction, exactly.
    var wholeNumber: Int64? {
        switch self {
        case .integer(let number): number
        case .fraction(let number): Int64(exactly: number)
        case .text(let text):
            Int64(text.trimmingCharacters(in: .whitespaces)) ?? number.flatMap { Int64(exactly: $0) }
        case .nothing, .flag, .objectID, .date, .list, .document, .other: nil
        }
    }

    /// Yes or no; 1 and 0, and the words, count as well.
    var flag: Bool? {
        switch self {
        case .flag(let flag): flag
        case .integer(1), .fraction(1): true
        case .integer(0), .fraction(0): false
        case .text(let text):
            switch text.trimmingCharacters(in: .whitespaces).lowercased() {
            case "true", "1": true
            case "false", "0": false
            default: nil
            }
        case .nothing, .integer, .fraction, .objectID, .date, .list, .document, .other: nil
        }
    }

    /// A moment in whole milliseconds, after 1970 and before the year 10000: a date of MongoDB's or ISO 8601 text.
    var date: Date? {
        switch self {
        case .date(let date): LegacyDate.plausible(date)
        case .text(let text): LegacyDate.parse(text)
        case .nothing, .flag, .integer, .fraction, .objectID, .list, .document, .other: nil
        }
    }

    var list: [LegacyValue]? {
        if case .list(let list) = self { list } else { nil }
    }

    var document: LegacyDocument? {
        if case .document(let document) = self { document } else { nil }
    }

    /// Whether there is something: no empty text, list or document, no zero, no false.
    var isSomething: Bool {
        switch self {
        case .nothing: false
        case .flag(let flag): flag
        case .integer(let number): number != 0
        case .fraction(let number): number != 0
        case .text: text != nil
        case .list(let list): !list.isEmpty
        case .document(let document): document.fields.values.contains(where: \.isSomething)
        case .objectID, .date, .other: true
        }
    }
}
