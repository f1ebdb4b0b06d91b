import Foundation

/// Counts what members listen to, from what their players say.
///
/// Three documents follow one another: the day, which is the truth, how far the member is with the episode, and the
/// figures of the episode; then the ledger. A beat that comes once more, because its answer was lost or the program
/// was stopped between two of them, does what was left to do, and so does the next one.
public struct Listening: Sendable {
    /// What became of a beat.
    public struct Answer: Equatable, Sendable {
        public let listen: Listen
        /// What it was credited with.
        public let credited: Duration
    }

    /// So many of the episodes that were listened to last are looked through for one to go on with.
    private static let lookedThrough = 20

    let store: any ClubStore
    let clock: any ClubClock
    /// Told whose lines of the ledger have changed.
    let changed: @Sendable (Set<MemberID>) async -> Void

    public init(
        store: any ClubStore,
        clock: any ClubClock,
        changed: @escaping @Sendable (Set<MemberID>) async -> Void = { _ in }
    ) {
        self.store = store
        self.clock = clock
        self.changed = changed
    }

    /// How far a member is with an episode; nil where they have not begun.
    public func listen(_ member: MemberID, to podcast: PodcastID) async throws(ChangeFailure) -> Listen? {
        try await reading { () throws(StoreError) in
            try await store.listens.find(.id(ListenID(member, podcast)))
        }
    }

    /// How far a member is with each of these episodes; those that were not begun are left out.
    public func listens(
        _ member: MemberID,
        to podcasts: [PodcastID]
    ) async throws(ChangeFailure) -> [PodcastID: Listen] {
        guard !podcasts.isEmpty else { return [:] }
        let found = try await reading { () throws(StoreError) in
            try await store.listens.find(ids: podcasts.map { ListenID(member, $0) })
        }
        return Dictionary(found.map { ($0.podcast, $0) }) { first, _ in first }
    }

    /// The published episode that a member has listened to last and not to its end; nil where there is none.
    public func unfinished(of member: MemberID) async throws(ChangeFailure) -> (listen: Listen, podcast: Podcast)? {
        try await reading { () throws(StoreError) in
            let last = try await store.listens.listens(of: member, limit: Self.lookedThrough)
            for listen in last where listen.position != nil {
                let podcast = try await store.podcasts.find(.id(listen.podcast))
                guard let podcast, podcast.status == .published else { continue }
                return (listen, podcast)
            }
            return nil
        }
    }

    /// Takes a beat of a member's player. `podcast`: the episode that is played, as it is at this moment.
    /// - Throws: `.refused(.listening)`; then nothing has changed, and the position stays where it was.
    public func take(
        _ beat: Heartbeat,
        of podcast: Podcast,
        by member: MemberID
    ) async throws(ChangeFailure) -> Answer {
        let now = clock.now
        let sound = EpisodeSound(podcast)
        let known = try await listen(member, to: podcast.id)
        let today = try await day(of: member, now: now)
        let taken = try await store.listeningDays.change(.id(today.id), cause: beat.cause) { (day) throws(Refusal) in
            var day = day ?? today
            do throws(BeatRefusal) {
                try day.take(
                    beat,
                    of: podcast.id,
                    sound: sound,
                    known: known?.heard ?? HeardEpisode(),
                    isCompleted: known?.completedAt != nil,
                    now: now
                )
            } catch {
                throw .listening(error)
            }
            return Change(day)
        }
        let day = taken.state
        let listen = try await follow(day, podcast.id, sound, beat: beat, now: now)
        try await post(day)
        return Answer(listen: listen, credited: .milliseconds(taken.isRepeat ? 0 : day.gate?.credited ?? 0))
    }

    /// Hands to the figures of episodes what a stopped program has left behind. It may be done at any time.
    public func countWhatIsLeft() async throws(ChangeFailure) {
        let left = try await reading { () throws(StoreError) in try await store.listens.beingCounted(limit: 1_000) }
        for listen in left { _ = try await count(listen) }
    }

    // MARK: Parts

    /// The day as it begins. Before the first beat of one is taken, it is seen to that everything has what the
    /// member's last day says.
    private func day(of member: MemberID, now: Date) async throws(ChangeFailure) -> ListeningDay {
        let (settings, last) = try await reading { () throws(StoreError) in
            let settings = try await store.settings.find(.club) ?? ClubSettings()
            return (settings, try await store.listeningDays.days(of: member, limit: 1).first)
        }
        let today = ListeningDay(member: member, day: ClubDay(now, in: settings.zone))
        guard let last, last.day < today.day else { return today }
        for episode in last.episodes {
            let id = ListenID(member, episode.podcast)
            let cause = Cause(rawValue: "day:\(last.id)")
            _ = try await store.listens.change(.id(id), cause: cause) { (listen) throws(Refusal) in
                var listen = listen ?? Listen(member: member, podcast: episode.podcast, now: episode.since)
                listen.take(episode)
                return Change(listen)
            }
        }
        try await post(last)
        return today
    }

    /// Lets the listen and the figures follow the day.
    private func follow(
        _ day: ListeningDay,
        _ podcast: PodcastID,
        _ sound: EpisodeSound,
        beat: Heartbeat,
        now: Date
    ) async throws(ChangeFailure) -> Listen {
        let member = day.member
        let episode = day.episode(podcast)
        let id = ListenID(member, podcast)
        let listen = try await store.listens.change(.id(id), cause: beat.cause) { (listen) throws(Refusal) in
            var listen = listen ?? Listen(member: member, podcast: podcast, now: now)
            listen.take(episode)
            listen.move(to: beat, sound: sound, now: now)
            if episode != nil {
                listen.counted.prepare(
                    points: sound.points(of: listen.heard),
                    isCompleted: listen.completedAt != nil,
                    isPausing: beat.state == .paused || beat.state == .ended
                )
            }
            return Change(listen)
        }.state
        return try await count(listen)
    }

    /// Adds the batch that a listen has, where it has one, to the figures of its episode.
    private func count(_ listen: Listen) async throws(ChangeFailure) -> Listen {
        guard let batch = listen.counted.batch else { return listen }
        let cause = Cause(rawValue: "listen:\(listen.id):\(batch.number)")
        _ = try await store.episodeFigures.change(.id(listen.podcast), cause: cause) { (figures) throws(Refusal) in
            var figures = figures ?? EpisodeFigures(id: listen.podcast)
            figures.add(batch)
            return Change(figures)
        }
        return try await store.listens.change(.id(listen.id), cause: cause) { (stored) throws(Refusal) in
            guard var stored else { throw .notFound }
            stored.counted.settle(batch.number)
            return Change(stored)
        }.state
    }

    private func post(_ day: ListeningDay) async throws(ChangeFailure) {
        let lines = day.lines
        guard !lines.isEmpty else { return }
        let members = try await reading { () throws(StoreError) in try await store.ledger.post(lines) }
        if !members.isEmpty { await changed(members) }
    }
}
