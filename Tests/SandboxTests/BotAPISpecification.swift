import Foundation

@testable import Sandbox

/// The machine-readable description of the Bot API, against which answers are checked.
///
/// The file is named by the environment variable `BOTAPI_SPEC`; without it the checks are skipped.
struct BotAPISpecification: Sendable {
    static let path = ProcessInfo.processInfo.environment["BOTAPI_SPEC"]
    static var isThere: Bool { path.map(FileManager.default.fileExists) ?? false }

    /// Members that the real server sends and the description does not know: older names that are still sent.
    private static let undescribed: Set<String> = [
        "thumb", "forward_from", "forward_from_chat", "forward_from_message_id", "forward_signature", "forward_date",
        "new_chat_participant", "new_chat_member", "left_chat_participant",
    ]

    private let methods: JSON
    private let types: JSON

    init() throws {
        guard let path = Self.path, let all = JSON(parsing: Array(try Data(contentsOf: URL(filePath: path)))),
            let methods = all["methods"], let types = all["types"]
        else { throw CocoaError(.fileReadCorruptFile) }
        self.methods = methods
        self.types = types
    }

    var methodNames: Set<String> { Set(methods.members?.map(\.name) ?? []) }

    /// What is wrong with the result of a method; empty when nothing is.
    func problems(in result: JSON, of method: String) -> [String] {
        let kinds = methods[method]?["returns"]?.elements?.compactMap(\.string) ?? []
        return best(result, kinds, at: method)
    }

    /// What is wrong with a value of a type; empty when nothing is.
    func problems(in value: JSON, type: String, at place: String) -> [String] {
        if type.hasPrefix("Array of ") {
            guard let elements = value.elements else { return ["\(place): no array"] }
            let kind = String(type.dropFirst("Array of ".count))
            return elements.enumerated().flatMap { problems(in: $1, type: kind, at: "\(place)[\($0)]") }
        }
        switch type {
        case "Integer": return value.integer == nil ? ["\(place): no integer"] : []
        case "Float", "Float number": return value.double == nil ? ["\(place): no number"] : []
        case "String": return value.string == nil ? ["\(place): no string"] : []
        case "Boolean": return value.boolean == nil ? ["\(place): no boolean"] : []
        case "True": return value == true ? [] : ["\(place): not true"]
        default: return object(value, type, at: place)
        }
    }

    private func object(_ value: JSON, _ type: String, at place: String) -> [String] {
        guard let description = types[type] else { return ["\(place): unknown type \(type)"] }
        if let subtypes = description["subtypes"]?.elements?.compactMap(\.string), !subtypes.isEmpty {
            return best(value, subtypes, at: place)
        }
        guard let members = value.members else { return ["\(place): no object \(type)"] }
        var problems: [String] = []
        let fields = description["fields"]?.elements ?? []
        let names = Set(fields.compactMap { $0["name"]?.string })
        for member in members where !names.contains(member.name) && !Self.undescribed.contains(member.name) {
            problems.append("\(place): \(type) has no \(member.name)")
        }
        for field in fields {
            guard let name = field["name"]?.string else { continue }
            guard let member = value[name] else {
                if field["required"] == true { problems.append("\(place): \(type) needs \(name)") }
                continue
            }
            let kinds = field["types"]?.elements?.compactMap(\.string) ?? []
            problems += best(member, kinds, at: "\(place).\(name)")
            if name == "type" || name == "status", let problem = constant(member, field, at: "\(place).\(name)") {
                problems.append(problem)
            }
        }
        return problems
    }

    /// The discriminating word of a type stands in its description: `always "member"`, `must be chat`.
    private func constant(_ value: JSON, _ field: JSON, at place: String) -> String? {
        guard let text = field["description"]?.string, let word = value.string,
            let range = text.range(of: "always “") ?? text.range(of: "always \"") ?? text.range(of: "must be ")
        else { return nil }
        let expected = text[range.upperBound...].prefix { $0.isLetter || $0 == "_" }
        return expected == word ? nil : "\(place): \(word) is not \(expected)"
    }

    /// The problems with the type that fits best.
    private func best(_ value: JSON, _ kinds: [String], at place: String) -> [String] {
        let all = kinds.map { problems(in: value, type: $0, at: place) }
        return all.min { $0.count < $1.count } ?? ["\(place): no type"]
    }
}
