import Foundation

/// That words of an episode were written by hand, in the bot or on the site, and not in its post.
///
/// They stay until the post is edited later than it was when they were written. Which of the two came later is told by
/// the dates of the post alone: this machine's clock and the messenger's are not compared.
public struct HandEdit: Codable, Equatable, Sendable {
    /// What may be written by hand.
    public enum Field: String, Codable, CaseIterable, Sendable {
        case title, summary, tags, people, number, chapters
    }

    /// In the order of `Field`.
    public var fields: [Field]
    /// When the post had been written or edited, as it was known then.
    public var postRevisedAt: Date

    public init(fields: [Field], postRevisedAt: Date) {
        self.fields = fields
        self.postRevisedAt = postRevisedAt
    }
}

extension Podcast {
    /// Gives it words by hand, and remembers which of its words are others than before.
    mutating func rewriteByHand(_ caption: EpisodeCaption) {
        let before = self
        caption.write(into: &self, titleWithoutWords: title)
        let written = HandEdit.Field.allCases.filter { field in
            var same = self
            field.copy(from: before, to: &same)
            return same != self || handEdit?.fields.contains(field) == true
        }
        guard self != before else { return }
        handEdit = HandEdit(fields: written, postRevisedAt: revisedAt)
    }

    /// Gives it the words of its post.
    /// - Parameters:
    ///   - revised: When they were written.
    ///   - isLater: Whether they take the place of what was written by hand.
    ///   - write: Gives it the post's words.
    mutating func take(revised: Date, isLater: Bool, _ write: (inout Podcast) -> Void) {
        let before = self
        write(&self)
        if isLater { handEdit = nil }
        for field in handEdit?.fields ?? [] { field.copy(from: before, to: &self) }
        revisedAt = revised
    }
}

extension HandEdit.Field {
    fileprivate func copy(from source: Podcast, to target: inout Podcast) {
        switch self {
        case .title: target.title = source.title
        case .summary: target.summary = source.summary
        case .tags: target.tags = source.tags
        case .people: target.people = source.people
        case .number: (target.season, target.episode) = (source.season, source.episode)
        case .chapters: target.chapters = source.chapters
        }
    }
}
