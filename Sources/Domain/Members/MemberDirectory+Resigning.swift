import Foundation

extension MemberDirectory {
    /// A member leaves the club. It holds at once: they are looked up as somebody who has left at their next request,
    /// and are signed out everywhere. They may come back as everybody may.
    /// - Throws: `.notAMember`; `.ownerStays` for the owner, without whom the club would be nobody's.
    public func resign(_ id: MemberID, cause: Cause) async throws(ChangeFailure) -> Member {
        let pen = AuditPen(ids: ids, now: clock.now, actor: id)
        let member = try await store.members.change(.id(id), cause: cause) { (member) throws(Refusal) in
            guard let before = member, var member, member.isActive else { throw .notAMember }
            guard member.role != .owner else { throw .ownerStays }
            member.leave()
            member.role = .member
            // So that they need not wait as somebody who was declined.
            member.decision = nil
            return Change(
                member,
                outbox: member.menuDrafts(since: before, cause),
                audit: [pen.entry(.memberLeft, of: .member(id), [.from: before.role.rawValue])]
            )
        }.state
        try await endSessions(of: id, cause: cause)
        return member
    }
}
