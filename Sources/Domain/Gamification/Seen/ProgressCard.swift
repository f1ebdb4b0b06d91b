import Foundation

/// What the picture says that goes with the news of a level or a badge. It names nobody, so that one picture serves
/// all who reached the same.
public struct ProgressCard: Hashable, Sendable {
    /// What it is about.
    public enum Subject: Hashable, Sendable {
        case level(Int)
        case badge(Badge)
    }

    public let subject: Subject
    public let language: Language
    /// Above the title: what has happened.
    public let eyebrow: String
    /// What was reached.
    public let title: String
    /// What it means, one or two sentences.
    public let note: String
    /// What the club is called.
    public let club: String

    public init(
        subject: Subject,
        language: Language,
        eyebrow: String,
        title: String,
        note: String,
        club: String
    ) {
        self.subject = subject
        self.language = language
        self.eyebrow = eyebrow
        self.title = title
        self.note = note
        self.club = club
    }
}

/// Paints cards.
public protocol CardPainter: Sendable {
    /// - Returns: The picture, as PNG of at most 2 MB.
    /// - Throws: `CardFault`; the news goes without a picture then.
    func png(_ card: ProgressCard) async throws(CardFault) -> Data
}

/// Why there is no picture.
public enum CardFault: Error, Equatable, Sendable {
    /// The program has failed, or took too long: trying again at once does not help.
    case unpainted(detail: String)
    /// The task was cancelled.
    case cancelled
}
