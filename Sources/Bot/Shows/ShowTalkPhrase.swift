import Domain

/// The phrases with which shows are shown, planned and run, in Telegram's HTML where they are no labels and toasts.
/// What the club tells on its own account is `ShowPhrase`.
enum ShowTalkPhrase: String, PhraseKey {
    // When
    /// `{time}`.
    case today = "bot.live.today"
    case tomorrow = "bot.live.tomorrow"
    /// `{day}`, `{time}`.
    case onDay = "bot.live.on_day"
    case dayToday = "bot.live.day_today"
    case dayTomorrow = "bot.live.day_tomorrow"
    case soon = "bot.live.soon"
    /// `{length}`.
    case inTime = "bot.live.in_time"
    /// `{count}`.
    case inDays = "bot.live.in_days"
    /// `{minutes}`.
    case minutes = "bot.live.minutes"
    /// `{hours}`.
    case hours = "bot.live.hours"
    /// `{hours}`, `{minutes}`.
    case hoursMinutes = "bot.live.hours_minutes"
    case moscow = "bot.live.zone_moscow"

    // A show
    /// `{name}`.
    case host = "bot.live.host"
    /// `{name}`, `{others}`.
    case hosts = "bot.live.hosts"
    case weekly = "bot.live.weekly"
    /// `{length}`.
    case isLive = "bot.live.is_live"
    case isOver = "bot.live.is_over"
    case isRecorded = "bot.live.is_recorded"
    case isCancelled = "bot.live.is_cancelled"
    case noSite = "bot.live.no_site"
    case calendarFile = "bot.live.calendar_file"

    // Lists
    case scheduleTitle = "bot.live.schedule"
    case scheduleEmpty = "bot.live.schedule_empty"
    case nobodyLive = "bot.live.nobody"
    case nextShow = "bot.live.next"
    case severalLive = "bot.live.several"

    // Running shows
    case livesTitle = "bot.live.lives"
    case livesEmpty = "bot.live.lives_empty"
    case goLiveWhich = "bot.live.go_which"
    case goLiveNone = "bot.live.go_none"
    case endNone = "bot.live.end_none"
    case endWhich = "bot.live.end_which"
    /// `{title}`, `{length}`.
    case endQuestion = "bot.live.end_question"
    /// `{title}`.
    case cancelQuestion = "bot.live.cancel_question"
    case cancelReach = "bot.live.cancel_reach"
    /// `{title}`, `{time}`.
    case moveReach = "bot.live.move_reach"
    /// `{title}`.
    case coHosts = "bot.live.co_hosts"
    case coHostsNone = "bot.live.co_hosts_none"
    case chooseLength = "bot.live.choose_length"
    case chooseHands = "bot.live.choose_hands"
    /// `{hands}`.
    case hands = "bot.live.hands"
    case handsOff = "bot.live.hands_off"
    case handsEveryone = "bot.live.hands_everyone"
    /// `{level}`.
    case handsLevel = "bot.live.hands_level"

    // Planning one
    case newHeading = "bot.live.new"
    case moveHeading = "bot.live.move"
    case whichDay = "bot.live.which_day"
    /// `{day}`, `{zone}`.
    case whichHour = "bot.live.which_hour"
    case dropped = "bot.live.dropped"

    // Questions that want a reply
    case askTitle = "bot.live.ask_title"
    case askTitleNow = "bot.live.ask_title_now"
    /// `{zone}`.
    case askTime = "bot.live.ask_time"
    /// `{title}`.
    case askNewTitle = "bot.live.ask_new_title"
    case askSummary = "bot.live.ask_summary"
    case askCoHost = "bot.live.ask_co_host"
    /// `{title}`, `{zone}`.
    case askMove = "bot.live.ask_move"
    /// `{name}`.
    case nobodyOfThatName = "bot.live.nobody_of_that_name"
    case whatName = "bot.live.what_name"

    // Buttons
    case buttonJoin = "bot.button.live_join"
    case buttonCome = "bot.button.live_come"
    case buttonComing = "bot.button.live_coming"
    case buttonRemind = "bot.button.live_remind"
    case buttonReminded = "bot.button.live_reminded"
    case buttonRemindNoMore = "bot.button.live_remind_no_more"
    case buttonNoShows = "bot.button.live_no_shows"
    case buttonCalendar = "bot.button.live_calendar"
    case buttonSchedule = "bot.button.live_schedule"
    case buttonCard = "bot.button.live_card"
    /// `{count}`.
    case buttonComeCount = "bot.button.live_come_count"
    case buttonManage = "bot.button.live_manage"
    case buttonStart = "bot.button.live_start"
    case buttonStartNew = "bot.button.live_start_new"
    case buttonEnd = "bot.button.live_end"
    case buttonEndYes = "bot.button.live_end_yes"
    case buttonNew = "bot.button.live_new"
    case buttonTitle = "bot.button.live_title"
    case buttonSummary = "bot.button.live_summary"
    case buttonMove = "bot.button.live_move"
    /// `{length}`.
    case buttonLength = "bot.button.live_length"
    /// `{hands}`.
    case buttonHands = "bot.button.live_hands"
    case buttonWeekly = "bot.button.live_weekly"
    /// `{count}`.
    case buttonCoHosts = "bot.button.live_co_hosts"
    case buttonAddCoHost = "bot.button.live_add_co_host"
    /// `{name}`.
    case buttonRemoveCoHost = "bot.button.live_remove_co_host"
    case buttonCancel = "bot.button.live_cancel"
    case buttonCancelYes = "bot.button.live_cancel_yes"
    case buttonOnlyThis = "bot.button.live_only_this"
    case buttonSeries = "bot.button.live_series"
    case buttonOtherTime = "bot.button.live_other_time"
    case buttonType = "bot.button.live_type"
    case buttonPublish = "bot.button.live_publish"
    case buttonDrop = "bot.button.live_drop"
    case buttonLives = "bot.button.live_lives"

    // Toasts
    case toastComing = "bot.toast.live_coming"
    case toastComingAlready = "bot.toast.live_coming_already"
    case toastNotComing = "bot.toast.live_not_coming"
    case toastReminding = "bot.toast.live_reminding"
    case toastNotReminding = "bot.toast.live_not_reminding"
    case toastStranger = "bot.toast.live_stranger"
    case toastPublished = "bot.toast.live_published"
}
