import Foundation

/// Reads when a show is to begin, as hosts write it: `21:00`, `tomorrow 21:00`, `пт 20:30`, `25.12 21:00`,
/// `2026-12-25 21:00`. Pure; the times are those of the club's zone.
public struct ShowTime: Equatable, Sendable {
    public var startsAt: Date
    /// What stands before the time: a title, or nothing.
    public var words: String

    /// Reads the time at the end of a text: a time, or words with a time behind them. A day may stand before or behind
    /// the time.
    ///
    /// A time without a day is today's where that is still to come, else tomorrow's; a day of the week is the next one;
    /// a day without a year is this year's where that is still to come, else the next one's.
    /// - Throws: `.unclearTime` where there is no time at the end; `.timeInThePast`; `.timeNotThere` where clocks are
    ///   put forward over it; `.timeTwice` where they are put back over it.
    public init(reading text: String, now: Date, zone: TimeZone) throws(Refusal) {
        var words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        let (time, day) = try Self.takeTime(from: &words)
        self.words = words.joined(separator: " ")
        startsAt = try Self.moment(of: day, at: time, now: now, zone: zone)
    }

    // MARK: Words

    /// Takes time and day off the end, with the small words before them.
    private static func takeTime(from words: inout [String]) throws(Refusal) -> (TimeOfDay, ShowDay?) {
        guard let last = words.popLast() else { throw .unclearTime }
        if let time = time(last) {
            dropParticle(from: &words)
            let day = words.last.flatMap(ShowDay.init(word:))
            if day != nil {
                words.removeLast()
                dropParticle(from: &words)
            }
            return (time, day)
        }
        guard let day = ShowDay(word: last) else { throw .unclearTime }
        dropParticle(from: &words)
        guard let time = words.popLast().flatMap(time) else { throw .unclearTime }
        dropParticle(from: &words)
        return (time, day)
    }

    private static func time(_ word: String) -> TimeOfDay? {
        guard let match = word.wholeMatch(of: /([0-9]{1,2}):([0-9]{2})[.,;!]?/), let hour = Int(match.1),
            let minute = Int(match.2)
        else { return nil }
        return TimeOfDay(hour: hour, minute: minute)
    }

    private static func dropParticle(from words: inout [String]) {
        if let last = words.last, ["в", "во", "at", "on", "—", "–", "-"].contains(last.lowercased()) {
            words.removeLast()
        }
    }

    // MARK: Moments

    private static func moment(
        of day: ShowDay?,
        at time: TimeOfDay,
        now: Date,
        zone: TimeZone
    ) throws(Refusal) -> Date {
        let today = WallTime(now, in: zone)
        let candidates = (day ?? .next).candidates(from: today, at: time)
        guard !candidates.isEmpty else { throw .unclearTime }
        var wasThere = false
        for wall in candidates {
            let moments = wall.moments(in: zone)
            guard let last = moments.last else {
                // The hour was left out; a day that has passed is none that could be meant.
                if wall.moment(in: zone) > now { throw .timeNotThere }
                continue
            }
            wasThere = true
            guard last > now else { continue }
            guard moments.count == 1 else { throw .timeTwice }
            return last
        }
        throw wasThere ? .timeInThePast : .timeNotThere
    }
}
