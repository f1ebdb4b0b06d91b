import Foundation

/// Counts a show from its room's log and from who was there: a pure fold, in the order of the log. The same log and
/// attendance make the same figures.
///
/// It holds ids as long as it counts: at 10,000 people some megabytes.
public struct ShowTally: Sendable {
    private let start: Date
    private var reacted: Set<MemberID> = []
    private var raised: Set<MemberID> = []
    private var spoke: Set<MemberID> = []
    /// By the minute of the show.
    private var chat: [Int: Int] = [:]
    private var reactions: [String: [Int: Int]] = [:]
    private var questions = 0
    private var handCount = 0
    private var waiting: [MemberID: Date] = [:]
    /// In milliseconds.
    private var waits: [Int64] = []
    private var intervals: [AttendanceInterval] = []

    /// Of a show that began at this moment.
    public init(from start: Date) {
        self.start = start
    }

    public mutating func take(_ batch: RoomBatch) {
        for fact in batch.facts { take(fact) }
    }

    public mutating func take(_ interval: AttendanceInterval) {
        intervals.append(interval)
    }

    private mutating func take(_ fact: RoomFact) {
        switch fact.news {
        case .said(let message):
            guard let minute = minute(of: fact.at) else { return }
            chat[minute, default: 0] += 1
            if message.kind == .question { questions += 1 }
        case .raised(let hand):
            handCount += 1
            raised.insert(hand.member)
            waiting[hand.member] = fact.at
        case .lowered(let member, _): waiting[member] = nil
        case .cleared: waiting = [:]
        case .invited(let invitation): takeHand(of: invitation.member, at: fact.at)
        case .promoted(let member):
            takeHand(of: member, at: fact.at)
            spoke.insert(member)
        case .reacted(let member, _): reacted.insert(member)
        case .counted(let counts):
            guard let minute = minute(of: fact.at) else { return }
            for (emoji, count) in counts { add(count, of: emoji, in: minute) }
        case .deleted, .uninvited, .demoted, .pinned, .moderated, .started, .ended, .opened, .ruled, .charged, .asked,
            .answered, .muted, .removed, .supported, .voiced, .lived, .visited:
            break
        }
    }

    private mutating func takeHand(of member: MemberID, at time: Date) {
        guard let since = waiting.removeValue(forKey: member) else { return }
        waits.append(max(0, Timestamp.milliseconds(time) - Timestamp.milliseconds(since)))
    }

    private mutating func add(_ count: Int, of emoji: String, in minute: Int) {
        let isKnown = reactions[emoji] != nil || reactions.count < ShowFigures.kinds
        reactions[isKnown ? emoji : ShowFigures.otherReactions, default: [:]][minute, default: 0] += count
    }

    /// What came before the show began is none of it.
    private func minute(of time: Date) -> Int? {
        let passed = Timestamp.milliseconds(time) - Timestamp.milliseconds(start)
        return passed < 0 ? nil : Int(passed / 60_000)
    }

    /// What it comes to.
    /// - `end`: When the show ended, or the moment where it goes on.
    /// - `told`: How many people were sent that it began; nil where nobody knows.
    /// - `opened`: How many people opened its page.
    public func figures(
        of show: LiveSessionID,
        until end: Date,
        told: Int?,
        opened: Int,
        isFinal: Bool
    ) -> ShowFigures {
        var figures = ShowFigures(id: show, startedAt: start, until: end, isFinal: isFinal)
        let report = AttendanceReport(intervals, from: start, to: figures.until)
        figures.peak = report.peak
        figures.average = report.average
        figures.listeners = listeners(in: figures)
        figures.devices = devices(until: figures.until)
        figures.funnel.told = told
        // Who came in by the messenger or by a program has opened no page.
        figures.funnel.opened = max(opened, report.people)
        figures.funnel.joined = report.people
        figures.funnel.reacted = reacted.count
        figures.funnel.raised = raised.count
        figures.funnel.spoke = spoke.union(intervals.filter { $0.part == .stage }.map(\.member)).count
        figures.chat = series(chat, in: figures)
        figures.reactions = reactions.mapValues { series($0, in: figures) }
        figures.questions = questions
        figures.hands = hands
        return figures
    }

    private var hands: ShowFigures.Hands {
        var hands = ShowFigures.Hands()
        let sorted = waits.sorted()
        hands.raised = handCount
        hands.taken = sorted.count
        // Of an even number the one before the middle, so that it is a wait that somebody had.
        hands.medianWait = sorted.isEmpty ? nil : Int(sorted[(sorted.count - 1) / 2])
        hands.longestWait = sorted.last.map { Int($0) }
        return hands
    }

    /// What came at the very end, or was written down after it, belongs to the last part.
    private func series(_ counts: [Int: Int], in figures: ShowFigures) -> FigureSeries {
        var values = Array(repeating: 0, count: figures.partCount)
        guard !values.isEmpty else { return FigureSeries([]) }
        for (minute, count) in counts { values[min(minute / figures.minutes, values.count - 1)] += count }
        return FigureSeries(values)
    }

    private func listeners(in figures: ShowFigures) -> FigureSeries {
        let changes = AttendanceReport.changes(intervals, from: start, to: figures.until)
        let part = TimeInterval(figures.minutes * 60)
        var values = Array(repeating: 0, count: figures.partCount)
        var (present, next) = (0, 0)
        for index in values.indices {
            let end = start.addingTimeInterval(part * Double(index + 1))
            var most = present
            while next < changes.count, changes[next].at < end {
                present += changes[next].change
                most = max(most, present)
                next += 1
            }
            values[index] = most
        }
        return FigureSeries(values)
    }

    private func devices(until end: Date) -> [String: Int] {
        var people: [String: Set<MemberID>] = [:]
        for interval in intervals where interval.from < end && (interval.to ?? end) > start {
            guard case .seat(let device) = interval.part else { continue }
            people[device.rawValue, default: []].insert(interval.member)
        }
        return people.mapValues(\.count)
    }
}
