import Foundation

/// Who was in a show from when to when, and who could be heard.
struct ScorePresence: Equatable, Sendable {
    /// What one member has.
    private struct Stays: Equatable, Sendable {
        var seats: [AttendanceID: AttendanceInterval] = [:]
        var microphones: [AttendanceID: AttendanceInterval] = [:]

        var isStillThere: Bool { (Array(seats.values) + microphones.values).contains { $0.to == nil } }
    }

    /// Up to when stays count.
    struct Limits: Equatable, Sendable {
        let start: Date
        /// For stays that have ended.
        let end: Date
        /// For stays of which no end is stored.
        let endOfOpen: Date
    }

    private var stays: [MemberID: Stays] = [:]
    /// Of whom no end is stored.
    private(set) var stillThere: Set<MemberID> = []

    var members: Set<MemberID> { Set(stays.keys) }

    mutating func take(_ interval: AttendanceInterval) {
        var own = stays[interval.member] ?? Stays()
        switch interval.part {
        case .seat: Self.put(interval, into: &own.seats)
        case .microphone: Self.put(interval, into: &own.microphones)
        // Who is on stage counts for nothing; who can be heard there does.
        case .stage: return
        }
        stays[interval.member] = own
        if own.isStillThere { stillThere.insert(interval.member) } else { stillThere.remove(interval.member) }
    }

    /// A stay that has ended does not go on: what says so is older.
    private static func put(
        _ interval: AttendanceInterval,
        into intervals: inout [AttendanceID: AttendanceInterval]
    ) {
        if interval.to == nil, intervals[interval.id] != nil { return }
        intervals[interval.id] = interval
    }

    /// How long somebody was there, by whatever devices, in milliseconds.
    func seated(_ member: MemberID, _ limits: Limits) -> Int {
        Self.length(stays[member]?.seats.values.map { $0 } ?? [], limits)
    }

    /// How long somebody could be heard, in milliseconds.
    func heard(_ member: MemberID, _ limits: Limits) -> Int {
        Self.length(stays[member]?.microphones.values.map { $0 } ?? [], limits)
    }

    /// How long the intervals last together; where they lie over each other, once.
    private static func length(_ intervals: [AttendanceInterval], _ limits: Limits) -> Int {
        var total: Int64 = 0
        var reached = Timestamp.milliseconds(limits.start)
        for interval in intervals.sorted(by: { $0.from < $1.from }) {
            let end = interval.to.map { min($0, limits.end) } ?? min(limits.endOfOpen, limits.end)
            let from = max(Timestamp.milliseconds(interval.from), reached)
            let to = Timestamp.milliseconds(end)
            guard from < to else { continue }
            total += to - from
            reached = to
        }
        return Int(total)
    }
}
