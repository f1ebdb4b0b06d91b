import Domain

/// A command about one episode: `/mine`, `/publish`, `/unpublish`, `/split`.
struct EpisodeOrder: Equatable, Sendable {
    enum Verb: String, CaseIterable, Sendable {
        case mine
        case publish
        case unpublish
        case split
    }

    var verb: Verb
    /// Nil where it was written into the recording channel, which does not say by whom.
    var person: Person?
    /// Where it was written.
    var chat: ChatID
    /// The episode that is meant: by the message to which it replies, or by what stands behind the command.
    var target: Podcast.Key?
}

/// What the bot asks for in a message that wants a reply.
enum Prompt: String, CaseIterable, Sendable {
    case edit
    case cover

    /// The mark by which a reply is recognised: it stands at the end of the question.
    func mark(_ id: PodcastID) -> String { "\(rawValue)-\(id)" }

    /// Reads the mark of a question.
    static func read(_ question: String) -> (prompt: Prompt, id: PodcastID)? {
        guard let match = question.firstMatch(of: /(?:^|\s)([a-z]{1,10})-([a-z0-9]{1,40})\s*$/),
            let prompt = Prompt(rawValue: String(match.1))
        else { return nil }
        return (prompt, PodcastID(rawValue: String(match.2)))
    }
}

/// A reply to a `Prompt`.
struct PromptAnswer: Equatable, Sendable {
    var prompt: Prompt
    var podcast: PodcastID
    var person: Person
    var chat: ChatID
    var text: String?
    /// The picture that was sent.
    var cover: Cover?
}
