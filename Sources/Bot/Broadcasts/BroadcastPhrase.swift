import Domain

/// The phrases of announcements as admins see them, in Telegram's HTML where they are no labels.
enum BroadcastPhrase: String, PhraseKey {
    /// Asks for the text.
    case prompt = "bot.announce.prompt"
    /// Under the text as it will be seen: `{audience}`, with `count`.
    case question = "bot.announce.question"
    case dropped = "bot.announce.dropped"
    case audienceMembers = "bot.announce.audience_members"
    case audienceHosts = "bot.announce.audience_hosts"

    // How far it is
    /// `{bar}`, `{percent}`, `{settled}`, `{total}`.
    case sending = "bot.announce.sending"
    case done = "bot.announce.done"
    case stopped = "bot.announce.stopped"
    /// `{sent}`, `{blocked}`, `{failed}`, `{left}`.
    case counts = "bot.announce.counts"
    /// `{count}`.
    case unknown = "bot.announce.unknown"
    case withdrawn = "bot.announce.withdrawn"
    /// `{time}`: about so long still.
    case timeLeft = "bot.announce.time_left"
    case seconds = "bot.announce.seconds"
    case minutes = "bot.announce.minutes"
    case beginning = "bot.announce.beginning"

    // Those that were sent
    case listTitle = "bot.announcements.title"
    case listEmpty = "bot.announcements.empty"
    /// `{number}`, `{time}`, `{author}`, `{state}`, `{text}`, `{sent}`, `{blocked}`, `{failed}`.
    case listLine = "bot.announcements.line"
    case stateSending = "bot.announcements.sending"
    case stateDone = "bot.announcements.done"
    case stateStopped = "bot.announcements.stopped"
    case nobody = "bot.announcements.nobody"

    case buttonSend = "bot.button.announce_send"
    case buttonDrop = "bot.button.announce_drop"
    case buttonStop = "bot.button.announce_stop"
    case buttonRefresh = "bot.button.announce_refresh"
    case buttonAll = "bot.button.announcements"

    /// Stands at the end of the question for the text, so that a reply to it is recognised.
    static let promptMark = "announce-text"
}
