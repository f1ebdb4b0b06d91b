import Domain

/// How long something plays, as people read it.
enum PlayingTime {
    /// As a clock: `4:05`, `1:02:03`.
    static func clock(_ duration: Duration) -> String {
        let seconds = max(0, duration.wholeSeconds)
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        let tail = twoDigits(seconds % 60)
        return hours > 0 ? "\(hours):\(twoDigits(minutes)):\(tail)" : "\(minutes):\(tail)"
    }

    /// In words: `48 min`, `1 h 5 min`.
    static func words(_ duration: Duration, _ phrases: Phrasebook, _ language: Language) -> String {
        let minutes = (max(0, duration.wholeSeconds) + 30) / 60
        if minutes < 1 { return phrases.text(WebPhrase.durationShort, language) }
        let arguments = ["hours": String(minutes / 60), "minutes": String(minutes % 60)]
        switch (minutes / 60, minutes % 60) {
        case (0, _): return phrases.text(WebPhrase.durationMinutes, language, arguments)
        case (_, 0): return phrases.text(WebPhrase.durationWholeHours, language, arguments)
        default: return phrases.text(WebPhrase.durationHours, language, arguments)
        }
    }

    private static func twoDigits(_ number: Int64) -> String {
        (number < 10 ? "0" : "") + String(number)
    }
}
