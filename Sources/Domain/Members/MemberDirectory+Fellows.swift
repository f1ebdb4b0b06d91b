import Foundation

extension MemberDirectory {
    /// Those whom a member means: active ones, and of them not those who want to be hidden from others. Admins and
    /// whoever looks for themselves see them all the same.
    /// - Returns: At most `limit`, those who came last coming first.
    public func fellows(
        _ text: String,
        for reader: Member,
        limit: Int
    ) async throws(ChangeFailure) -> [Member] {
        guard reader.isActive else { throw .refused(.notAMember) }
        let text = text.trimmingCharacters(in: .whitespaces)
        if let id = text.wholeMatch(of: /[a-z0-9-]{1,40}/).map({ MemberID(rawValue: String($0.0)) }),
            let member = try await find(.id(id)), member.isSeen(by: reader)
        {
            return [member]
        }
        if text.hasPrefix("@") {
            let found = try await active(username: String(text.dropFirst()))
            return found.flatMap { $0.isSeen(by: reader) ? [$0] : nil } ?? []
        }
        let query = MemberQuery(membership: .active, words: SearchTokeniser.query(text))
        guard !query.words.isEmpty else { throw .refused(.nothingToSearch) }
        return try await Array(seen(query, by: reader).prefix(limit))
    }

    /// An active member as another one may see them.
    /// - Throws: `.notFound`, also for one who wants to be hidden.
    public func fellow(_ id: MemberID, for reader: Member) async throws(ChangeFailure) -> Member {
        guard reader.isActive else { throw .refused(.notAMember) }
        guard let member = try await find(.id(id)), member.isSeen(by: reader) else { throw .refused(.notFound) }
        return member
    }
}

extension Member {
    /// Whether `reader` may know of the person.
    public func isSeen(by reader: Member) -> Bool {
        reader.isAdmin || reader.id == id || isOnBoards
    }
}
