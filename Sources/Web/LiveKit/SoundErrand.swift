import Domain
import Foundation

/// One thing that LiveKit has still to be told.
struct SoundErrand: Equatable, Sendable {
    /// What it is about. Of each there is one errand at most: the latest wish wins.
    enum Subject: Hashable, Sendable {
        case room(LiveSessionID)
        case person(LiveSessionID, MemberID)
        case voice(LiveSessionID, MemberID)

        var session: LiveSessionID {
            switch self {
            case .room(let session), .person(let session, _), .voice(let session, _): session
            }
        }
    }

    enum Wish: Equatable, Sendable {
        case open
        case close
        case part(SoundPart)
        case out
        case mute
    }

    let subject: Subject
    var wish: Wish
    /// Which wish this is, counted over all.
    var number: UInt64
    /// How often it has failed.
    var failures = 0
    /// Not before.
    var due: Date
}

/// What LiveKit has still to be told about all rooms, as a value that knows no clock.
///
/// At most `capacity` subjects wait; further ones are left to the sweep. An errand that fails is tried again with
/// growing pauses, `attempts` times in all; then it is left to the sweep as well.
struct SoundErrands: Sendable {
    static let capacity = 10_000
    static let attempts = 8
    /// So many are worked at together.
    static let together = 8
    private static let firstPause: Duration = .seconds(1)
    private static let longestPause: Duration = .seconds(30)

    private var waiting: [SoundErrand.Subject: SoundErrand] = [:]
    private var underWay: Set<SoundErrand.Subject> = []
    private var count: UInt64 = 0
    /// How often a room has said what it wants.
    private(set) var mark: UInt64 = 0

    var isEmpty: Bool { waiting.isEmpty && underWay.isEmpty }

    /// What a room wants from now on.
    mutating func hear(_ wish: SoundErrand.Wish, _ subject: SoundErrand.Subject, now: Date) {
        mark += 1
        want(wish, subject, now: now)
    }

    /// What somebody wants who has looked at a room; nothing where a room has said something since `mark`.
    mutating func correct(_ wish: SoundErrand.Wish, _ subject: SoundErrand.Subject, since mark: UInt64, now: Date) {
        if mark == self.mark { want(wish, subject, now: now) }
    }

    private mutating func want(_ wish: SoundErrand.Wish, _ subject: SoundErrand.Subject, now: Date) {
        if wish == .close {
            // With the room everything in it ends.
            waiting = waiting.filter { $0.key.session != subject.session }
        }
        guard waiting[subject]?.wish != wish, waiting[subject] != nil || waiting.count < Self.capacity else { return }
        count += 1
        waiting[subject] = SoundErrand(subject: subject, wish: wish, number: count, due: now)
    }

    /// The next errand whose time has come and whose subject nobody works at: the one that was wished for first. None
    /// where enough are worked at.
    mutating func take(now: Date) -> SoundErrand? {
        guard underWay.count < Self.together else { return nil }
        let next = waiting.values.filter { $0.due <= now && !underWay.contains($0.subject) }
            .min { $0.number < $1.number }
        guard let next else { return nil }
        waiting[next.subject] = nil
        underWay.insert(next.subject)
        return next
    }

    /// When the next errand can be taken, unless one ends before.
    var nextDue: Date? {
        guard underWay.count < Self.together else { return nil }
        return waiting.values.filter { !underWay.contains($0.subject) }.map(\.due).min()
    }

    /// An errand that was taken is done.
    mutating func finish(_ errand: SoundErrand) {
        underWay.remove(errand.subject)
    }

    /// An errand that was taken has failed. It waits again, unless something newer is wished for meanwhile.
    mutating func fail(_ errand: SoundErrand, now: Date) {
        underWay.remove(errand.subject)
        guard waiting[errand.subject] == nil, errand.failures + 1 < Self.attempts, waiting.count < Self.capacity
        else { return }
        var again = errand
        again.failures += 1
        let pause = min(Self.longestPause, Self.firstPause * (1 << min(errand.failures, 10)))
        again.due = now.addingTimeInterval(pause.seconds)
        waiting[errand.subject] = again
    }
}
