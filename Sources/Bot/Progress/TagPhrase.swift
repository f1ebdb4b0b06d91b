import Domain

/// What is said about tags in the club's group, in Telegram's HTML where it is no label.
enum TagPhrase: String, PhraseKey {
    case button = "bot.button.tags_levels"
    /// To admins, below the settings: it is switched on and does not work.
    case refused = "bot.tags.refused"
    /// To admins, once.
    case notAllowed = "bot.tags.not_allowed"
}
