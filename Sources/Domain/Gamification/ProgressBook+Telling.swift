import Foundation

/// Telling members what they have reached: each level and each badge once, whatever crashes.
extension ProgressBook {
    /// Tells what is new: to be called after lines were posted or badges given.
    ///
    /// What was told stands in `ToldProgress`, written in one step with the messages. Those who do not want to be told,
    /// and what a member brought along from the predecessor, are noted there without a word. Whoever has neither lines
    /// nor badges by hand hears nothing, nor does who is no member at present.
    public func changed(_ members: Set<MemberID>) async throws(ChangeFailure) {
        let ordered = members.sorted { RecordKey.precedes($0.rawValue, $1.rawValue) }
        for start in stride(from: 0, to: ordered.count, by: Self.page) {
            let portion = Array(ordered[start..<min(ordered.count, start + Self.page)])
            let found = try await reading { () throws(StoreError) in try await standings(of: portion) }
            for member in portion {
                if let standing = found[member], standing.hasNews { try await tell(standing) }
            }
        }
    }

    /// Heals what a crash left untold between a post and `changed`: looks at the next page of members.
    /// - Returns: Where to go on; `.first` where it went through all.
    public func sweep(from start: PageStart) async throws(ChangeFailure) -> PageStart {
        let page = try await reading { () throws(StoreError) in
            try await store.members.list(.active, from: start, limit: Self.page)
        }
        try await changed(Set(page.items.map(\.id)))
        return page.next.map(PageStart.after) ?? .first
    }

    private func tell(_ standing: Standing) async throws(ChangeFailure) {
        let before = try await reading { () throws(StoreError) in try await brought(by: standing) }
        let (member, now) = (standing.member, clock.now)
        let settings = try await reading { () throws(StoreError) in
            try await store.settings.find(.club) ?? ClubSettings()
        }
        let (level, badges) = (standing.level, standing.badges)
        let names = badges.map(\.rawValue).sorted().joined(separator: ",")
        let cause = Cause(rawValue: "progress:\(level.rawValue):\(names)")
        _ = try await store.toldProgress.change(.id(member.id), cause: cause) { (told) throws(Refusal) in
            var told = told ?? ToldProgress(id: member.id)
            var news: [(key: String, notice: Notice)] = []
            var tags: [OutboxDraft] = []
            if level.rawValue > told.level {
                told.level = level.rawValue
                let tag = LevelTags.draft(of: member, in: settings, mark: "level:\(level.rawValue)")
                tags = [tag].compactMap(\.self)
                if level > before.level { news.append(("level:\(level.rawValue)", .levelReached(level))) }
            }
            for badge in Badge.allCases where badges.contains(badge) && told.told(badge) == nil {
                told.badges[badge.rawValue] = now
                if !before.badges.contains(badge) {
                    news.append(("badge:\(badge.rawValue)", .badgeEarned(badge)))
                }
            }
            guard member.settings.wants(.progress) else { return Change(told, outbox: tags) }
            let drafts = news.compactMap { key, notice in
                OutboxDraft(key: "\(key):\(member.id)", to: member, notice: notice)
            }
            return Change(told, outbox: drafts + tags)
        }
    }

    /// What a member had before they came: told to nobody, for they know it.
    private func brought(by standing: Standing) async throws(StoreError) -> (level: Level, badges: Set<Badge>) {
        let corrections = try await store.xpCorrections.corrections(of: standing.member.id, limit: 1_000)
        var sums = LedgerSums()
        for correction in corrections where correction.origin == .imported {
            sums.add(LedgerSums.Sum(count: correction.count, xp: correction.xp), of: correction.rule)
        }
        let imported = standing.awards.filter { $0.by == nil }.map(\.badge)
        return (Level(xp: sums.xp), EarnedBadges.badges(sums, isEarly: false).union(imported))
    }
}

extension ProgressBook.Standing {
    /// Whether there is something that the member was not told.
    fileprivate var hasNews: Bool {
        guard member.isActive, member.forgottenAt == nil, !sums.byRule.isEmpty || !awards.isEmpty else { return false }
        return level.rawValue > told?.level ?? 1 || badges.contains { told?.told($0) == nil }
    }
}
