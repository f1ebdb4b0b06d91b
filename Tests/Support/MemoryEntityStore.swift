import Domain
import Foundation

/// One collection of a `MemoryClubStore`.
struct MemoryEntityStore<Entity: MemoryDocument>: EntityStore {
    let club: MemoryClubStore
    let place: any WritableKeyPath<MemoryState, MemoryCollection<Entity>> & Sendable

    func find(_ key: Entity.Key) async throws(StoreError) -> Entity? {
        try club.read { (state) throws(StoreError) in
            let found = state[keyPath: place].find(key)
            if let found, state.spoilt == "\(found.id)" {
                throw .corrupt(collection: Entity.collection, detail: "spoilt by the test")
            }
            return found
        }
    }

    func find(ids: [Entity.ID]) async throws(StoreError) -> [Entity] {
        try club.read { state in Set(ids).compactMap { state[keyPath: place].documents[$0] } }
    }

    func change(
        _ key: Entity.Key,
        cause: Cause,
        _ rule: @escaping @Sendable (Entity?) throws(Refusal) -> Change<Entity>
    ) async throws(ChangeFailure) -> Change<Entity> {
        let now = club.clock.now
        let outcome: Result<Change<Entity>, Refusal>
        do {
            outcome = try club.write { (state) throws(StoreError) in
                let current = state[keyPath: place].find(key)
                if let current, state[keyPath: place].hasApplied(cause, to: current.id) {
                    return .success(Change(current, isRepeat: true))
                }
                let decision = Result { () throws(Refusal) in try rule(current) }
                guard case .success(let change) = decision else { return decision }
                guard state[keyPath: place].keep(change.state, insteadOf: current, cause: cause, now: now) else {
                    throw .conflict(collection: Entity.collection)
                }
                state.append(change.outbox, now: now)
                state.append(change.audit)
                return .success(Change(change.state, outbox: change.outbox, audit: change.audit))
            }
        } catch {
            throw .store(error)
        }
        switch outcome {
        case .success(let change): return change
        case .failure(let refusal): throw .refused(refusal)
        }
    }

    /// All documents that fit, in no order.
    func all(where fits: (Entity) -> Bool) throws(StoreError) -> [Entity] {
        try club.read { $0[keyPath: place].documents.values.filter(fits) }
    }
}

extension MemoryEntityStore: MemberStore where Entity == Member {
    func active(atLeast role: Role) async throws(StoreError) -> [Member] {
        try all { $0.isActive && $0.role >= role }.sorted {
            ($0.createdAt, $0.id.rawValue) < ($1.createdAt, $1.id.rawValue)
        }
    }

    func pending(limit: Int) async throws(StoreError) -> [Member] {
        let waiting = try all { $0.membership == .pending }.sorted {
            ($0.requestedAt ?? $0.createdAt, $0.id.rawValue) < ($1.requestedAt ?? $1.createdAt, $1.id.rawValue)
        }
        return Array(waiting.prefix(max(0, limit)))
    }

    func toCheck(_ urgency: MembershipCheck.Urgency, now: Date, limit: Int) async throws(StoreError) -> [Member] {
        let due = try all { $0.check.map { $0.urgency == urgency && $0.dueAt <= now } ?? false }
        let place = { (member: Member) in (member.check?.dueAt ?? .distantPast, member.id.rawValue) }
        return Array(due.sorted { place($0) < place($1) }.prefix(max(0, limit)))
    }

    func list(
        _ membership: Membership?,
        from start: PageStart,
        limit: Int
    ) async throws(StoreError) -> Page<Member> {
        let fitting = try all { membership == nil || $0.membership == membership }
        var rest = fitting.sorted { $0.place > $1.place }[...]
        switch start {
        case .first: break
        case .after(let cursor): rest = rest.drop { $0.place >= (cursor.time, cursor.id) }
        case .offset(let count): rest = rest.dropFirst(max(0, count))
        }
        let items = Array(rest.prefix(max(0, limit)))
        let last = rest.count > items.count ? items.last : nil
        return Page(items: items, next: last.map { PageCursor(time: $0.place.time, id: $0.place.id) })
    }

    func joinings() async throws(StoreError) -> [MemberJoining] {
        try all { $0.joinedAt != nil }.compactMap(MemberJoining.init).sorted {
            ($0.at, $0.id.rawValue) < ($1.at, $1.id.rawValue)
        }
    }

    func oldest() async throws(StoreError) -> Member? {
        try all { _ in true }.min { ($0.createdAt, $0.id.rawValue) < ($1.createdAt, $1.id.rawValue) }
    }

    func count(_ membership: Membership) async throws(StoreError) -> Int {
        try all { $0.membership == membership }.count
    }
}

extension MemoryEntityStore: InviteStore where Entity == Invite {
    func running(now: Date, limit: Int) async throws(StoreError) -> [Invite] {
        let running = try all { $0.endsAt > now }.sorted {
            ($0.createdAt, $0.id.rawValue) > ($1.createdAt, $1.id.rawValue)
        }
        return Array(running.prefix(max(0, limit)))
    }
}

