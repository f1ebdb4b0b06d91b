import Domain

/// The phrases of what people choose for themselves, in Telegram's HTML where they are no labels.
enum PersonalPhrase: String, PhraseKey {
    // Settings
    /// `{language}`, `{quiet}`, `{zone}`.
    case settingsTitle = "bot.settings.title"
    case settingsClosed = "bot.settings.closed"
    case hoursTitle = "bot.settings.hours"
    case zonesTitle = "bot.settings.zones"
    case noHours = "bot.settings.no_hours"
    case languageOfMessenger = "bot.language.messenger"
    case buttonHours = "bot.button.hours"
    case buttonZone = "bot.button.own_zone"
    case buttonClose = "bot.button.close"
    case buttonNoHours = "bot.button.no_hours"
    case buttonClubZone = "bot.button.club_zone"

    // What one was told
    case notificationsEmpty = "bot.notifications.empty"
    case notificationsRead = "bot.notifications.read"
    /// With `count`.
    case notificationsUnread = "bot.notifications.unread"
    /// `{mark}`, `{time}`, `{text}`.
    case notificationsLine = "bot.notifications.line"
    case buttonReadAll = "bot.button.read_all"

    // Leaving
    case leaveQuestion = "bot.leave.question"
    case leaveDone = "bot.leave.done"
    case leaveKept = "bot.leave.kept"
    case buttonLeave = "bot.button.leave"
    case buttonStay = "bot.button.stay"

    // Having one's data, and being forgotten
    case exportSent = "bot.export.on_its_way"
    case exportCaption = "bot.export.caption"
    case forgetExplained = "bot.forget.explained"
    case forgetQuestion = "bot.forget.question"
    case forgetDone = "bot.forget.done"
    case forgetDoneBanned = "bot.forget.done_banned"
    case forgetKept = "bot.forget.kept"
    case nothingKnown = "bot.forget.nothing_known"
    case buttonGoOn = "bot.button.go_on"
    case buttonForget = "bot.button.forget"
    case buttonKeep = "bot.button.keep"
}

extension PersonalPhrase {
    /// The keys of all that is said about such choices.
    static var requiredKeys: [String] {
        allCases.map(\.rawValue) + MenuCommand.allCases.map(\.phraseKey) + NoticeKind.allCases.map(\.labelKey)
            + Language.allCases.map(\.nameKey)
    }
}

extension NoticeKind {
    /// What stands on its switch.
    var labelKey: String { "bot.button.notice_\(rawValue)" }
}

extension Language {
    /// What the language is called.
    var nameKey: String { "bot.language.\(rawValue)" }
}
