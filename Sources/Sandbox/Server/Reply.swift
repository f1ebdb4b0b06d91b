/// What goes back over HTTP to a bot.
enum Reply: Sendable {
    case answer(Answer)
    /// Something that the Bot API itself would not say.
    case raw(status: Int, type: String, retryAfter: Int?, body: String)
    /// The connection is closed after that many bytes of an answer.
    case broken(Answer, after: Int)
    /// The connection is closed without a word.
    case hangUp
}
