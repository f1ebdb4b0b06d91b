/// The parameters of one call as the Bot API sees them: every value is a text, wherever it stood in the request.
struct Arguments: Sendable, Hashable {
    /// The values by name. Nested JSON values are their JSON text.
    private(set) var values: [String: String] = [:]
    /// The uploaded parts by name.
    private(set) var uploads: [String: Upload] = [:]

    init(_ values: [String: String] = [:], uploads: [String: Upload] = [:]) {
        self.values = values
        self.uploads = uploads
    }

    /// The members of an object that stands in an argument, with the files that came with the whole request.
    init(of object: JSON, uploads: [String: Upload]) {
        self.uploads = uploads
        for member in object.members ?? [] { add(member.name, Arguments.text(of: member.value)) }
    }

    /// Adds a value; the first one of a name stays.
    mutating func add(_ name: String, _ value: String) {
        if values[name] == nil { values[name] = value }
    }

    /// Puts another value in the place of one.
    mutating func replace(_ name: String, by value: String) {
        values[name] = value
    }

    /// Adds an uploaded part; the first one of a name stays.
    mutating func add(_ name: String, _ upload: Upload) {
        if uploads[name] == nil { uploads[name] = upload }
    }

    /// Replaces an upload by what is known of it once it is complete; another one of the same name stays.
    mutating func complete(_ name: String, _ upload: Upload) {
        if uploads[name]?.key == upload.key { uploads[name] = upload }
    }

    /// The members of a JSON object body. A JSON string body becomes the argument `content`; what is no JSON is
    /// ignored.
    mutating func add(jsonBody bytes: [UInt8]) {
        switch JSON(parsing: bytes) {
        case .object(let members):
            for member in members { add(member.name, Arguments.text(of: member.value)) }
        case .string(let text): add("content", text)
        case .null, .bool, .number, .array, .raw, nil: break
        }
    }

    /// The value, or an empty text where it is missing: the Bot API does not tell these apart.
    func string(_ name: String) -> String {
        values[name] ?? ""
    }

    /// The leading whole number of the value, 0 where there is none, `absent` where the value is missing; clamped.
    func integer(_ name: String, absent: Int = 0, in range: ClosedRange<Int> = Int.min...Int.max) -> Int {
        guard let text = values[name] else { return absent }
        return min(max(Arguments.leadingInteger(of: text), range.lowerBound), range.upperBound)
    }

    /// True for `true`, `yes` and `1`.
    func flag(_ name: String) -> Bool {
        ["true", "yes", "1"].contains(string(name).lowercased())
    }

    /// The value read as JSON, or nothing where it is missing, empty or malformed.
    func json(_ name: String) -> JSON? {
        guard let text = values[name], !text.isEmpty else { return nil }
        return JSON(parsing: text)
    }

    private static func leadingInteger(of text: String) -> Int {
        var digits = Substring(text)
        let negative = digits.first == "-"
        if negative { digits = digits.dropFirst() }
        let number = Int(digits.prefix { $0.isASCII && $0.isNumber }) ?? 0
        return negative ? -number : number
    }

    private static func text(of value: JSON) -> String {
        switch value {
        case .string(let text): text
        case .null: ""
        case .bool, .number, .array, .object, .raw: value.text
        }
    }
}
