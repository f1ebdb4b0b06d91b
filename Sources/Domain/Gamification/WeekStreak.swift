/// For how many weeks a member has been active without a break.
///
/// A week without anything breaks it, but one such week in each calendar month (that of its Monday) is forgiven; it
/// counts for nothing. The running week counts once something was done in it, and breaks nothing before it is over.
public struct WeekStreak: Equatable, Sendable {
    /// So many active weeks are looked at, ten years; a longer streak is shown as this.
    public static let longest = 520

    /// How many active weeks it has.
    public private(set) var weeks = 0
    /// How many weeks between and after these were forgiven.
    public private(set) var frozen = 0
    /// Whether something was done in the running week.
    public let isActiveNow: Bool

    /// - Parameters:
    ///   - active: The weeks in which something was done, in any order.
    ///   - now: The running week.
    public init(_ active: some Sequence<ClubWeek>, now: ClubWeek) {
        let active = Set(active)
        isActiveNow = active.contains(now)
        guard let first = active.min() else { return }
        if isActiveNow { weeks = 1 }
        var forgiven: Set<String> = []
        var week = now.adding(weeks: -1)
        while week >= first {
            if active.contains(week) {
                weeks += 1
                frozen = forgiven.count
            } else if !forgiven.insert(week.monday.month).inserted {
                break
            }
            week = week.adding(weeks: -1)
        }
        if weeks == 0 { frozen = 0 }
    }
}
