import Foundation

/// Which people an admin looks for.
public struct MemberQuery: Equatable, Sendable {
    /// Only people of this standing; nil: all.
    public var membership: Membership?
    /// As `SearchTokeniser.query` gives them: each has to begin a word of name or @name. Empty: all.
    public var words: [String]

    public init(membership: Membership? = nil, words: [String] = []) {
        self.membership = membership
        self.words = words
    }

    func fits(_ member: Member) -> Bool {
        let tokens = SearchTokeniser.tokens("\(member.name) \(member.username ?? "")", limit: 64)
        return words.allSatisfy { word in tokens.contains { $0.utf8.starts(with: word.utf8) } }
    }
}

/// How an admin names a person.
public enum MemberReference: Equatable, Sendable {
    /// Telegram's @name without the @, in any case.
    case username(String)
    /// The number in Telegram.
    case telegram(TelegramUserID)
    case id(MemberID)
}

extension MemberDirectory {
    /// So many people are looked through for a name; a club is not larger.
    static let searchLimit = 20_000
    /// So many at a time.
    private static let searchPage = 500

    /// A part of the people whom the club knows, those who came last coming first, and how many there are in all.
    /// - Throws: `.notAllowed` where `admin` is none.
    public func people(
        _ query: MemberQuery,
        offset: Int,
        limit: Int,
        for admin: Member
    ) async throws(ChangeFailure) -> (items: [Member], total: Int) {
        guard admin.isAdmin else { throw .refused(.notAllowed) }
        guard query.words.isEmpty else {
            let found = try await search(query.membership, where: query.fits)
            return (Array(found.dropFirst(offset).prefix(limit)), found.count)
        }
        return try await reading { () throws(StoreError) in
            let page = try await store.members.list(query.membership, from: .offset(offset), limit: limit)
            var total = 0
            for membership in query.membership.map({ [$0] }) ?? Membership.allCases {
                total += try await store.members.count(membership)
            }
            return (page.items, total)
        }
    }

    /// The people whom an admin means: one, or those who have or had the same @name.
    /// - Throws: `.notAllowed`; `.notFound` where there is none.
    public func people(_ reference: MemberReference, for admin: Member) async throws(ChangeFailure) -> [Member] {
        guard admin.isAdmin else { throw .refused(.notAllowed) }
        let found: [Member]
        switch reference {
        case .id(let id): found = [try await find(.id(id))].compactMap { $0 }
        case .telegram(let id): found = [try await find(.telegram(id))].compactMap { $0 }
        case .username(let name):
            found = try await search(nil) { $0.username?.lowercased() == name.lowercased() }
        }
        guard !found.isEmpty else { throw .refused(.notFound) }
        return found
    }

    /// The active member whose @name this is, in any case, without the @.
    public func active(username: String) async throws(ChangeFailure) -> Member? {
        try await search(.active) { $0.username?.lowercased() == username.lowercased() }.first
    }

    /// People who came from elsewhere and can be linked with a Telegram account, those who came last coming first, and
    /// how many there are in all. For whoever runs the machine.
    /// - `words`: As in `MemberQuery`.
    public func claimable(
        words: [String],
        offset: Int,
        limit: Int
    ) async throws(ChangeFailure) -> (items: [Member], total: Int) {
        let query = MemberQuery(membership: .left, words: words)
        let found = try await search(query.membership) { $0.isClaimable && query.fits($0) }
        return (Array(found.dropFirst(offset).prefix(limit)), found.count)
    }

    /// Who made an episode: whoever said so, else the one active member who is called as its post is signed.
    public func poster(of podcast: Podcast) async throws(ChangeFailure) -> Member? {
        if let author = podcast.authorID { return try await find(.id(author)) }
        guard let signature = podcast.signature?.lowercased(), !signature.isEmpty else { return nil }
        let called = try await search(.active) { $0.name.lowercased() == signature }
        return called.count == 1 ? called.first : nil
    }

    /// People whom a query finds and whom `reader` may know of.
    func seen(_ query: MemberQuery, by reader: Member) async throws(ChangeFailure) -> [Member] {
        try await search(query.membership) { $0.isSeen(by: reader) && query.fits($0) }
    }

    private func search(
        _ membership: Membership?,
        where fits: (Member) -> Bool
    ) async throws(ChangeFailure) -> [Member] {
        var found: [Member] = []
        var (start, seen) = (PageStart.first, 0)
        while seen < Self.searchLimit {
            let from = start
            let page = try await reading { () throws(StoreError) in
                try await store.members.list(membership, from: from, limit: Self.searchPage)
            }
            found += page.items.filter(fits)
            seen += page.items.count
            guard let next = page.next else { break }
            start = .after(next)
        }
        return found
    }
}
