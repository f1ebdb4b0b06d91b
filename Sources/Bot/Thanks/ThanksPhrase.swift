import Domain

/// What is said about thanks between members, in Telegram's HTML where it is no label.
enum ThanksPhrase: String, PhraseKey {
    case button = "bot.button.thanks"
    /// `{time}`, with `count` of what is left.
    case budget = "bot.thanks.budget"
    /// `{time}`.
    case budgetSpent = "bot.thanks.budget_spent"
    case how = "bot.thanks.how"
    case receivedTitle = "bot.thanks.received"
    case givenTitle = "bot.thanks.given"
    /// `{name}`, `{title}`.
    case line = "bot.thanks.line"
    /// `{title}`.
    case whom = "bot.thanks.whom"
    case nobody = "bot.thanks.nobody"
    /// `{name}`, `{title}`.
    case done = "bot.thanks.done"
    /// To the one who is thanked: `{name}`, `{title}`.
    case told = "bot.thanks.told"
    /// `{time}`: the moment of the episode.
    case moment = "bot.thanks.moment"
    /// With `count`.
    case count = "bot.thanks.count"
    /// Stands for a person or an episode that is not known any more.
    case gone = "bot.thanks.gone"
}
