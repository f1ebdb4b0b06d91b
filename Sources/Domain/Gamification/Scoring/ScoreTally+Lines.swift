import Foundation

/// The lines of the ledger that a show brings.
extension ScoreTally {
    /// Whoever could be heard for so long has spoken. Source: DESIGN, section 8.
    public static let leastSpeech: Duration = .seconds(60)
    /// While a show is live, an end of a stay may not be stored yet that lies so little before the log's last line.
    public static let margin: Duration = .seconds(30)

    /// All lines, in the order of their ids.
    public func lines(_ airtime: ShowAirtime) -> [XPTransaction] { lines(airtime, of: members) }

    /// The lines of some members, in the order of their ids.
    func lines(_ airtime: ShowAirtime, of members: some Sequence<MemberID>) -> [XPTransaction] {
        let limits = limits(airtime)
        return members.flatMap { lines(airtime, of: $0, limits) }.sorted { RecordKey.precedes($0.id, $1.id) }
    }

    private func lines(
        _ airtime: ShowAirtime,
        of member: MemberID,
        _ limits: ScorePresence.Limits?
    ) -> [XPTransaction] {
        var counts = deeds[member]?.counts ?? [:]
        counts[.supportReceived] = deeds[member]?.givers.count
        counts[.supportGiven] = deeds[member]?.thanked.count
        if let limits {
            let time = presence.seated(member, limits)
            if time > 0 { (counts[.joined], counts[.liveTime]) = (1, time) }
            if presence.heard(member, limits) >= Self.leastSpeech.wholeMilliseconds { counts[.speech] = 1 }
        }
        return counts.compactMap { rule, count in
            guard count > 0, let xp = rule.xp(for: count) else { return nil }
            return XPTransaction(
                member: member,
                rule: rule,
                source: .show(airtime.session),
                count: count,
                xp: xp,
                day: airtime.day,
                at: airtime.start
            )
        }
    }

    /// Up to when stays count: never beyond the log's last line, for a process that ends without a word leaves nothing
    /// behind that is later.
    private func limits(_ airtime: ShowAirtime) -> ScorePresence.Limits? {
        guard let lastAt else { return nil }
        let end = [airtime.end, loggedEnd, lastAt].compactMap { $0 }.min() ?? lastAt
        let sure = airtime.isSettled ? lastAt : lastAt.later(by: .zero - Self.margin)
        return ScorePresence.Limits(start: airtime.start, end: end, endOfOpen: min(sure, end))
    }
}
