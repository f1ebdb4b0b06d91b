import Foundation

/// What happened in the club, for admins to read.
public struct AuditLog: Sendable {
    private let store: any ClubStore

    public init(store: any ClubStore) {
        self.store = store
    }

    /// An entry, with the names of the people whom it concerns as they are called today.
    public struct Line: Sendable {
        public var entry: AuditEntry
        /// Nil where nobody of the club did it, or they are not known any more.
        public var actor: Member?
        /// Nil where it was done to a thing.
        public var subject: Member?
        /// The title, as it is today, of the episode to which it was done.
        public var episode: String?
    }

    /// A part of the list, the newest first.
    /// - Throws: `.notAllowed` where `reader` is no admin.
    public func lines(
        for reader: Member,
        after cursor: PageCursor?,
        limit: Int
    ) async throws(ChangeFailure) -> Page<Line> {
        guard reader.isAdmin else { throw .refused(.notAllowed) }
        return try await reading { () throws(StoreError) in
            let page = try await store.audit.list(after: cursor, limit: limit)
            var known: [MemberID: Member] = [:]
            var lines: [Line] = []
            for entry in page.items {
                var subject: MemberID?
                if case .member(let id) = entry.subject { subject = id }
                for id in [entry.actor, subject].compactMap({ $0 }) where known[id] == nil {
                    known[id] = try await store.members.find(.id(id))
                }
                lines.append(
                    Line(
                        entry: entry,
                        actor: entry.actor.flatMap { known[$0] },
                        subject: subject.flatMap { known[$0] },
                        episode: try await title(entry.subject)
                    )
                )
            }
            return Page(items: lines, next: page.next)
        }
    }

    private func title(_ subject: AuditSubject) async throws(StoreError) -> String? {
        guard case .episode(let id) = subject else { return nil }
        return try await store.podcasts.find(.id(id))?.title
    }
}
