import Foundation

/// Thanks between members.
public struct ThanksDesk: Sendable {
    /// What a member still has to give.
    public struct Budget: Equatable, Sendable {
        public var left: Int
        /// When there is a whole budget again.
        public var renewsAt: Date
    }

    private let store: any ClubStore
    private let clock: any ClubClock

    public init(store: any ClubStore, clock: any ClubClock) {
        self.store = store
        self.clock = clock
    }

    /// A member thanks another one, who is told once.
    ///
    /// The same cause thanks once; nobody is thanked twice by the same member for the same episode.
    /// - Parameters:
    ///   - id: Who is thanked.
    ///   - podcast: For which episode.
    ///   - position: For which moment of it; nil for all of it.
    ///   - words: What is said with it; what is longer than `Thanks.wordsLength` is cut off.
    ///   - member: Who thanks.
    ///   - cause: What asks for it.
    /// - Returns: What is kept.
    /// - Throws: `.notAMember`, `.thanksToOneself`, `.alreadyThanked`, `.momentOutOfEpisode`; `.notFound` where there is
    ///   no such member or episode; `.thanksSpent` where the month's budget is.
    public func give(
        to id: MemberID,
        for podcast: PodcastID,
        at position: Duration? = nil,
        words: String? = nil,
        by member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> Thanks {
        guard member.isActive else { throw .refused(.notAMember) }
        guard id != member.id else { throw .refused(.thanksToOneself) }
        let (thanked, episode, given) = try await reading { () throws(StoreError) in
            (
                try await store.members.find(.id(id)),
                try await store.podcasts.find(.id(podcast)),
                try await store.thanks.list(.from(member.id), from: .first, limit: Self.lookBack).items
            )
        }
        if let done = given.first(where: { $0.cause == cause }) { return done }
        guard let thanked, thanked.isActive, let episode, episode.canBeThankedFor else { throw .refused(.notFound) }
        if let position, let length = episode.duration, position > length { throw .refused(.momentOutOfEpisode) }
        guard !given.contains(where: { $0.to == id && $0.podcast == podcast }) else { throw .refused(.alreadyThanked) }
        let (day, renewal) = try await month()
        let line = words.map { PlainText.line($0, limit: Thanks.wordsLength) }
        for number in 1...Thanks.monthlyBudget {
            let thanks = Thanks(
                id: ThanksID(from: member.id, month: day.month, number: number),
                from: member.id,
                to: id,
                podcast: podcast,
                position: position,
                words: line.flatMap { $0.isEmpty ? nil : $0 },
                at: clock.now,
                cause: cause
            )
            if let kept = try await keep(thanks, telling: thanked) { return kept }
        }
        throw .refused(.thanksSpent(renewal))
    }

    /// What a member still has to give this month.
    public func budget(of member: MemberID) async throws(ChangeFailure) -> Budget {
        let (day, renewal) = try await month()
        let slots = (1...Thanks.monthlyBudget).map { ThanksID(from: member, month: day.month, number: $0) }
        let used = try await reading { () throws(StoreError) in try await store.thanks.find(ids: slots).count }
        return Budget(left: Thanks.monthlyBudget - used, renewsAt: renewal)
    }

    public func thanks(_ id: ThanksID) async throws(ChangeFailure) -> Thanks? {
        try await reading { () throws(StoreError) in try await store.thanks.find(.id(id)) }
    }

    /// A part of a list.
    public func list(
        _ listing: ThanksListing,
        from start: PageStart = .first,
        limit: Int
    ) async throws(ChangeFailure) -> Page<Thanks> {
        try await reading { () throws(StoreError) in try await store.thanks.list(listing, from: start, limit: limit) }
    }

    public func count(_ listing: ThanksListing) async throws(ChangeFailure) -> Int {
        try await reading { () throws(StoreError) in try await store.thanks.count(listing) }
    }

    /// So many of one's own are looked at for having thanked already: four years of them.
    private static let lookBack = 240

    /// Today, and when the next month begins, by the club's calendar.
    private func month() async throws(ChangeFailure) -> (day: ClubDay, renewal: Date) {
        let zone = try await reading { () throws(StoreError) in
            try await store.settings.find(.club) ?? ClubSettings()
        }.zone
        let day = ClubDay(clock.now, in: zone)
        // Day 1 of this month and 31 more days always lie in the next one.
        let next = ClubDay(rawValue: "\(day.month)-01").map { $0.adding(days: 31).month }
        let first = next.flatMap { ClubDay(rawValue: "\($0)-01") } ?? day
        return (day, first.start(in: zone))
    }

    /// - Returns: nil where this number of the month is another one's.
    private func keep(_ thanks: Thanks, telling thanked: Member) async throws(ChangeFailure) -> Thanks? {
        let told = OutboxDraft(key: "thanks:\(thanks.id)", to: thanked, notice: .thanked(thanks.id))
        let kept = try await store.thanks.change(.id(thanks.id), cause: thanks.cause) { known in
            if let known { return Change(known) }
            return Change(thanks, outbox: [told].compactMap { $0 })
        }.state
        return kept.cause == thanks.cause ? kept : nil
    }
}

extension Podcast {
    /// Whether members know of it.
    public var canBeThankedFor: Bool { status == .published || status == .awaitingRecording }
}
