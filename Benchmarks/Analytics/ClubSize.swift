import Foundation

/// How large the made-up club is.
struct ClubSize: Sendable {
    static let members = 10_000
    static let episodes = 1_000
    static let shows = 300
    /// Over so many days everything is spread; the last one is today.
    static let days = 364
    /// The first members came on the first day, the last ones so many weeks later.
    static let joiningWeeks = 26
    /// So many rules have a line for each show that a member was in.
    static let linesOfShow = 5

    /// How many lines each member has in the ledger: two fifths of them from shows, two fifths from listening on a day,
    /// the rest from episodes that were heard to the end.
    let linesOfMember: Int

    /// - Parameter lines: In the whole ledger; rounded down to the same number for each member.
    init(lines: Int) {
        linesOfMember = lines / Self.members
    }

    var lines: Int { linesOfMember * Self.members }
    var showsOfMember: Int { linesOfMember * 2 / 5 / Self.linesOfShow }
    var listeningDaysOfMember: Int { linesOfMember * 2 / 5 }
    var completionsOfMember: Int { linesOfMember - showsOfMember * Self.linesOfShow - listeningDaysOfMember }

    /// Whether there are as many shows and episodes as that takes.
    var isPossible: Bool {
        linesOfMember > 0 && showsOfMember <= Self.shows / 2 && completionsOfMember <= Self.episodes
            && listeningDaysOfMember <= Self.episodes
    }
}
