import Foundation

/// What admins give and take by hand: badges and XP. Both are stored events, so the ledger keeps them when it is made
/// anew.
public struct HonourDesk: Sendable {
    /// How much XP an admin may give or take at once.
    public static let range = -100_000...100_000
    /// Longest reason, in Unicode scalars.
    public static let reasonLength = 200

    private let store: any ClubStore
    private let progress: ProgressBook
    private let clock: any ClubClock
    private let ids: IDSource

    public init(store: any ClubStore, progress: ProgressBook, clock: any ClubClock, ids: IDSource) {
        self.store = store
        self.progress = progress
        self.clock = clock
        self.ids = ids
    }

    /// Gives a member a badge, or takes it back. The member is told of a new one.
    /// - Throws: `.notAllowed` where `admin` is none; `.notFound` without such an active member;
    ///   `.badgeIsEarned` where the badge is given by a rule; `.nothingToDecide` where it is so already.
    public func set(
        _ badge: Badge,
        isHeld: Bool,
        of id: MemberID,
        by admin: Member,
        cause: Cause
    ) async throws(ChangeFailure) {
        try await check(id, admin)
        guard !badge.isEarned else { throw .refused(.badgeIsEarned) }
        let now = clock.now
        let entry = AuditPen(ids: ids, now: now, actor: admin.id)
            .entry(isHeld ? .badgeGiven : .badgeTaken, of: .member(id), [.to: badge.rawValue])
        _ = try await store.badges.change(.id(BadgeAwardID(id, badge)), cause: cause) { (award) throws(Refusal) in
            let holds = award.map { $0.revokedAt == nil } ?? false
            guard holds != isHeld else { throw .nothingToDecide }
            var next = award ?? BadgeAward(member: id, badge: badge, by: admin.id, at: now)
            if isHeld {
                (next.by, next.at, next.revokedAt) = (admin.id, Timestamp.rounded(now), nil)
            } else {
                next.revokedAt = Timestamp.rounded(now)
            }
            return Change(next, audit: [entry])
        }
        try await progress.changed([id])
    }

    /// Gives a member XP, or takes some.
    /// - Throws: `.notAllowed`, `.notFound`; `.xpOutOfRange` beyond `range` and for 0; `.reasonMissing`.
    public func correct(
        _ xp: Int,
        reason: String,
        of id: MemberID,
        by admin: Member,
        cause: Cause
    ) async throws(ChangeFailure) {
        try await check(id, admin)
        guard xp != 0, Self.range.contains(xp) else { throw .refused(.xpOutOfRange) }
        let words = PlainText.line(reason, limit: Self.reasonLength)
        guard !words.isEmpty else { throw .refused(.reasonMissing) }
        let now = clock.now
        let zone = try await reading { () throws(StoreError) in
            try await store.settings.find(.club) ?? ClubSettings()
        }.zone
        let correction = XPCorrection(
            // The same request makes the same correction.
            id: XPCorrectionID(rawValue: NotificationID(dedupeKey: "xp:\(id):\(cause)").rawValue),
            member: id,
            origin: .admin,
            xp: xp,
            reason: words,
            by: admin.id,
            day: ClubDay(now, in: zone),
            at: now
        )
        let entry = AuditPen(ids: ids, now: now, actor: admin.id)
            .entry(.xpCorrected, of: .member(id), [.to: xp > 0 ? "+\(xp)" : "\(xp)"])
        let kept = try await store.xpCorrections.change(.id(correction.id), cause: cause) { known in
            known.map { Change($0) } ?? Change(correction, audit: [entry])
        }.state
        try await reading { () throws(StoreError) in _ = try await store.ledger.post([kept.line]) }
        try await progress.changed([id])
    }

    private func check(_ id: MemberID, _ admin: Member) async throws(ChangeFailure) {
        guard admin.isAdmin else { throw .refused(.notAllowed) }
        let member = try await reading { () throws(StoreError) in try await store.members.find(.id(id)) }
        guard let member, member.isActive else { throw .refused(.notFound) }
    }
}
