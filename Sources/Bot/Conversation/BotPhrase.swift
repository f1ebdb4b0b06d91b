import Domain

/// The phrases of the bots. Those that are sent as messages hold Telegram's HTML; buttons, toasts and commands do not.
public enum BotPhrase: String, PhraseKey {
    // Greetings
    case startStranger = "bot.start.stranger"
    case startPending = "bot.start.pending"
    case startMember = "bot.start.member"
    case helpMember = "bot.help.member"
    case helpSearch = "bot.help.search"
    case helpHost = "bot.help.host"
    case helpAdmin = "bot.help.admin"
    case helpRecordings = "bot.help.recordings"
    /// `{command}`, `{what}`.
    case helpLine = "bot.help.line"
    case botDescription = "bot.description"
    case botShortDescription = "bot.short_description"
    case unknownCommand = "bot.unknown_command"
    case noText = "bot.no_text"
    case recorderOnly = "bot.recorder_only"

    // Joining
    case joinAsked = "bot.join.asked"
    case joinRequest = "bot.join.request"
    case joinApprovedCard = "bot.join.approved_card"
    case joinDeclinedCard = "bot.join.declined_card"
    case joinWelcome = "bot.join.welcome"
    case joinDeclined = "bot.join.declined"
    case claimed = "bot.claimed"

    // Library
    case libraryTitle = "bot.library.title"
    case libraryEmpty = "bot.library.empty"
    case searchTitle = "bot.search.title"
    case searchEmpty = "bot.search.empty"
    case latestEmpty = "bot.latest.empty"
    case continueEmpty = "bot.continue.empty"
    /// `{time}`: where the reader has stopped.
    case continueFrom = "bot.continue.from"
    case tagsTitle = "bot.tags.title"
    case tagsEmpty = "bot.tags.empty"
    case tagTitle = "bot.tag.title"
    case tagEmpty = "bot.tag.empty"
    case chaptersTitle = "bot.chapters.title"
    /// `{time}`, `{chapter}`: of an episode.
    case chapterPlace = "bot.chapters.place"
    /// Above the results of inline mode, for people who are not in the club.
    case inlineClosed = "bot.inline.closed"
    case part = "bot.episode.part"
    case notPlayable = "bot.episode.not_playable"
    case recordingRefused = "bot.episode.refused"
    case videoNoteRefused = "bot.episode.refused-note"

    // Signing in
    case signInQuestion = "bot.sign_in.question"
    case signInDone = "bot.sign_in.done"
    case signInRefused = "bot.sign_in.refused"

    // What admins and owner are told
    case episodePublished = "bot.notice.episode_published"
    case episodePostedAgain = "bot.notice.episode_posted_again"
    case recordingTooLarge = "bot.notice.recording_too_large"
    case recordingGone = "bot.notice.recording_gone"
    case recordingDamaged = "bot.notice.recording_damaged"
    case recordingNotSound = "bot.notice.recording_not_sound"
    case recordingUnreadable = "bot.notice.recording_unreadable"
    case newEpisode = "bot.notice.new_episode"
    case updateSetAside = "bot.notice.update_set_aside"
    case secondPoller = "bot.notice.second_poller"

    // What posters and admins do to episodes
    case episodeMine = "bot.desk.mine"
    case episodeIsPublished = "bot.desk.published"
    case episodeIsUnpublished = "bot.desk.unpublished"
    case episodeParted = "bot.desk.parted"
    case episodeRewritten = "bot.desk.rewritten"
    case coverTaken = "bot.desk.cover_taken"
    case adminsChatSet = "bot.desk.set"
    /// To an admin of a group who writes as the group.
    case writeAsYourself = "bot.desk.write_as_yourself"
    case promptEdit = "bot.desk.edit_prompt"
    case promptCover = "bot.desk.cover_prompt"
    case noPicture = "bot.desk.no_picture"
    case noWords = "bot.desk.no_words"

    // How far an episode is, on its card
    case cardReceived = "bot.card.received"
    case cardGathering = "bot.card.gathering"
    case cardFetched = "bot.card.fetched"
    case cardPublished = "bot.card.published"
    case cardUnpublished = "bot.card.unpublished"
    case cardTooLarge = "bot.card.too_large"
    case cardGone = "bot.card.gone"
    case cardDamaged = "bot.card.damaged"
    case cardUnreadable = "bot.card.unreadable"
    case cardNotSound = "bot.card.not_sound"
    case cardPart = "bot.card.part"
    case cardCover = "bot.card.cover"
    case cardCoverFailed = "bot.card.cover_failed"

    // Buttons
    case buttonEdit = "bot.button.edit"
    case buttonCover = "bot.button.cover"
    case buttonPublish = "bot.button.publish"
    case buttonUnpublish = "bot.button.unpublish"
    case buttonAsk = "bot.button.ask"
    case buttonApprove = "bot.button.approve"
    case buttonDecline = "bot.button.decline"
    case buttonConfirm = "bot.button.confirm"
    case buttonRefuse = "bot.button.refuse"
    case buttonPlay = "bot.button.play"
    case buttonOpenWeb = "bot.button.open_web"
    case buttonBack = "bot.button.back"
    case buttonNewer = "bot.button.newer"
    case buttonOlder = "bot.button.older"
    case buttonLatest = "bot.button.latest"
    case buttonLibrary = "bot.button.library"
    case buttonTags = "bot.button.tags"
    case buttonAnother = "bot.button.another"
    case buttonChapters = "bot.button.chapters"
    /// `{time}`: to hear an episode from there on, on the site.
    case buttonFrom = "bot.button.from"
    /// `{time}`: to hear an episode from there on, in the messenger's own player.
    case buttonFromInTelegram = "bot.button.from_in_telegram"
    case buttonShare = "bot.button.share"
    case buttonInClub = "bot.button.in_club"
    case buttonPrevious = "bot.button.previous"
    case buttonNext = "bot.button.next"
    case buttonHelp = "bot.button.help"

    // Toasts
    case toastStaleButton = "bot.toast.stale_button"
    case toastDone = "bot.toast.done"
    case toastSending = "bot.toast.sending"
}
