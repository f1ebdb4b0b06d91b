import Domain
import Foundation

/// Brings in what the predecessor's people had collected, as corrections and badges of the club's.
///
/// Each part has an id that is made of the member and the rule, so that it comes in once, however often it is imported.
/// The lines of the ledger follow from the corrections; where a crash came between, the next import posts them.
struct ProgressImport {
    let work: LegacyImport
    /// The club's, by which moments belong to days.
    let settings: ClubSettings

    /// - `member`: who the person is here. Whoever was forgotten gets nothing.
    func take(
        _ user: LegacyUser,
        of member: Member,
        _ identity: String,
        _ report: inout ImportReport
    ) async throws(ImportFault) {
        let progress = user.progress
        report.note(.listeningTimes, identity, where: progress.hasListeningTime)
        for name in progress.unknownBadges { report.note(.unknownBadges, name) }
        guard member.forgottenAt == nil else {
            return report.note(.forgottenPeople, identity, where: !progress.parts.isEmpty || !progress.badges.isEmpty)
        }
        let since = min(user.createdAt ?? user.joinedAt ?? member.createdAt, work.clock.now)
        try await keep(progress.parts.map { correction($0, of: member, since: since) }, identity, &report)
        try await keep(progress.badges, of: member, identity, &report)
    }

    private func keep(
        _ corrections: [XPCorrection],
        _ identity: String,
        _ report: inout ImportReport
    ) async throws(ImportFault) {
        guard !corrections.isEmpty else { return }
        let store = work.store
        var kept: [XPCorrection] = []
        var isNew = false
        for correction in corrections {
            let known = try await work.naming { () throws(StoreError) in
                try await store.xpCorrections.find(.id(correction.id))
            }
            isNew = isNew || known == nil
            guard !work.options.isDryRun else { continue }
            let cause = "xp:\(correction.id)"
            kept.append(
                try await work.change(store.xpCorrections, .id(correction.id), cause: cause) { $0 ?? correction }
            )
        }
        report.note(isNew ? .progress : .knownProgress, identity)
        guard !kept.isEmpty else { return }
        let lines = kept.map(\.line)
        _ = try await work.naming { () throws(StoreError) in try await store.ledger.post(lines) }
    }

    /// When it was earned is not known: it counts for the day on which the person came to the predecessor, and so for
    /// no week, season or engagement of today.
    private func correction(_ part: LegacyProgress.Part, of member: Member, since: Date) -> XPCorrection {
        XPCorrection(
            id: XPCorrectionID(rawValue: "imported-\(member.id)-\(part.rule.rawValue)"),
            member: member.id,
            origin: .imported,
            rule: part.rule,
            count: part.count,
            xp: part.xp,
            day: ClubDay(since, in: settings.zone),
            at: since
        )
    }

    private func keep(
        _ badges: [Badge],
        of member: Member,
        _ identity: String,
        _ report: inout ImportReport
    ) async throws(ImportFault) {
        guard !badges.isEmpty else { return }
        let awards = try await work.naming { () throws(StoreError) in
            try await work.store.badges.awards(of: member.id)
        }
        for badge in badges {
            guard !awards.contains(where: { $0.badge == badge }) else {
                report.note(.knownBadges, identity)
                continue
            }
            report.note(.badges, identity)
            guard !work.options.isDryRun else { continue }
            let award = BadgeAward(member: member.id, badge: badge, by: nil, at: work.clock.now)
            _ = try await work.change(work.store.badges, .id(award.id), cause: "badge:\(award.id)") { $0 ?? award }
        }
    }
}
