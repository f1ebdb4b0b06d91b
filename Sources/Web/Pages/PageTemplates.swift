import Domain
import Foundation
import Mustache

/// The pages' templates, read and checked once at start.
struct PageTemplates: Sendable {
    /// The templates that the program renders; each has a file of this name.
    enum Name: String, CaseIterable {
        case login, waiting, library, podcast, notifications, message, progress, members, lives, management, question,
            room, speak, analytics
        case showForm = "show-form"
        case roomOver = "room-over"
    }

    private let library: MustacheLibrary

    /// - Parameter folder: Has `*.mustache` files.
    /// - Throws: `.resourceUnreadable`, `.templateBroken`, `.phraseUnknown`.
    init(folder: URL) throws(WebServerFault) {
        MustacheContentTypes.register(HTMLEscaping(), named: HTMLEscaping.name)
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        guard let names else { throw .resourceUnreadable(path: folder.path) }
        var templates: [String: MustacheTemplate] = [:]
        for file in names.sorted() where file.hasSuffix(".mustache") {
            let name = String(file.dropLast(".mustache".count))
            let path = folder.appending(path: file)
            guard let text = try? String(contentsOf: path, encoding: .utf8) else {
                throw .resourceUnreadable(path: path.path)
            }
            try Self.checkPhrases(of: text, template: name)
            templates[name] = try Self.parse(text, name: name)
        }
        for name in Name.allCases where templates[name.rawValue] == nil {
            throw .templateBroken(name: name.rawValue, detail: "it is missing")
        }
        library = MustacheLibrary(templates: templates)
    }

    /// The page of a template over `view`, whose text is escaped.
    func render(_ name: Name, _ view: Any) -> String {
        library.render(view, withTemplate: name.rawValue) ?? ""
    }

    private static func parse(_ text: String, name: String) throws(WebServerFault) -> MustacheTemplate {
        do {
            return try MustacheTemplate(string: "{{% CONTENT_TYPE:\(HTMLEscaping.name)}}" + text)
        } catch {
            throw .templateBroken(name: name, detail: "\(error)")
        }
    }

    private static func checkPhrases(of text: String, template: String) throws(WebServerFault) {
        for match in text.matches(of: /\{\{[#^&\/]?\s*t\.([a-z_.]+)\s*\}\}/) {
            let key = "web.\(match.1)"
            guard WebPhrase(rawValue: key) != nil || RoomPhrase(rawValue: key) != nil
            else { throw .phraseUnknown(template: template, key: key) }
        }
    }
}
