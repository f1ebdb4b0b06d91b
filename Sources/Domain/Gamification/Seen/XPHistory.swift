import Foundation

/// A member's ledger, to be read: lines of the same show, or of the same episode and day, belong together.
public struct XPHistory: Sendable {
    /// What one show, one episode on one day, or one correction brought.
    public struct Group: Equatable, Sendable {
        public var lines: [XPTransaction]
        /// The show's or the episode's title; nil where it has none, or is not known any more.
        public var title: String?
        /// Why an admin gave or took, where they said so.
        public var reason: String?

        public var day: ClubDay { lines.first?.day ?? ClubDay(.distantPast, in: .gmt) }
        public var xp: Int { lines.reduce(0) { $0 + $1.xp } }
        /// From what it came.
        public var source: XPSource? { lines.first?.source }
    }

    private let store: any ClubStore

    public init(store: any ClubStore) {
        self.store = store
    }

    /// A part of a member's ledger, the newest first; what a group has beyond the part stands in the next one.
    public func groups(
        of member: MemberID,
        from start: PageStart,
        limit: Int
    ) async throws(ChangeFailure) -> Page<Group> {
        try await reading { () throws(StoreError) in
            let page = try await store.ledger.lines(of: member, from: start, limit: limit)
            var groups: [Group] = []
            for line in page.items where line.rule != .opened {
                if let last = groups.last?.lines.last, last.source.belongs(with: line.source), last.day == line.day {
                    groups[groups.count - 1].lines.append(line)
                } else {
                    groups.append(Group(lines: [line]))
                }
            }
            for index in groups.indices { try await name(&groups[index]) }
            return Page(items: groups, next: page.next)
        }
    }

    private func name(_ group: inout Group) async throws(StoreError) {
        switch group.source {
        case .show(let id)?: group.title = try await store.liveSessions.find(.id(id))?.title
        case .episode(let id)?, .listening(let id, _)?: group.title = try await store.podcasts.find(.id(id))?.title
        case .correction(let id)?: group.reason = try await store.xpCorrections.find(.id(id))?.reason
        case nil: break
        }
    }
}

extension XPSource {
    /// Whether two lines are told together.
    fileprivate func belongs(with other: XPSource) -> Bool {
        switch (self, other) {
        case (.show(let left), .show(let right)): left == right
        case (.correction, _), (_, .correction), (.show, _), (_, .show): false
        case (.episode, _), (.listening, _): podcast == other.podcast
        }
    }

    private var podcast: PodcastID? {
        switch self {
        case .episode(let id), .listening(let id, _): id
        case .show, .correction: nil
        }
    }
}
