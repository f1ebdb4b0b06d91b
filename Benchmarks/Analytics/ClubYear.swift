import Domain
import Foundation

/// What is in the made-up club, and when it happened: the same in every run.
struct ClubYear: Sendable {
    /// Noon of the last day.
    static let now = Date(timeIntervalSince1970: 1_780_315_200)

    /// From the first to the last.
    let days: [ClubDay]

    init() {
        let today = ClubDay(Self.now, in: .gmt)
        days = (1 - ClubSize.days...0).map { today.adding(days: $0) }
    }

    func member(_ number: Int) -> MemberID { MemberID(rawValue: "member\(number)") }

    func episode(_ number: Int) -> PodcastID { PodcastID(rawValue: "episode\(number)") }

    func show(_ number: Int) -> LiveSessionID { LiveSessionID(rawValue: "show\(number)") }

    /// On which of the days a member came.
    func joining(of member: Int) -> Int { member % ClubSize.joiningWeeks * 7 }

    /// On which of the days a show was.
    func day(ofShow number: Int) -> Int { number * ClubSize.days / ClubSize.shows }

    /// Within one of the days.
    func moment(on day: Int, hour: Int = 18) -> Date {
        Self.now.addingTimeInterval(Double(day + 1 - ClubSize.days) * 86_400 + Double(hour - 12) * 3_600)
    }

    // MARK: The ledger

    /// All lines of a member.
    func lines(of member: Int, _ size: ClubSize) -> [XPTransaction] {
        (0..<size.showsOfMember).flatMap { lines(of: member, inShow: $0) }
            + (0..<size.listeningDaysOfMember).map { listening(of: member, $0) }
            + (0..<size.completionsOfMember).map { completion(of: member, $0) }
    }

    private func lines(of member: Int, inShow place: Int) -> [XPTransaction] {
        let joined = joining(of: member)
        let first = (0..<ClubSize.shows).first { self.day(ofShow: $0) >= joined } ?? 0
        let number = first + (member * 7 + place) % (ClubSize.shows - first)
        let counts: [(XPRule, Int)] = [
            (.joined, 1), (.liveTime, (10 + place % 50) * 60_000), (.chat, 1 + place % 30), (.reaction, 1 + place % 10),
            (.opened, 1),
        ]
        let day = self.day(ofShow: number)
        return counts.map { rule, count in
            line(member, rule, .show(show(number)), count: count, xp: rule.xp(for: count) ?? 0, on: day)
        }
    }

    private func listening(of member: Int, _ place: Int) -> XPTransaction {
        let day = self.day(after: joining(of: member), place)
        let minutes = 5 + place % 40
        let source = XPSource.listening(episode((member * 31 + place * 7) % ClubSize.episodes), on: days[day])
        return line(member, .episodeTime, source, count: minutes * 60_000, xp: minutes, on: day)
    }

    private func completion(of member: Int, _ place: Int) -> XPTransaction {
        let day = self.day(after: joining(of: member), place)
        let source = XPSource.episode(episode((member * 17 + place) % ClubSize.episodes))
        return line(member, .episodeCompleted, source, count: 1, xp: 10, on: day)
    }

    /// A day on which somebody was there.
    private func day(after joined: Int, _ place: Int) -> Int { joined + place * 3 % (ClubSize.days - joined) }

    private func line(
        _ member: Int,
        _ rule: XPRule,
        _ source: XPSource,
        count: Int,
        xp: Int,
        on day: Int
    ) -> XPTransaction {
        XPTransaction(
            member: self.member(member),
            rule: rule,
            source: source,
            count: count,
            xp: xp,
            day: days[day],
            at: moment(on: day)
        )
    }
}
