import Domain

/// What the bot says about progress, boards and badges, in Telegram's HTML where it is no label.
enum ProgressTalkPhrase: String, PhraseKey {
    /// `{level}`, `{name}`, `{xp}`.
    case own = "bot.progress.own"
    /// `{bar}`, `{xp}`, `{name}`: of the next level.
    case next = "bot.progress.next"
    case top = "bot.progress.top"
    /// `{score}`.
    case engagement = "bot.progress.engagement"
    /// With `count` of weeks.
    case streak = "bot.progress.streak"
    case streakNone = "bot.progress.streak_none"
    /// With `count` of weeks that were forgiven.
    case streakFrozen = "bot.progress.streak_frozen"
    case streakWaits = "bot.progress.streak_waits"
    /// `{place}`, of all time.
    case place = "bot.progress.place"
    case hidden = "bot.progress.hidden"
    /// With `count`.
    case badgesLine = "bot.progress.badges"

    case historyTitle = "bot.history.title"
    case historyEmpty = "bot.history.empty"
    /// `{title}`, `{day}`, `{xp}`.
    case historyGroup = "bot.history.group"
    /// `{reason}`.
    case historyReason = "bot.history.reason"
    case waysTitle = "bot.ways.title"
    case waysNote = "bot.ways.note"

    case boardAll = "bot.board.all"
    case boardWeek = "bot.board.week"
    case boardSeason = "bot.board.season"
    case boardEmpty = "bot.board.empty"
    /// `{place}`, `{name}`, `{level}`, `{xp}`.
    case boardLine = "bot.board.line"
    /// `{place}`, `{xp}`.
    case boardOwn = "bot.board.own"
    case boardOwnNone = "bot.board.own_none"
    case boardOwnHidden = "bot.board.own_hidden"

    case badgesTitle = "bot.badges.title"
    case badgesNone = "bot.badges.none"
    case badgesEarned = "bot.badges.earned"
    case badgesGiven = "bot.badges.given"
    /// `{name}`, `{how}`.
    case badgeLine = "bot.badges.line"
    /// `{name}`, `{how}`, `{count}`, `{goal}`.
    case badgeAhead = "bot.badges.ahead"

    case whoisWhom = "bot.whois.whom"
    case whoisNobody = "bot.whois.nobody"
    case whoisWhich = "bot.whois.which"
    /// `{name}`, `{handle}`.
    case whoisName = "bot.whois.name"
    /// `{day}`.
    case whoisSince = "bot.whois.since"
    case whoisHidden = "bot.whois.hidden"
    /// `{name}`.
    case honours = "bot.honours.title"
    case awardHow = "bot.award.how"
    /// `{name}`, `{xp}`.
    case awardDone = "bot.award.done"

    /// To the member: `{level}`, `{name}`.
    case levelReached = "bot.notice.level_reached"
    /// To the member: `{name}`, `{how}`.
    case badgeEarned = "bot.notice.badge_earned"

    case buttonProgress = "bot.button.progress"
    case buttonHistory = "bot.button.history"
    case buttonWays = "bot.button.ways"
    case buttonBoard = "bot.button.board"
    case buttonAll = "bot.button.board_all"
    case buttonWeek = "bot.button.board_week"
    case buttonSeason = "bot.button.board_season"
    case buttonBadges = "bot.button.badges"
    case buttonAllBadges = "bot.button.all_badges"
    case buttonHonours = "bot.button.honours"
    case buttonPerson = "bot.button.person_card"
    /// The switch in the settings.
    case buttonHidden = "bot.button.hidden"
}
