import Foundation

/// The club's library: recordings come in and become episodes, members look them up.
public struct PodcastLibrary: Sendable {
    let store: any ClubStore
    let directory: MemberDirectory
    let clock: any ClubClock
    let ids: IDSource
    /// The title of an episode that says nothing about itself: what the club's language of that moment makes of a date.
    public let untitled: @Sendable (_ postedAt: Date, _ zone: TimeZone) async -> String

    public init(
        store: any ClubStore,
        directory: MemberDirectory,
        clock: any ClubClock,
        ids: IDSource,
        untitled: @escaping @Sendable (_ postedAt: Date, _ zone: TimeZone) async -> String
    ) {
        self.store = store
        self.directory = directory
        self.clock = clock
        self.ids = ids
        self.untitled = untitled
    }

    // MARK: Recordings come in

    /// Takes a recording that was posted or edited in the recording channel; the admins are told what became of it.
    ///
    /// Any bot that sees the post may hand it over, in any order and repeatedly: the first makes the episode, the
    /// others add the id by which they send the file.
    /// - Returns: The episode to which the post belongs now.
    public func receive(_ post: RecordingPost, cause: Cause) async throws(ChangeFailure) -> Podcast {
        let desk = try await desk()
        try await detachIfReplaced(post, cause: cause)
        var post = post
        var key = try await place(of: &post)
        // Only what is no part of an episode yet may be a show's recording.
        let show = try await find(key) == nil ? try await shows.recordings.episode(for: post) : nil
        if let show { key = .id(show) }
        let reception = RecordingReception(
            post: post,
            fallbackTitle: await untitled(post.postedAt, try await zone()),
            fileOwner: try await owner(of: post.file.uniqueID, otherThan: post.post),
            newID: ids.next(),
            newRecordingID: ids.next(),
            isOfShow: show != nil,
            now: clock.now
        )
        let podcast = try await store.podcasts.change(key, cause: cause) { known in
            let (podcast, outcome) = reception.decide(over: known)
            return Change(podcast, outbox: Self.notices(outcome, of: podcast, cause: cause, to: desk))
        }.state
        try await shows.recordings.settle(podcast)
        return podcast
    }

    /// The club's shows, whose recordings come in here.
    var shows: LiveSessions { LiveSessions(store: store, directory: directory, clock: clock, ids: ids) }

    /// How the episode is found to which a post belongs. A part of an album that was parted is a post of its own.
    private func place(of post: inout RecordingPost) async throws(ChangeFailure) -> Podcast.Key {
        let own = Podcast.Key.postOrFile(post.post, post.file.uniqueID)
        guard let album = post.album else { return own }
        if try await find(.album(album))?.album?.isSplit == true { post.album = nil }
        let isKnown = try await find(own) != nil
        return isKnown || post.album == nil ? own : .album(album)
    }

    /// Episodes with a recording that is still to be fetched, the oldest first.
    public func recordingsToFetch(limit: Int) async throws(StoreError) -> [Podcast] {
        try await store.podcasts.withRecordingsToFetch(limit: limit)
    }

    /// Writes down where a recording's file is now. Where it can be heard in the messenger only, the admins and its
    /// poster are told.
    /// `file`: the file of which this is known. Nothing changes where the recording has got another one
    ///   meanwhile.
    public func note(
        _ media: Recording.Media,
        of id: RecordingID,
        file: FileUniqueID,
        cause: Cause
    ) async throws(ChangeFailure) -> Podcast {
        let isMissed = if case .messengerOnly = media { true } else { false }
        let desk = try await isMissed ? desk(about: .recording(id)) : desk()
        let now = clock.now
        return try await store.podcasts.change(.recording(id), cause: cause) { (podcast) throws(Refusal) in
            guard var podcast, let index = podcast.recordings.firstIndex(where: { $0.id == id }) else {
                throw .notFound
            }
            let recording = podcast.recordings[index]
            guard recording.fileUniqueID == file, recording.media == .awaited else { return Change(podcast) }
            podcast.recordings[index].media = media
            podcast.updatedAt = now
            var drafts = desk.progress(of: podcast, cause)
            if isMissed { drafts += desk.missed(id, podcast, cause) }
            return Change(podcast, outbox: drafts)
        }.state
    }

    // MARK: Members look it up

    /// A part of the published library.
    public func list(_ query: PodcastQuery, from start: PageStart, limit: Int) async throws(StoreError) -> Page<Podcast>
    {
        try await store.podcasts.list(query, from: start, limit: limit)
    }

    public func count(_ query: PodcastQuery) async throws(StoreError) -> Int {
        try await store.podcasts.count(query)
    }

    /// An episode as a member may see it.
    /// - Throws: `.notFound` where there is none, or it is not published and `member` is no admin.
    public func podcast(_ key: Podcast.Key, for member: Member) async throws(ChangeFailure) -> Podcast {
        guard let podcast = try await find(key), podcast.status == .published || member.isAdmin else {
            throw .refused(.notFound)
        }
        return podcast
    }

    /// An episode for the program's own use.
    public func find(_ key: Podcast.Key) async throws(ChangeFailure) -> Podcast? {
        try await reading { () throws(StoreError) in try await store.podcasts.find(key) }
    }

    /// The zone of the club's dates.
    public func zone() async throws(ChangeFailure) -> TimeZone {
        try await reading { () throws(StoreError) in try await store.settings.find(.club)?.zone ?? ClubSettings().zone }
    }

    /// The recording channel, as the bot has found it; nil where it has not.
    public func recordingChannel() async throws(ChangeFailure) -> ChatPlace? {
        try await reading { () throws(StoreError) in try await store.settings.find(.club)?.clubChannel }
    }

    // MARK: Details

    /// A second post of a recording may be edited to hold another file. Then it does not belong to that episode any
    /// more, and is taken as a new one.
    private func detachIfReplaced(_ post: RecordingPost, cause: Cause) async throws(ChangeFailure) {
        guard let own = try await find(.post(post.post)), let recording = own.recording(from: post.post) else { return }
        guard recording.posts.first != post.post, recording.fileUniqueID != post.file.uniqueID else { return }
        let detaching = Cause(rawValue: "\(cause):detach")
        _ = try await store.podcasts.change(.id(own.id), cause: detaching) { (podcast) throws(Refusal) in
            guard var podcast, let index = podcast.recordings.firstIndex(where: { $0.id == recording.id }) else {
                throw .notFound
            }
            podcast.recordings[index].posts.removeAll { $0 == post.post }
            return Change(podcast)
        }
    }

    /// The podcast that has this file, where it is not the one that came from `post`.
    private func owner(of file: FileUniqueID, otherThan post: PostReference) async throws(ChangeFailure) -> PodcastID? {
        guard let own = try await find(.post(post)) else { return nil }
        guard !own.recordings.contains(where: { $0.fileUniqueID == file }) else { return nil }
        return try await find(.file(file))?.id
    }

    private static func notices(
        _ outcome: RecordingReception.Outcome,
        of podcast: Podcast,
        cause: Cause,
        to desk: AdminsDesk
    ) -> [OutboxDraft] {
        switch outcome {
        case .published: desk.published(podcast, cause)
        case .postedAgain: desk.progress(of: podcast, cause) + desk.postedAgain(podcast.id, cause)
        case .fileBelongsElsewhere(let other): desk.progress(of: podcast, cause) + desk.postedAgain(other, cause)
        case .updated, .gathering, .joined: desk.progress(of: podcast, cause)
        }
    }
}
