import Foundation

/// Leaves of a person who is forgotten how much they did in each month by each rule, and nothing about what.
struct LedgerForgetting: Sendable {
    /// So many lines are read at a time.
    private static let page = 500

    let store: any ClubStore

    /// Puts corrections in the place of a person's lines. It may be done again, and finishes what a crash interrupted:
    /// the corrections are stored before the lines go, and each of them once.
    ///
    /// Corrections that were there before stay, without the words that somebody wrote about them.
    func forget(_ member: MemberID) async throws(StoreError) {
        let known = try await corrections(of: member)
        let zone = try await store.settings.find(.club)?.zone ?? ClubSettings().zone
        for correction in try await remains(of: member, in: zone)
        where !known.contains(where: { $0.id == correction.id }) {
            try await keep(correction)
        }
        for correction in known where correction.reason != nil { try await silence(correction) }
        try await store.ledger.erase(member)
        try await store.ledger.post(try await corrections(of: member).map(\.line))
    }

    /// What a person's lines come to, by rule and month; corrections are left out.
    private func remains(of member: MemberID, in zone: TimeZone) async throws(StoreError) -> [XPCorrection] {
        struct Part: Hashable {
            let rule: XPRule
            let month: String
        }
        var sums: [Part: LedgerSums.Sum] = [:]
        var start = PageStart.first
        while true {
            let page = try await store.ledger.lines(of: member, from: start, limit: Self.page)
            for line in page.items where line.source.isDeed {
                let part = Part(rule: line.rule, month: line.day.month)
                sums[part, default: LedgerSums.Sum()].count += line.count
                sums[part, default: LedgerSums.Sum()].xp += line.xp
            }
            guard let next = page.next else { break }
            start = .after(next)
        }
        return sums.compactMap { part, sum in
            guard let first = ClubDay(rawValue: "\(part.month)-01") else { return nil }
            return XPCorrection(
                id: XPCorrectionID(rawValue: "forgotten-\(member)-\(part.rule.rawValue)-\(part.month)"),
                member: member,
                origin: .forgotten,
                rule: part.rule,
                count: sum.count,
                xp: sum.xp,
                day: first,
                at: first.start(in: zone)
            )
        }
    }

    private func corrections(of member: MemberID) async throws(StoreError) -> [XPCorrection] {
        try await store.xpCorrections.corrections(of: member, limit: 100_000)
    }

    private func keep(_ correction: XPCorrection) async throws(StoreError) {
        try await change(correction.id, cause: "keep") { $0 ?? correction }
    }

    private func silence(_ correction: XPCorrection) async throws(StoreError) {
        try await change(correction.id, cause: "silence") { known in
            var silent = known ?? correction
            silent.reason = nil
            return silent
        }
    }

    private func change(
        _ id: XPCorrectionID,
        cause: String,
        _ edit: @escaping @Sendable (XPCorrection?) -> XPCorrection
    ) async throws(StoreError) {
        do throws(ChangeFailure) {
            _ = try await store.xpCorrections.change(.id(id), cause: Cause(rawValue: "forgotten:\(cause)")) { known in
                Change(edit(known))
            }
        } catch {
            // The rule refuses nothing.
            if case .store(let failure) = error { throw failure }
        }
    }
}
