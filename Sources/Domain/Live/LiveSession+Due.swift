import Foundation

extension LiveSession {
    /// A show that nobody begins is given up so long after the time for which it was planned.
    static let lateness: Duration = .seconds(6 * 3600)
    /// A show that nobody ends is ended after this.
    static let longest: Duration = .seconds(12 * 3600)
    /// So long after the end a recording completes the show's episode by itself.
    public static let recordingWindow: Duration = .seconds(2 * 3600)

    /// When something has to be done for it by itself next; nil where nothing is left to do.
    public var dueAt: Date? {
        var moments = tellings.map(\.since)
        if !chores.isEmpty { moments.append(updatedAt) }
        moments += [notice.dueAt, attendance.countsAt, awaitsRecordingUntil, scoresAt].compactMap { $0 }
        switch status {
        case .scheduled:
            moments += remindersAhead.compactMap { $0.moment(of: startsAt) } + [givenUpAt]
        case .live:
            moments.append(endsByItselfAt)
        case .ended, .recorded, .cancelled:
            break
        }
        return moments.min()
    }

    /// When it is given up, where nobody begins it.
    var givenUpAt: Date { startsAt.addingTimeInterval(Self.lateness.seconds) }

    /// When it ends, where nobody ends it.
    var endsByItselfAt: Date { (startedAt ?? startsAt).addingTimeInterval(Self.longest.seconds) }

    /// Plans the reminders for the time at which it begins now.
    ///
    /// One that is due later is sent then, also where it was sent for an earlier time; but the one of the day before
    /// not within an hour of this moment, when everybody is told of the move. One whose moment has passed is not sent:
    /// who is told of the move, or plans the show, knows.
    mutating func planReminders(now: Date) {
        let soon = now.addingTimeInterval(ShowReminder.rest.seconds)
        remindersAhead = ShowReminder.allCases.filter { reminder in
            guard let moment = reminder.moment(of: startsAt) else { return false }
            let isAgain = remindersSent.contains(reminder) && reminder == .dayBefore
            return isAgain ? moment >= soon : moment > now
        }
    }

    /// Begins to tell people something; another telling of the same kind is given up for it.
    mutating func tell(_ subject: ShowTelling.Subject, now: Date) {
        tellings.removeAll { $0.subject.isOfKind(subject) }
        tellingCount += 1
        tellings.append(ShowTelling(subject, since: now, number: tellingCount))
    }
}

extension ShowTelling.Subject {
    /// Whether it is told in place of the other one.
    fileprivate func isOfKind(_ other: Self) -> Bool {
        switch (self, other) {
        case (.moved, .moved): true
        default: self == other
        }
    }

    /// Whether it is told of a show that is still to begin.
    var isAhead: Bool {
        switch self {
        case .reminder, .moved: true
        case .started, .cancelled, .ended: false
        }
    }
}
