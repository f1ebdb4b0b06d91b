import Foundation

/// A person's right to have what the club keeps about them, and to be forgotten.
public struct Privacy: Sendable {
    /// So long a person waits before they are sent their data once more.
    public static let pauseBetweenExports: Duration = .seconds(10 * 60)
    /// So many entries of a list are looked through at most; a club is not larger.
    static let searchLimit = 20_000

    let store: any ClubStore
    let directory: MemberDirectory
    let clock: any ClubClock

    public init(store: any ClubStore, directory: MemberDirectory, clock: any ClubClock) {
        self.store = store
        self.directory = directory
        self.clock = clock
    }

    // MARK: Having one's data

    /// Lets the messenger send a person their data; they are put together when they are sent.
    /// - Throws: `.exportAgainLater` within `pauseBetweenExports`.
    public func requestExport(for member: Member, cause: Cause) async throws(ChangeFailure) {
        let now = clock.now
        let entry = directory.pen(of: member).entry(.dataExported, of: .member(member.id))
        _ = try await store.members.change(.id(member.id), cause: cause) { (member) throws(Refusal) in
            guard var member, let chat = member.privateChat else { throw .notFound }
            if let last = member.exportedAt {
                let again = last.addingTimeInterval(Self.pauseBetweenExports.seconds)
                guard now >= again else { throw .exportAgainLater(again) }
            }
            member.exportedAt = now
            let sent = OutboxDraft(
                dedupeKey: "export:\(member.id):\(Timestamp.milliseconds(now))",
                chat: chat,
                lane: .answers,
                body: .notice(.export(member.id))
            )
            return Change(member, outbox: [sent], audit: [entry])
        }
    }

    // MARK: Being forgotten

    /// Forgets a person: afterwards they are a stranger, and nothing that is kept names them.
    ///
    /// Their document stays as an empty one with its opaque id, which audit, invites and other people's decisions
    /// name. Of a banned person the number in the messenger stays with it, so that the ban cannot be evaded. Episodes
    /// stay, without their author, shows without their host; those that they were to run are cancelled, and their answers
    /// to announcements taken back. What they listened to, messages and sign-ins are erased; see `TraceStore`.
    /// Of what they have done the ledger keeps how much it was in each month.
    ///
    /// From the first step on the person is out of the club. Each step may be done again: after a crash, calling it
    /// once more finishes it.
    /// - Throws: `.ownerStays` for the owner.
    public func forget(_ member: Member, cause: Cause) async throws(ChangeFailure) {
        let id = member.id
        let first = try await begin(id, cause: Cause(rawValue: "\(cause):forget"))
        directory.roomUpdates?.departed(id)
        try await anonymiseEpisodes(of: first)
        try await leaveShows(of: first, cause: cause)
        try await eraseThanks(of: id)
        try await reading { () throws(StoreError) in try await store.traces.erase(TracedPerson(first)) }
        try await forgetRooms(of: id)
        try await forgetListening(of: id)
        try await forgetProgress(of: id)
        directory.roomUpdates?.forgotten(id)
        _ = try await store.members.change(.id(id), cause: Cause(rawValue: "\(cause):forgotten")) {
            (member) throws(Refusal) in
            guard var member else { throw .notFound }
            // The menu is taken back; it bears no name.
            let menu = OutboxDraft(key: "menu:\(id):\(cause)", to: member, notice: .menuChanged)
            member.beEmptied()
            return Change(member, outbox: [menu].compactMap { $0 })
        }
    }

    /// Ends the membership. The name stays for the moment: it is needed to find it elsewhere.
    private func begin(_ id: MemberID, cause: Cause) async throws(ChangeFailure) -> Member {
        let now = clock.now
        let entry = AuditPen(ids: directory.ids, now: now, actor: id).entry(.memberForgotten, of: .member(id))
        return try await store.members.change(.id(id), cause: cause) { (member) throws(Refusal) in
            guard var member else { throw .notFound }
            guard member.role != .owner else { throw .ownerStays }
            guard member.forgottenAt == nil else { return Change(member) }
            member.forgottenAt = now
            member.role = .member
            if member.membership != .banned { member.membership = .left }
            return Change(member, audit: [entry])
        }.state
    }

    private func anonymiseEpisodes(of author: Member) async throws(ChangeFailure) {
        for podcast in try await episodes(of: author.id, limit: Self.searchLimit) {
            let cause = Cause(rawValue: "forget:\(author.id)")
            _ = try await store.podcasts.change(.id(podcast.id), cause: cause) { (podcast) throws(Refusal) in
                guard var podcast else { throw .notFound }
                podcast.forgetAuthor(author)
                return Change(podcast)
            }
        }
    }

    /// The episodes that are known to be by a person, whatever their status, the newest first.
    func episodes(of author: MemberID, limit: Int) async throws(ChangeFailure) -> [Podcast] {
        try await reading { () throws(StoreError) in
            var found: [Podcast] = []
            for status in Podcast.Status.allCases {
                var (start, seen) = (PageStart.first, 0)
                while seen < Self.searchLimit {
                    let page = try await store.podcasts.list(PodcastQuery(status: status), from: start, limit: 200)
                    found += page.items.filter { $0.authorID == author }
                    seen += page.items.count
                    guard let next = page.next else { break }
                    start = .after(next)
                }
            }
            return Array(found.sorted { $0.listedAt > $1.listedAt }.prefix(limit))
        }
    }
}

extension Member {
    /// Whether the person has asked to be forgotten, and something of it may still be left to do.
    public var isBeingForgotten: Bool { forgottenAt != nil && telegramID != nil && membership != .banned }

    /// Leaves what names nobody.
    fileprivate mutating func beEmptied() {
        if membership != .banned { telegramID = nil }
        name = "id \(id)"
        username = nil
        settings = MemberSettings()
        requestedAt = nil
        decision = nil
        exportedAt = nil
        signedOutAt = nil
    }
}

extension Podcast {
    /// Takes the name of its author out of it. What others have written in its title and summary stays.
    fileprivate mutating func forgetAuthor(_ author: Member) {
        guard authorID == author.id else { return }
        authorID = nil
        authorName = nil
        let isTheirs = { (signature: String?) in signature?.lowercased() == author.name.lowercased() }
        if isTheirs(signature) { signature = nil }
        album?.forget(signature: isTheirs)
    }
}
