import Domain

/// The web's own phrases. Those without a comment stand in templates as they are.
public enum WebPhrase: String, PhraseKey {
    // What is wrong with a request.
    case faultMethod = "web.fault.method"
    case faultMalformed = "web.fault.malformed"
    /// `{field}`: its name in the request.
    case faultField = "web.fault.field"
    case faultMediaType = "web.fault.media_type"
    case faultTooLarge = "web.fault.too_large"
    case faultOrigin = "web.fault.origin"
    case faultOtherUser = "web.fault.other_user"
    case faultSignature = "web.fault.signature"
    case faultNoSound = "web.fault.no_sound"
    case faultSoundScript = "web.fault.sound_script"
    case faultTooMany = "web.fault.too_many"
    case faultAddress = "web.fault.address"
    case faultRange = "web.fault.range"
    case faultUnavailable = "web.fault.unavailable"
    case faultHandshake = "web.fault.handshake"
    case faultTooManySockets = "web.fault.too_many_sockets"
    case faultUnknownCommand = "web.fault.unknown_command"

    // The frame of every page.
    case skip = "web.skip"
    case navigation = "web.navigation"
    case navLibrary = "web.nav.library"
    case navNotifications = "web.nav.notifications"
    case navLives = "web.nav.lives"
    case navProgress = "web.nav.progress"
    case navMembers = "web.nav.members"
    case navManagement = "web.nav.management"
    case navAnalytics = "web.nav.analytics"
    case accountMenu = "web.account.menu"
    case accountSignOut = "web.account.sign_out"
    case accountSignOutEverywhere = "web.account.sign_out_everywhere"
    case footer = "web.footer"

    // The way from the bot onto a stage.
    case speakHeading = "web.speak.heading"
    /// `{title}`.
    case speakText = "web.speak.text"
    case speakButton = "web.speak.button"
    case speakNote = "web.speak.note"

    // Signing in.
    case loginTitle = "web.login.title"
    case loginHeading = "web.login.heading"
    case loginLead = "web.login.lead"
    case loginButton = "web.login.button"
    case loginPrivacy = "web.login.privacy"
    case loginMiniApp = "web.login.mini_app"
    case waitingTitle = "web.waiting.title"
    case waitingNumber = "web.waiting.number"
    /// `{bot}`: the bot's name.
    case waitingStepOpen = "web.waiting.step_open"
    case waitingStepCompare = "web.waiting.step_compare"
    case waitingStepConfirm = "web.waiting.step_confirm"
    case waitingOpen = "web.waiting.open"
    case waitingDone = "web.waiting.done"
    case waitingStatus = "web.waiting.status"
    case waitingNotYet = "web.waiting.not_yet"
    case waitingExpired = "web.waiting.expired"
    case waitingAgain = "web.waiting.again"

    // Where the member stands.
    case progressTitle = "web.progress.title"
    /// `{xp}`, `{name}`.
    case progressNext = "web.progress.next"
    case progressTop = "web.progress.top"
    case progressEngagement = "web.progress.engagement"
    case progressStreakTitle = "web.progress.streak_title"
    /// With `count` of weeks.
    case progressStreak = "web.progress.streak"
    case progressPlaceTitle = "web.progress.place_title"
    /// `{place}`.
    case progressPlace = "web.progress.place"
    case progressThanksTitle = "web.progress.thanks_title"
    /// With `count`.
    case progressThanks = "web.progress.thanks"
    case progressBadges = "web.progress.badges"
    case progressAhead = "web.progress.ahead"
    /// `{count}`, `{goal}`.
    case progressStanding = "web.progress.standing"
    case progressHistory = "web.progress.history"
    case progressEmpty = "web.progress.empty"
    case progressWays = "web.progress.ways"
    case progressMore = "web.progress.more"
    case progressFirst = "web.progress.first"

    // Thanks for an episode.
    case thanksTitle = "web.thanks.title"
    /// `{giver}`, `{name}`.
    case thanksLine = "web.thanks.line"

    // The members of the club.
    case membersTitle = "web.members.title"
    case membersSearch = "web.members.search"
    case membersFind = "web.members.find"
    case membersSpans = "web.members.spans"
    case membersAll = "web.members.all"
    case membersWeek = "web.members.week"
    case membersSeason = "web.members.season"
    /// `{place}`, `{xp}`.
    case membersOwn = "web.members.own"
    case membersHidden = "web.members.hidden"
    case membersEmptyTitle = "web.members.empty_title"
    case membersEmptyText = "web.members.empty_text"
    case membersMore = "web.members.more"
    case membersFirst = "web.members.first"

