import Domain
import Foundation

/// What an import brought in, what was there already, and what was left out, and why. Holds ids, no names and no
/// secrets.
struct ImportReport: Equatable, Sendable {
    /// How many ids are kept for each note.
    static let idLimit = 20

    /// How often something was noted, and of which documents.
    struct Tally: Equatable, Sendable {
        var count = 0
        /// The first ids, as the predecessor wrote them, or of people whom an admin is to link, as they are here;
        /// cleaned, and each once.
        var ids: [String] = []
    }

    /// The database from which it came.
    var source: String
    /// Whether nothing was written.
    var isDryRun: Bool
    var startedAt: Date
    /// Whether everything was looked at: false where something failed on the way.
    var isWhole = false
    /// What was noted, and how often.
    private(set) var tallies: [ImportNote: Tally] = [:]

    init(source: String, isDryRun: Bool, startedAt: Date) {
        self.source = source
        self.isDryRun = isDryRun
        self.startedAt = startedAt
    }

    subscript(_ note: ImportNote) -> Tally { tallies[note] ?? Tally() }

    /// Notes something about the document (or collection) of this id, `count` times.
    mutating func note(_ note: ImportNote, _ id: String, count: Int = 1) {
        var tally = self[note]
        tally.count += count
        let id = PlainText.line(id, limit: 64)
        if tally.ids.count < Self.idLimit, !tally.ids.contains(id) { tally.ids.append(id) }
        tallies[note] = tally
    }

    /// As `note(_:_:count:)`, where it applies.
    mutating func note(_ note: ImportNote, _ id: String, where applies: Bool) {
        if applies { self.note(note, id) }
    }

    // MARK: For people

    /// Several lines for a terminal.
    var text: String {
        var lines = [heading]
        for group in ImportNote.Group.allCases {
            let notes = ImportNote.allCases.filter { $0.group == group && self[$0].count > 0 }
            if notes.isEmpty, group != .cameIn { continue }
            lines.append("\n\(group.title):")
            if notes.isEmpty { lines.append("  nothing new") }
            for note in notes {
                let tally = self[note]
                lines.append("  \(tally.count) × \(note.meaning)")
                guard group != .cameIn || note == .claimableMembers else { continue }
                let more = tally.ids.count == Self.idLimit && tally.count > Self.idLimit ? " …" : ""
                lines.append("      \(tally.ids.joined(separator: " "))\(more)")
            }
        }
        return lines.joined(separator: "\n")
    }

    private var heading: String {
        switch (isDryRun, isWhole) {
        case (false, true): "\(source) is in:"
        case (true, true): "Nothing was written; so \(source) would come in:"
        case (false, false): "\(source) came in only in part:"
        case (true, false): "Nothing was written; so a part of \(source) would come in:"
        }
    }

    // MARK: For programs

    /// The name of the file that keeps it, which tells the moment in UTC.
    var fileName: String {
        let moment = startedAt.formatted(.iso8601.timeSeparator(.omitted).dateSeparator(.omitted))
        return "import-report-\(moment).json"
    }

    /// As JSON: for each group its notes, with what they mean, how many there were, and the first ids.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

extension ImportReport: Encodable {
    private struct Entry: Encodable {
        var note: ImportNote
        var meaning: String
        var count: Int
        var ids: [String]
    }

    private enum CodingKeys: String, CodingKey {
        case source, isDryRun, isWhole, startedAt, cameIn, wasThere, changed, leftOut
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(source, forKey: .source)
        try container.encode(isDryRun, forKey: .isDryRun)
        try container.encode(isWhole, forKey: .isWhole)
        try container.encode(startedAt, forKey: .startedAt)
        try container.encode(entries(.cameIn), forKey: .cameIn)
        try container.encode(entries(.wasThere), forKey: .wasThere)
        try container.encode(entries(.changed), forKey: .changed)
        try container.encode(entries(.leftOut), forKey: .leftOut)
    }

    private func entries(_ group: ImportNote.Group) -> [Entry] {
        ImportNote.allCases.filter { $0.group == group && self[$0].count > 0 }.map { note in
            Entry(note: note, meaning: note.meaning, count: self[note].count, ids: self[note].ids)
        }
    }
}
