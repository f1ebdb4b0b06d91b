/// What people have come for who are not in the club yet.
extension MemberDirectory {
    /// Somebody who waits for an answer opens an episode's link: they get that one when they are let in.
    public func remember(_ wanted: PodcastID, for id: MemberID, cause: Cause) async throws(ChangeFailure) {
        _ = try await store.members.change(.id(id), cause: cause) { (member) throws(Refusal) in
            guard var member else { throw .notFound }
            guard member.membership == .pending else { return Change(member) }
            member.wanted = wanted
            return Change(member)
        }
    }
}
