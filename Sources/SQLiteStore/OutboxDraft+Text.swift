import Domain
import Foundation

extension OutboxDraft.Body {
    /// Stands before a prepared message that is text itself. All else is JSON, which does not begin so.
    private static let textMark: Character = "="

    /// How the table keeps it: a prepared message that is text as that text, all else as JSON.
    var stored: String {
        get throws {
            // SQLite's texts end at a zero.
            if case .prepared(let data) = self, !data.contains(0), let text = String(validating: data, as: UTF8.self) {
                return "\(Self.textMark)\(text)"
            }
            return String(decoding: try DocumentJSON.encode(self), as: UTF8.self)
        }
    }

    /// Reads what `stored` wrote, in this version or an earlier one.
    init(stored: String) throws {
        if stored.first == Self.textMark {
            self = .prepared(Data(stored.utf8.dropFirst()))
        } else {
            self = try DocumentJSON.decode(Self.self, from: Data(stored.utf8))
        }
    }
}
