import Domain
import Foundation

/// How moments and lengths of shows read, for one reader at one moment.
struct ShowTimes: Sendable {
    let phrases: Phrasebook
    let language: Language
    /// The reader's.
    let zone: TimeZone
    let now: Date

    /// `сегодня в 21:00`, `среда, 25 ноября в 21:00`.
    func moment(_ date: Date) -> String {
        let time = ["time": clock(date)]
        switch daysAhead(of: date) {
        case 0: return phrases.text(ShowTalkPhrase.today, language, time)
        case 1: return phrases.text(ShowTalkPhrase.tomorrow, language, time)
        default: return lasting(date)
        }
    }

    /// The same without words that are true on one day only: for what is read for long.
    func lasting(_ date: Date) -> String {
        phrases.text(ShowTalkPhrase.onDay, language, ["day": day(date), "time": clock(date)])
    }

    /// As `lasting`, with the zone: for people of several zones.
    func lastingInZone(_ date: Date) -> String { "\(lasting(date)) (\(zoneName(at: date)))" }

    /// `21:00`.
    func clock(_ date: Date) -> String { formatted(date, "HH:mm") }

    /// `среда, 25 ноября`, with the year where it is another one.
    func day(_ date: Date) -> String {
        let isThisYear = WallTime(date, in: zone).year == WallTime(now, in: zone).year
        return formatted(date, isThisYear ? "EEEE, d MMMM" : "EEEE, d MMMM yyyy")
    }

    /// A day as it stands on a button.
    func label(_ day: OfferedDay) -> String {
        let noon = day.noon(in: zone)
        switch daysAhead(of: noon) {
        case 0: return phrases.text(ShowTalkPhrase.dayToday, language)
        case 1: return phrases.text(ShowTalkPhrase.dayTomorrow, language)
        default: return formatted(noon, "EE, d MMMM")
        }
    }

    /// How long it is until then: `через 2 ч`.
    func until(_ date: Date) -> String {
        let left = date.timeIntervalSince(now)
        guard left >= 60 else { return phrases.text(ShowTalkPhrase.soon, language) }
        let days = Int(left / 86_400)
        if days >= 2 { return phrases.text(ShowTalkPhrase.inDays, language, count: days) }
        return phrases.text(ShowTalkPhrase.inTime, language, ["length": length(.seconds(left.rounded()))])
    }

    /// `1 ч 30 мин`; at least a minute.
    func length(_ duration: Duration) -> String {
        let all = max(1, Int(duration.wholeSeconds) / 60)
        let arguments = ["hours": String(all / 60), "minutes": String(all % 60)]
        let phrase: ShowTalkPhrase = all < 60 ? .minutes : all % 60 == 0 ? .hours : .hoursMinutes
        return phrases.text(phrase, language, arguments)
    }

    /// What people call the zone: `МСК`, else `UTC+5:30`.
    func zoneName(at date: Date) -> String {
        if zone.identifier == "Europe/Moscow" { return phrases.text(ShowTalkPhrase.moscow, language) }
        let minutes = zone.secondsFromGMT(for: date) / 60
        let (hours, rest) = (abs(minutes) / 60, abs(minutes) % 60)
        return "UTC\(minutes < 0 ? "−" : "+")\(hours)\(rest == 0 ? "" : ":\(rest < 10 ? "0" : "")\(rest)")"
    }

    /// A text that begins a line.
    static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// How many midnights lie between now and then, in the reader's zone.
    private func daysAhead(of date: Date) -> Int {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let (today, day) = (calendar.startOfDay(for: now), calendar.startOfDay(for: date))
        return calendar.dateComponents([.day], from: today, to: day).day ?? .max
    }

    private func formatted(_ date: Date, _ template: String) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: language == .ru ? "ru_RU" : "en_GB")
        formatter.timeZone = zone
        formatter.dateFormat = template
        return formatter.string(from: date)
    }
}
