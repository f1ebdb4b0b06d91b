import Domain
import Foundation

/// Writes when shows are: in one zone and language.
struct ShowClock: Sendable {
    /// A leaf of a calendar.
    struct Leaf {
        var weekday: String
        var day: String
        var month: String
    }

    let zone: TimeZone
    let language: Language
    let now: Date
    let phrases: Phrasebook

    /// For a member, in their own zone; where they have chosen none, in the club's.
    init(for member: Member, services: WebServices, language: Language) async throws {
        zone = member.zone(club: try await services.shows.zone())
        self.language = language
        now = services.shows.now
        phrases = services.phrases
    }

    func leaf(_ date: Date) -> Leaf {
        Leaf(weekday: text("EEEEEE", date), day: text("d", date), month: text("MMM", date).replacing(".", with: ""))
    }

    /// As `Tomorrow` or `Friday, 5 June`; the year only where it is another one than now.
    func day(_ date: Date) -> String {
        let (today, that) = (WallTime(now, in: zone), WallTime(date, in: zone))
        if (that.year, that.month, that.day) == (today.year, today.month, today.day) {
            return phrases.text(WebPhrase.livesToday, language)
        }
        let tomorrow = today.adding(days: 1)
        if (that.year, that.month, that.day) == (tomorrow.year, tomorrow.month, tomorrow.day) {
            return phrases.text(WebPhrase.livesTomorrow, language)
        }
        let written = text(that.year == today.year ? "EEEE, d MMMM" : "EEEE, d MMMM yyyy", date)
        return written.prefix(1).uppercased() + written.dropFirst()
    }

    /// As `21:00`.
    func time(_ date: Date) -> String { text("HH:mm", date) }

    /// As `21:00–22:00`.
    func hours(from start: Date, to end: Date) -> String { "\(time(start))–\(time(end))" }

    /// For programs: `2026-06-05T18:00:00Z`.
    static func machine(_ date: Date) -> String { date.formatted(.iso8601) }

    /// As `Europe/Moscow, UTC+3`.
    var zoneName: String {
        let minutes = zone.secondsFromGMT(for: now) / 60
        let (hours, rest) = (abs(minutes) / 60, abs(minutes) % 60)
        let offset = "UTC" + (minutes < 0 ? "−" : "+") + String(hours) + (rest == 0 ? "" : ":\(rest)")
        return zone.identifier == "GMT" ? "UTC" : "\(zone.identifier), \(offset)"
    }

    private func text(_ template: String, _ date: Date) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: language == .ru ? "ru_RU" : "en_GB")
        formatter.timeZone = zone
        formatter.dateFormat = template
        return formatter.string(from: date)
    }
}

extension Member {
    /// In which the member is told times.
    func zone(club: TimeZone) -> TimeZone {
        settings.timeZone.flatMap(TimeZone.init(identifier:)) ?? club
    }
}
