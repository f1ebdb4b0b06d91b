import Domain

/// The phrases of what the bot tells of rooms, in Telegram's HTML where they are no labels and toasts.
enum RoomPhrase: String, PhraseKey {
    // A raised hand
    /// `{position}`, `{title}`.
    case handWaiting = "bot.room.hand_waiting"
    /// `{title}`, as all below.
    case handFirst = "bot.room.hand_first"
    case handCalled = "bot.room.hand_called"
    case handOnStage = "bot.room.hand_on_stage"
    case handLowered = "bot.room.hand_lowered"
    case handLoweredByHost = "bot.room.hand_lowered_by_host"
    case handDeclined = "bot.room.hand_declined"
    case handExpired = "bot.room.hand_expired"
    case handDropped = "bot.room.hand_dropped"
    case handRemoved = "bot.room.hand_removed"
    case handsOff = "bot.room.hands_off"
    case handShowOver = "bot.room.hand_show_over"
    /// `{seconds}`.
    case speak = "bot.room.speak"
    case speakWithoutSite = "bot.room.speak_without_site"

    // Choosing a show
    case noShow = "bot.room.no_show"
    case noOwnShow = "bot.room.no_own_show"
    case whichHand = "bot.room.which_hand"
    case whichQuestion = "bot.room.which_question"
    case whichQueue = "bot.room.which_queue"

    // Questions to those on stage
    case askQuestion = "bot.room.ask_question"
    /// `{text}`.
    case questionSent = "bot.room.question_sent"

    // The queue
    case queueTitle = "bot.room.queue"
    /// `{names}`.
    case queueStage = "bot.room.queue_stage"
    case queueStageEmpty = "bot.room.queue_stage_empty"
    case queueEmpty = "bot.room.queue_empty"
    /// With `count`.
    case queueCount = "bot.room.queue_count"
    /// With `count`.
    case queueMore = "bot.room.queue_more"
    /// `{length}`.
    case queueWaits = "bot.room.queue_waits"
    case queueJustNow = "bot.room.queue_just_now"
    /// `{names}`.
    case queueInvited = "bot.room.queue_invited"
    case queueQuestions = "bot.room.queue_questions"
    /// `{mode}`.
    case queueChat = "bot.room.queue_chat"
    /// `{mode}`, `{seconds}`.
    case queueChatSlow = "bot.room.queue_chat_slow"
    case queueOver = "bot.room.queue_over"
    case queueNotBegun = "bot.room.queue_not_begun"
    case lowerAllQuestion = "bot.room.lower_all_question"
    case chatTitle = "bot.room.chat"
    case chatEveryone = "bot.room.chat_everyone"
    case chatHosts = "bot.room.chat_hosts"
    case chatOff = "bot.room.chat_off"
    /// `{level}`.
    case chatLevel = "bot.room.chat_level"
    case somebody = "bot.room.somebody"

    // Who is in charge
    case hostAsked = "bot.room.host_asked"
    case inChargeYou = "bot.room.in_charge_you"
    /// `{name}`.
    case inChargeOther = "bot.room.in_charge_other"
    case thanks = "bot.room.thanks"

    // Buttons
    case buttonHand = "bot.button.room_hand"
    case buttonLower = "bot.button.room_lower"
    case buttonAsk = "bot.button.room_ask"
    case buttonEnter = "bot.button.room_enter"
    case buttonSpeak = "bot.button.room_speak"
    case buttonNotNow = "bot.button.room_not_now"
    case buttonQueue = "bot.button.room_queue"
    case buttonNext = "bot.button.room_next"
    /// `{name}`.
    case buttonInvite = "bot.button.room_invite"
    case buttonLowerOne = "bot.button.room_lower_one"
    case buttonLowerAll = "bot.button.room_lower_all"
    case buttonLowerAllYes = "bot.button.room_lower_all_yes"
    /// `{name}`.
    case buttonMute = "bot.button.room_mute"
    case buttonTakeOff = "bot.button.room_take_off"
    case buttonChat = "bot.button.room_chat"
    case buttonRefresh = "bot.button.room_refresh"
    case buttonSlowOff = "bot.button.room_slow_off"
    /// `{seconds}`.
    case buttonSlow = "bot.button.room_slow"
    case buttonPresent = "bot.button.room_present"

    // Toasts
    /// `{position}`.
    case toastHandUp = "bot.toast.room_hand_up"
    case toastHandDown = "bot.toast.room_hand_down"
    case toastDeclined = "bot.toast.room_declined"
    case toastPresent = "bot.toast.room_present"
}