    // The library.
    case libraryTitle = "web.library.title"
    /// `{count}` episodes, in plural forms.
    case libraryCount = "web.library.count"
    /// `{count}` found episodes, in plural forms.
    case libraryFound = "web.library.found"
    case librarySearch = "web.library.search"
    case librarySearchHint = "web.library.search_hint"
    case librarySearchButton = "web.library.search_button"
    case libraryClear = "web.library.clear"
    /// `{tag}`: the chosen tag.
    case libraryTag = "web.library.tag"
    case libraryLatest = "web.library.latest"
    case libraryListen = "web.library.listen"
    case libraryEarlier = "web.library.earlier"
    case libraryMore = "web.library.more"
    case libraryFirst = "web.library.first"
    case libraryEmptyTitle = "web.library.empty_title"
    case libraryEmptyText = "web.library.empty_text"
    case libraryNothingTitle = "web.library.nothing_title"
    case libraryNothingText = "web.library.nothing_text"
    case libraryEndTitle = "web.library.end_title"
    case libraryEndText = "web.library.end_text"
    case libraryAll = "web.library.all"
    /// `{count}` chapters, in plural forms.
    case libraryChapters = "web.library.chapters"
    case libraryTags = "web.library.tags"
    case libraryListened = "web.library.listened"
    case libraryOpenBot = "web.library.open_bot"

    // What the member was told.
    case notificationsTitle = "web.notifications.title"
    case notificationsAllRead = "web.notifications.all_read"
    /// `{count}` unread ones, in plural forms.
    case notificationsUnread = "web.notifications.unread"
    case notificationsNew = "web.notifications.new"
    case notificationsRead = "web.notifications.read"
    case notificationsReadAll = "web.notifications.read_all"
    case notificationsEmptyTitle = "web.notifications.empty_title"
    case notificationsEmptyText = "web.notifications.empty_text"
    case notificationsFirst = "web.notifications.first"
    case notificationsMore = "web.notifications.more"

    // An episode.
    case podcastBack = "web.podcast.back"
    case podcastAbout = "web.podcast.about"
    case podcastPeople = "web.podcast.people"
    case podcastChapters = "web.podcast.chapters"
    case podcastTags = "web.podcast.tags"
    case podcastUnpublished = "web.podcast.unpublished"
    case podcastRecordings = "web.podcast.recordings"
    /// `{number}`: of the recording within the episode, `{total}`: how many there are.
    case podcastPart = "web.podcast.part"
    case podcastOnItsWayTitle = "web.podcast.on_its_way_title"
    case podcastOnItsWayText = "web.podcast.on_its_way_text"
    case podcastMessengerTitle = "web.podcast.messenger_title"
    case podcastMessengerText = "web.podcast.messenger_text"
    case podcastOpenBot = "web.podcast.open_bot"
    case podcastDownload = "web.podcast.download"
    case podcastNoSummary = "web.podcast.no_summary"

    // The player.
    case playerLabel = "web.player.label"
    case playerPlay = "web.player.play"
    case playerPause = "web.player.pause"
    case playerBack = "web.player.back"
    case playerForward = "web.player.forward"
    case playerSeek = "web.player.seek"
    case playerSpeed = "web.player.speed"
    case playerKeys = "web.player.keys"
    case playerFailed = "web.player.failed"
    /// `{time}`: filled in by the player's script.
    case playerResume = "web.player.resume"
    case playerFromStart = "web.player.from_start"
    case playerElsewhere = "web.player.elsewhere"
    /// `{position}` and `{length}`: filled in by the player's script.
    case playerOf = "web.player.of"

    // Live shows.
    case livesTitle = "web.lives.title"
    /// `{zone}`: in which times are told.
    case livesZone = "web.lives.zone"
    case livesNow = "web.lives.now"
    case livesBadge = "web.lives.badge"
    /// `{time}`: when it began.
    case livesSince = "web.lives.since"
    case livesUpcoming = "web.lives.upcoming"
    case livesPast = "web.lives.past"
    case livesToday = "web.lives.today"
    case livesTomorrow = "web.lives.tomorrow"
    case livesWeekly = "web.lives.weekly"
    /// `{names}`: who runs it, one person.
    case livesHost = "web.lives.host"
    /// `{names}`: who runs it, several people.
    case livesHosts = "web.lives.hosts"
    /// `{count}` people come, in plural forms.
    case livesComing = "web.lives.coming"
    case livesAnswer = "web.lives.answer"
    case livesCome = "web.lives.come"
    case livesRemind = "web.lives.remind"
    case livesCalendar = "web.lives.calendar"
    case livesSaved = "web.lives.saved"
    case livesFailed = "web.lives.failed"
    case livesListen = "web.lives.listen"
    case livesNoRecording = "web.lives.no_recording"
    case livesMore = "web.lives.more"
    case livesAllPast = "web.lives.all_past"
    case livesFirst = "web.lives.first"
    case livesEmptyTitle = "web.lives.empty_title"
    case livesEmptyText = "web.lives.empty_text"
    case livesEnd = "web.lives.end"
    case livesManage = "web.lives.manage"

