import Domain

/// A part of the people whom the club knows: of one standing, or whom words find, and which page.
struct PeopleListing: Equatable, Sendable {
    /// People on a page.
    static let pageSize = 8

    var query = MemberQuery()
    /// From 0.
    var page = 0

    var data: String {
        let words = query.words.isEmpty ? "" : ":\(query.words.joined(separator: " "))"
        return "\(query.membership.map(Self.letter) ?? "x"):\(page)\(words)"
    }

    init(query: MemberQuery = MemberQuery(), page: Int = 0) {
        self.query = query
        self.page = page
    }

    /// - Returns: nil where `data` was not written by `data`.
    init?(data: String) {
        let parts = data.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, let page = Button.number(parts[1]) else { return nil }
        self.page = page
        if parts[0] != "x" {
            guard let membership = Membership.allCases.first(where: { Self.letter($0) == parts[0] }) else {
                return nil
            }
            query.membership = membership
        }
        guard parts.count == 3 else { return }
        query.words = SearchTokeniser.query(String(parts[2]))
        guard !query.words.isEmpty, query.words.joined(separator: " ") == parts[2] else { return nil }
    }

    private static func letter(_ membership: Membership) -> String {
        switch membership {
        case .pending: "p"
        case .active: "a"
        case .left: "l"
        case .banned: "b"
        }
    }
}
