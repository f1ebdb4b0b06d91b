import Foundation
import Synchronization

/// Over which time a board compares members.
public enum BoardSpan: String, CaseIterable, Sendable {
    case allTime = "all"
    case week
    case season
}

/// The club's boards: who has collected the most XP.
///
/// Whoever wants to be hidden, is no active member any more or was forgotten is passed over; their place stays empty,
/// so that a page costs the same however many members there are.
public final class Boards: Sendable {
    /// A member on a board.
    public struct Row: Equatable, Sendable {
        /// From 1 on.
        public var place: Int
        public var member: Member
        /// Within the board's time.
        public var xp: Int
    }

    /// A part of a board.
    public struct Part: Equatable, Sendable {
        public var rows: [Row]
        /// How many places lie before the next part; nil at the end.
        public var next: Int?
    }

    /// One's own place.
    public struct Place: Equatable, Sendable {
        public var place: Int
        public var xp: Int
    }

    /// For so long a board is looked up for people's own places before it is read anew.
    static let lifetime: Duration = .seconds(30)
    /// So many places are read at a time, and in all: a club is not larger.
    private static let portion = 1_000
    private static let longest = 20_000

    private struct Standing {
        var readAt: Date
        var places: [MemberID: Place]
    }

    private let store: any ClubStore
    private let clock: any ClubClock
    private let standings = Mutex<[LedgerPeriod: Standing]>([:])

    public init(store: any ClubStore, clock: any ClubClock) {
        self.store = store
        self.clock = clock
    }

    /// A part of a board.
    /// - Parameters:
    ///   - span: Over which time.
    ///   - skipped: How many places lie before it.
    ///   - limit: At most so many rows.
    /// - Returns: The rows, and where the board goes on.
    /// - Throws: `.store` only.
    public func part(_ span: BoardSpan, after skipped: Int, limit: Int) async throws(ChangeFailure) -> Part {
        try await reading { () throws(StoreError) in
            let period = try await period(span)
            var (part, seen) = (Part(rows: [], next: nil), max(0, skipped))
            while part.rows.count < limit, seen < Self.longest {
                let wanted = limit - part.rows.count
                let ranks = try await store.ledger.ranks(period, skipping: seen, limit: wanted + 1)
                let shown = ranks.prefix(wanted)
                let people = try await store.members.find(ids: shown.map(\.member))
                for (index, rank) in shown.enumerated() {
                    guard let member = people.first(where: { $0.id == rank.member }), member.isOnBoards else {
                        continue
                    }
                    part.rows.append(Row(place: seen + index + 1, member: member, xp: rank.xp))
                }
                seen += shown.count
                guard ranks.count > wanted else { return part }
            }
            part.next = seen < Self.longest ? seen : nil
            return part
        }
    }

    /// One's own place, at most `lifetime` old; nil where one has nothing on this board.
    public func place(of member: MemberID, _ span: BoardSpan) async throws(ChangeFailure) -> Place? {
        try await reading { () throws(StoreError) in
            let (period, now) = (try await period(span), clock.now)
            let known = standings.withLock { standings in standings[period] }
            if let known, now < known.readAt.addingTimeInterval(Self.lifetime.seconds) { return known.places[member] }
            var places: [MemberID: Place] = [:]
            while places.count < Self.longest {
                let ranks = try await store.ledger.ranks(period, skipping: places.count, limit: Self.portion)
                for rank in ranks { places[rank.member] = Place(place: places.count + 1, xp: rank.xp) }
                if ranks.count < Self.portion { break }
            }
            let standing = Standing(readAt: now, places: places)
            standings.withLock { standings in
                // Weeks and seasons that are over are of no use any more.
                standings = standings.filter { now < $0.value.readAt.addingTimeInterval(Self.lifetime.seconds) }
                standings[period] = standing
            }
            return places[member]
        }
    }

    /// The period that a board compares at this moment.
    private func period(_ span: BoardSpan) async throws(StoreError) -> LedgerPeriod {
        if span == .allTime { return .allTime }
        let zone = (try await store.settings.find(.club) ?? ClubSettings()).zone
        let today = ClubDay(clock.now, in: zone)
        return span == .week ? .week(today.week) : .season(today.season)
    }
}

extension Member {
    /// Whether others see the person on boards and find them.
    public var isOnBoards: Bool { isActive && forgottenAt == nil && !settings.isHidden }
}
