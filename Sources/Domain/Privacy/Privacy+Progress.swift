import Foundation

/// What a person has reached, and by what.
extension Privacy {
    /// What is told of it to the person, the newest first; at most `limit` of each.
    func progress(of id: MemberID, limit: Int) async throws(ChangeFailure) -> MemberExport.Progress {
        let book = ProgressBook(store: store, clock: clock)
        let reached = try await book.progress(of: id)
        return try await reading { () throws(StoreError) in
            let told = try await store.toldProgress.find(.id(id))
            let lines = try await store.ledger.lines(of: id, from: .first, limit: limit).items
            let corrections = try await store.xpCorrections.corrections(of: id, limit: limit)
            let awards = try await store.badges.awards(of: id)
            return MemberExport.Progress(
                xp: reached.xp,
                level: reached.level.rawValue,
                engagement: reached.engagement.score,
                handPriority: reached.priority.value,
                streakWeeks: reached.streak.weeks,
                badges: reached.badges.map { MemberExport.Progress.Badge(badge: $0.badge.rawValue, since: $0.at) },
                given: awards.map(MemberExport.Progress.Award.init),
                told: told.map(MemberExport.Progress.Told.init),
                corrections: corrections.map(MemberExport.Progress.Correction.init),
                lines: lines.map(MemberExport.Progress.Line.init)
            )
        }
    }

    /// Leaves how much a person did in each month, and nothing about what, nor what they were told and given. It may be
    /// done again.
    func forgetProgress(of id: MemberID) async throws(ChangeFailure) {
        try await reading { () throws(StoreError) in try await LedgerForgetting(store: store).forget(id) }
        let cause = Cause(rawValue: "forget:\(id)")
        let awards = try await reading { () throws(StoreError) in try await store.badges.awards(of: id) }
        for award in awards {
            _ = try await store.badges.change(.id(award.id), cause: cause) { known in
                var empty = BadgeAward(member: award.member, badge: award.badge, by: nil, at: award.at)
                empty.revokedAt = known?.revokedAt ?? award.at
                return Change(empty)
            }
        }
        guard try await reading({ () throws(StoreError) in try await store.toldProgress.find(.id(id)) }) != nil
        else { return }
        _ = try await store.toldProgress.change(.id(id), cause: cause) { _ in Change(ToldProgress(id: id)) }
    }
}

extension MemberExport {
    /// What you have reached in the club.
    struct Progress: Encodable {
        struct Badge: Encodable {
            var badge: String
            var since: Date?
        }

        /// A badge that you were given.
        struct Award: Encodable {
            var badge: String
            var at: Date
            var revokedAt: Date?
        }

        struct Told: Encodable {
            var level: Int
            var badges: [String: Date]
            /// The level that you bear in the club's group.
            var tag: Int?
        }

        struct Correction: Encodable {
            var at: Date
            var rule: String
            var count: Int
            var xp: Int
            /// `admin`, `imported` or `forgotten`.
            var origin: String
            var reason: String?
        }

        struct Line: Encodable {
            var at: Date
            var day: String
            var rule: String
            /// `s:` and a show, `e:` and an episode, `l:` with a day and an episode, `c:` and a correction.
            var source: String
            /// Times, or milliseconds.
            var count: Int
            var xp: Int
        }

        var xp: Int
        var level: Int
        var engagement: Double
        var handPriority: Double
        var streakWeeks: Int
        var badges: [Badge]
        var given: [Award]
        var told: Told?
        var corrections: [Correction]
        var lines: [Line]
    }
}

extension MemberExport.Progress.Award {
    fileprivate init(_ award: BadgeAward) {
        self.init(badge: award.badge.rawValue, at: award.at, revokedAt: award.revokedAt)
    }
}

extension MemberExport.Progress.Told {
    fileprivate init(_ told: ToldProgress) {
        self.init(level: told.level, badges: told.badges, tag: told.tag)
    }
}

extension MemberExport.Progress.Correction {
    fileprivate init(_ correction: XPCorrection) {
        self.init(
            at: correction.at,
            rule: correction.rule.rawValue,
            count: correction.count,
            xp: correction.xp,
            origin: correction.origin.rawValue,
            reason: correction.reason
        )
    }
}

extension MemberExport.Progress.Line {
    fileprivate init(_ line: XPTransaction) {
        self.init(
            at: line.at,
            day: line.day.rawValue,
            rule: line.rule.rawValue,
            source: line.source.rawValue,
            count: line.count,
            xp: line.xp
        )
    }
}