extension MemoryEntityStore: BroadcastStore where Entity == Broadcast {
    func list(after cursor: PageCursor?, limit: Int) async throws(StoreError) -> Page<Broadcast> {
        let place = { (broadcast: Broadcast) in (broadcast.listedAt ?? .distantPast, broadcast.id.rawValue) }
        let newest = try all { $0.listedAt != nil }.sorted { place($0) > place($1) }
        let rest = newest.drop { broadcast in cursor.map { place(broadcast) >= ($0.time, $0.id) } ?? false }
        let items = Array(rest.prefix(max(0, limit)))
        return Page(items: items, next: rest.count > items.count ? items.last?.cursor : nil)
    }

    func open(limit: Int) async throws(StoreError) -> [Broadcast] {
        let place = { (broadcast: Broadcast) in (broadcast.isOpenSince ?? .distantPast, broadcast.id.rawValue) }
        let open = try all { $0.isOpenSince != nil }.sorted { place($0) < place($1) }
        return Array(open.prefix(max(0, limit)))
    }
}

extension MemoryEntityStore: AuthSessionStore where Entity == AuthSession {
    func open(of member: MemberID, now: Date) async throws(StoreError) -> [AuthSession] {
        try all { $0.memberID == member && $0.isOpen(at: now) }.sorted {
            ($0.createdAt, $0.id.rawValue) > ($1.createdAt, $1.id.rawValue)
        }
    }
}

extension MemoryEntityStore: PodcastStore where Entity == Podcast {
    func list(_ query: PodcastQuery, from start: PageStart, limit: Int) async throws(StoreError) -> Page<Podcast> {
        var rest = try all { $0.fits(query) }.sorted { $0.place > $1.place }[...]
        switch start {
        case .first: break
        case .after(let cursor): rest = rest.drop { $0.place >= (cursor.time, cursor.id) }
        case .offset(let count): rest = rest.dropFirst(max(0, count))
        }
        let items = Array(rest.prefix(max(0, limit)))
        let last = rest.count > items.count ? items.last : nil
        return Page(items: items, next: last.map { PageCursor(time: $0.place.time, id: $0.place.id) })
    }

    func count(_ query: PodcastQuery) async throws(StoreError) -> Int {
        try all { $0.fits(query) }.count
    }

    func tags(from offset: Int, limit: Int) async throws(StoreError) -> [TagCount] {
        let keys = try all { $0.status == .published }.flatMap(\.tagKeys)
        let counts = keys.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }.map(TagCount.init(tag:episodes:))
        let sorted = counts.sorted { left, right in
            guard left.episodes == right.episodes else { return left.episodes > right.episodes }
            return left.tag.utf8.lexicographicallyPrecedes(right.tag.utf8)
        }
        return Array(sorted.dropFirst(max(0, offset)).prefix(min(max(0, limit), TagCount.most)))
    }

    func random(_ draw: Draw) async throws(StoreError) -> Podcast? {
        let published = try all { $0.status == .published }.sorted { $0.place > $1.place }
        return draw.index(of: published.count).map { published[$0] }
    }

    func withRecordingsToFetch(limit: Int) async throws(StoreError) -> [Podcast] {
        let waiting = try all(where: \.awaitsFiles)
        let oldestFirst = waiting.sorted { ($0.createdAt, $0.id.rawValue) < ($1.createdAt, $1.id.rawValue) }
        return Array(oldestFirst.prefix(max(0, limit)))
    }

    func withRecordingsToPrepare(limit: Int) async throws(StoreError) -> [Podcast] {
        let waiting = try all { $0.recordings.contains { $0.fileToPrepare != nil } }
        return Array(waiting.sorted { $0.place > $1.place }.prefix(max(0, limit)))
    }

    func incomplete(limit: Int) async throws(StoreError) -> [Podcast] {
        let incomplete = try all { $0.completesAt != nil }
        let place = { (podcast: Podcast) in (podcast.completesAt ?? .distantPast, podcast.id.rawValue) }
        return Array(incomplete.sorted { place($0) < place($1) }.prefix(max(0, limit)))
    }
}

extension MemoryEntityStore: ClubSettingsStore where Entity == ClubSettings {}

extension MemoryEntityStore: SignInLinkStore where Entity == SignInLink {}

extension Member {
    fileprivate var place: (time: Date, id: String) { (createdAt, id.rawValue) }
}

extension Podcast {
    fileprivate var place: (time: Date, id: String) { (listedAt, id.rawValue) }

    fileprivate func fits(_ query: PodcastQuery) -> Bool {
        guard status == query.status, query.tag.map(tagKeys.contains) ?? true else { return false }
        let tokens = searchTokens
        return query.words.allSatisfy { word in tokens.contains { $0.utf8.starts(with: word.utf8) } }
    }
}
