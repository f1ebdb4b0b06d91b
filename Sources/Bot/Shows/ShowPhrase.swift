import Domain

/// The phrases of what people are told about shows, in Telegram's HTML.
enum ShowPhrase: String, PhraseKey {
    // The announcement in the channel
    /// `{title}`, `{time}`.
    case postScheduled = "bot.show.post_scheduled"
    /// `{title}`.
    case postLive = "bot.show.post_live"
    case postEnded = "bot.show.post_ended"
    case postRecorded = "bot.show.post_recorded"
    case postCancelled = "bot.show.post_cancelled"
    /// `{count}`: how many say that they come.
    case coming = "bot.show.coming"

    // Who was there
    /// With `count`.
    case audience = "bot.show.audience"
    /// `{peak}`, `{average}`.
    case audienceAtOnce = "bot.show.audience_at_once"
    /// With `count`.
    case questions = "bot.show.questions"

    // Notices
    /// `{title}`.
    case started = "bot.show.started"
    /// `{title}`, `{time}`.
    case reminderDay = "bot.show.reminder_day"
    case reminderQuarter = "bot.show.reminder_quarter"
    /// `{title}`, `{from}`, `{time}`.
    case moved = "bot.show.moved"
    /// `{title}`, `{time}`.
    case cancelled = "bot.show.cancelled"
    /// `{title}`, `{duration}`.
    case ended = "bot.show.ended"
    /// `{title}`, `{duration}`, `{coming}`, `{newcomers}`.
    case recorded = "bot.show.recorded"
    /// `{title}`, `{link}`.
    case withoutRecording = "bot.show.without_recording"
    /// `{title}`.
    case missed = "bot.show.missed"
}
