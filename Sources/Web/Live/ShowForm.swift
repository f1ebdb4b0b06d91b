import Domain
import Foundation

/// What somebody typed about a show, as it was typed, and what is wrong with it.
struct ShowForm: Sendable {
    /// A part of the form that can be wrong; also the name of its field.
    enum Field: String, CaseIterable, Sendable {
        case title, summary, date, time, duration, policy, host, people
    }

    var title = ""
    var summary = ""
    /// As date fields write it: `2026-06-05`.
    var date = ""
    /// As time fields write it: `21:00`.
    var time = ""
    /// In minutes.
    var duration = "60"
    var policy = HandPolicy.everyone.rawValue
    var isWeekly = false
    /// Whether all shows of a weekly one are moved.
    var movesSeries = false
    /// Nil where the form does not ask for it.
    var host: String?
    /// The co-hosts who were ticked.
    var coHosts: [String] = []
    /// Further co-hosts by their @names, parted by spaces or commas.
    var names = ""
    private(set) var faults: [Field: String] = [:]

    /// An empty form, with the beginning of the next hour but one.
    init(proposing now: Date, in zone: TimeZone) {
        let wall = WallTime(now.addingTimeInterval(2 * 3600), in: zone)
        (date, time) = Self.written(wall, minute: wall.minute / 60 * 60)
    }

    /// What is known of a show.
    init(_ session: LiveSession, in zone: TimeZone) {
        title = session.title
        summary = session.summary
        let wall = WallTime(session.startsAt, in: zone)
        (date, time) = Self.written(wall, minute: wall.minute)
        duration = String(session.plannedDuration.wholeSeconds / 60)
        policy = session.handPolicy.rawValue
        isWeekly = session.repeatsWeekly
        coHosts = session.coHosts.map(\.rawValue)
    }

    /// What was sent.
    init(_ fields: FormFields) {
        title = fields["title"] ?? ""
        summary = fields["summary"] ?? ""
        date = fields["date"] ?? ""
        time = fields["time"] ?? ""
        duration = fields["duration"] ?? ""
        policy = fields["policy"] ?? ""
        isWeekly = fields["weekly"] != nil
        movesSeries = fields["series"] == "true"
        host = fields["host"]
        coHosts = fields.pairs.filter { $0.name == "co_host" }.map(\.value)
        names = fields["names"] ?? ""
    }

    var isFaultless: Bool { faults.isEmpty }

    mutating func note(_ field: Field, _ text: String) {
        faults[field] = faults[field] ?? text
    }

    /// Notes why the rules said no beside the field that they were about.
    /// - Returns: Whether there is such a field.
    mutating func note(_ refusal: Refusal, _ text: String) -> Bool {
        guard let field = Self.field(of: refusal) else { return false }
        note(field, text)
        return true
    }

    private static func field(of refusal: Refusal) -> Field? {
        switch FieldRefusal(refusal)?.field {
        case "title": .title
        case "summary": .summary
        case "starts_at": .date
        case "duration_minutes": .duration
        case "hand_policy": .policy
        case "host_id": .host
        case "co_host_ids": .people
        case .some, nil: nil
        }
    }

    private static func written(_ wall: WallTime, minute: Int) -> (date: String, time: String) {
        let date = [wall.year, wall.month, wall.day].map(twoDigits).joined(separator: "-")
        return (date, "\(twoDigits(minute / 60)):\(twoDigits(minute % 60))")
    }

    private static func twoDigits(_ number: Int) -> String {
        (number < 10 ? "0" : "") + String(number)
    }
}

extension ShowForm {
    /// When the show is to begin, as clocks in `zone` show it.
    /// `known`: when it begins so far. Where the form says what its clock shows, that stays, to the second.
    /// - Returns: nil where that is no moment; what is wrong is noted then.
    mutating func start(
        in zone: TimeZone,
        known: Date?,
        _ text: (WebPhrase) -> String,
        _ refusal: (Refusal) -> String
    ) -> Date? {
        let day = date.wholeMatch(of: /(\d{4})-(\d\d)-(\d\d)/)?.output
        let hour = time.wholeMatch(of: /(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?/)?.output
        if day == nil { note(.date, text(.manageFaultDate)) }
        if hour == nil { note(.time, text(.manageFaultTime)) }
        guard let day, let hour else { return nil }
        let number = { (digits: Substring) in Int(digits) ?? 0 }
        guard let time = TimeOfDay(hour: number(hour.1), minute: number(hour.2)) else {
            note(.time, text(.manageFaultTime))
            return nil
        }
        guard let wall = WallTime(year: number(day.1), month: number(day.2), day: number(day.3), time: time) else {
            note(.date, text(.manageFaultDate))
            return nil
        }
        if let known, WallTime(known, in: zone) == wall { return known }
        let moments = wall.moments(in: zone)
        guard moments.count == 1 else {
            note(.time, refusal(moments.isEmpty ? .timeNotThere : .timeTwice))
            return nil
        }
        return moments[0]
    }

    /// How long it is to last; nil where that is no number, which is noted then.
    mutating func length(_ text: (WebPhrase) -> String) -> Duration? {
        guard let minutes = Int(duration.trimmingCharacters(in: .whitespaces)), (0...1_000_000).contains(minutes)
        else {
            note(.duration, text(.manageFaultDuration))
            return nil
        }
        return .seconds(minutes * 60)
    }

    /// Who may raise a hand; nil where nobody knows such a rule, which is noted then.
    mutating func hands(_ text: (WebPhrase) -> String) -> HandPolicy? {
        guard let policy = HandPolicy(rawValue: policy) else {
            note(.policy, text(.manageFaultPolicy))
            return nil
        }
        return policy
    }

    /// The @names that were typed, without the @.
    var typedNames: [String] {
        names.split { $0.isWhitespace || $0 == "," || $0 == ";" }
            .map { String($0.drop { $0 == "@" }) }
            .filter { !$0.isEmpty }
    }
}