    // Planning and running shows.
    case manageTitle = "web.manage.title"
    case manageNew = "web.manage.new"
    case manageEdit = "web.manage.edit"
    case manageBack = "web.manage.back"
    case managePlan = "web.manage.plan"
    case manageSave = "web.manage.save"
    case manageChange = "web.manage.change"
    case manageStart = "web.manage.start"
    case manageEnd = "web.manage.end"
    case manageCancel = "web.manage.cancel"
    case manageEmptyTitle = "web.manage.empty_title"
    case manageEmptyText = "web.manage.empty_text"
    case manageDonePlanned = "web.manage.done_planned"
    case manageDoneSaved = "web.manage.done_saved"
    case manageDoneStarted = "web.manage.done_started"
    case manageDoneEnded = "web.manage.done_ended"
    case manageDoneCancelled = "web.manage.done_cancelled"
    case manageStartHeading = "web.manage.start_heading"
    case manageStartText = "web.manage.start_text"
    case manageEndHeading = "web.manage.end_heading"
    case manageEndText = "web.manage.end_text"
    case manageCancelHeading = "web.manage.cancel_heading"
    case manageCancelText = "web.manage.cancel_text"
    case manageCancelWeeklyText = "web.manage.cancel_weekly_text"
    case manageCancelYes = "web.manage.cancel_yes"
    case manageCancelOne = "web.manage.cancel_one"
    case manageCancelSeries = "web.manage.cancel_series"
    case manageKeep = "web.manage.keep"
    case manageName = "web.manage.name"
    case manageSummary = "web.manage.summary"
    case manageSummaryHint = "web.manage.summary_hint"
    case manageDate = "web.manage.date"
    case manageTime = "web.manage.time"
    case manageDuration = "web.manage.duration"
    case manageWeekly = "web.manage.weekly"
    case manageReach = "web.manage.reach"
    case manageReachOne = "web.manage.reach_one"
    case manageReachSeries = "web.manage.reach_series"
    case managePolicy = "web.manage.policy"
    case managePolicyEveryone = "web.manage.policy_everyone"
    case managePolicyOff = "web.manage.policy_off"
    /// `{level}`: the lowest one.
    case managePolicyLevel = "web.manage.policy_level"
    case manageHost = "web.manage.host"
    case managePeople = "web.manage.people"
    case managePeopleHint = "web.manage.people_hint"
    case manageNames = "web.manage.names"
    case manageNamesHint = "web.manage.names_hint"
    case manageFaults = "web.manage.faults"
    case manageFaultDate = "web.manage.fault_date"
    case manageFaultTime = "web.manage.fault_time"
    case manageFaultDuration = "web.manage.fault_duration"
    case manageFaultPolicy = "web.manage.fault_policy"
    /// `{name}`: as it was typed.
    case manageFaultName = "web.manage.fault_name"

    // Pages that say that something is not there or not allowed.
    case notFoundTitle = "web.not_found.title"
    case notFoundText = "web.not_found.text"
    case notMemberTitle = "web.not_member.title"
    case notMemberText = "web.not_member.text"
    case notMemberAction = "web.not_member.action"
    case refusedTitle = "web.refused.title"
    case brokenTitle = "web.broken.title"
    case actionLibrary = "web.action.library"
    case actionLogin = "web.action.login"

    // Durations.
    /// `{minutes}`.
    case durationMinutes = "web.duration.minutes"
    /// `{hours}` and `{minutes}`.
    case durationHours = "web.duration.hours"
    /// `{hours}`, without minutes.
    case durationWholeHours = "web.duration.whole_hours"
    /// Shorter than a minute.
    case durationShort = "web.duration.short"

    /// What the phrasebook has to have for the web to work, those of templates included.
    public static var requiredKeys: [String] {
        allCases.map(\.rawValue) + CommonPhrase.allCases.map(\.rawValue) + NotificationPhrase.allCases.map(\.rawValue)
            + RoomPhrase.allCases.map(\.rawValue) + RoomWord.allCases.map(\.rawValue)
            + AnalyticsPhrase.requiredKeys
            + SeenPhrase.allCases.map(\.rawValue) + ProgressPhrase.allCases.map(\.rawValue)
    }
}
