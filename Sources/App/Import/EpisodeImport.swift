import Domain
import Foundation

/// Brings in the predecessor's episodes, one after another: with the file where it is found, else by the post of the
/// recording channel, else waiting for a recording.
struct EpisodeImport {
    let work: LegacyImport
    /// Who is who here, by the ids of the predecessor's.
    let authors: [String: MemberID]
    /// The zone of dates in titles.
    let zone: TimeZone
    /// The episodes that were recordings of shows, by the ids of those at the predecessor's.
    private(set) var ofShows: [String: [PodcastID]] = [:]
    private var seen: Set<PodcastID> = []
    private var posts: Set<PostReference> = []

    init(work: LegacyImport, authors: [String: MemberID], zone: TimeZone) {
        self.work = work
        self.authors = authors
        self.zone = zone
    }

    /// `document`: nil where it cannot be read.
    mutating func take(_ document: LegacyDocument?, _ report: inout ImportReport) async throws(ImportFault) {
        guard let document else { return report.note(.unreadable, "podcasts") }
        let legacy = LegacyPodcast(document)
        guard let identity = legacy.identities.first else { return report.note(.withoutID, "podcasts") }
        report.note(.covers, identity, where: legacy.hasCover)
        report.note(.counters, identity, where: legacy.hasCounters)
        let id = work.identities.podcast(identity)
        for show in legacy.showIdentities { ofShows[show, default: []].append(id) }
        guard seen.insert(id).inserted else { return report.note(.doublePodcasts, identity) }
        let known = try await work.naming { () throws(StoreError) in try await work.store.podcasts.find(.id(id)) }
        if let known {
            posts.formUnion(known.recordings.flatMap(\.posts))
            return try await complete(known, legacy, identity, &report)
        }
        let post = try await post(of: legacy)
        if post == .known { return report.note(.knownPosts, identity) }
        let recording = try await recording(of: id, legacy, post.reference, identity, &report)
        let podcast = podcast(id, legacy, recording)
        if !work.options.isDryRun {
            _ = try await work.change(work.store.podcasts, .id(id), cause: "podcast:\(id)") { $0 ?? podcast }
        }
        note(legacy, podcast, post, identity, &report)
    }

    private func podcast(_ id: PodcastID, _ legacy: LegacyPodcast, _ recording: Recording?) -> Podcast {
        let createdAt = legacy.createdAt ?? legacy.publishedAt ?? work.clock.now
        let status = legacy.statusNow
        return Podcast(
            id: id,
            title: legacy.title ?? work.untitled(createdAt, zone),
            summary: legacy.summary,
            tags: legacy.tags,
            authorID: author(of: legacy),
            authorName: legacy.authorName,
            recordings: [recording].compactMap { $0 },
            status: status == .published && recording == nil ? .awaitingRecording : status,
            createdAt: createdAt,
            publishedAt: legacy.publishedAt ?? (status == .published ? createdAt : nil)
        )
    }

    private func author(of legacy: LegacyPodcast) -> MemberID? {
        legacy.authorIdentities.lazy.compactMap { authors[$0] }.first
    }

    private func note(
        _ legacy: LegacyPodcast,
        _ podcast: Podcast,
        _ post: Post,
        _ identity: String,
        _ report: inout ImportReport
    ) {
        report.note(.podcasts, identity)
        report.note(.privatePodcasts, identity, where: !legacy.isPublic)
        report.note(.statusUnknown, identity, where: legacy.status == nil)
        report.note(.awaitingRecording, identity, where: podcast.status == .awaitingRecording)
        let isHeard = podcast.recordings.contains { $0.media == .messengerOnly(.onlyPostKnown) }
        report.note(.heardInTelegram, identity, where: isHeard)
        report.note(.channelUnknown, identity, where: post == .channelUnknown)
        report.note(.sharedPosts, identity, where: post == .shared)
        let isUnknown = podcast.authorID == nil && !(legacy.authorIdentities.isEmpty && legacy.authorName == nil)
        report.note(.authorUnknown, identity, where: isUnknown)
        report.note(.untitled, identity, where: legacy.title == nil)
    }

    // MARK: Posts

    /// What is known of an episode's post.
    private enum Post: Equatable {
        case none
        case free(PostReference)
        /// The club has made an episode of it since.
        case known
        /// An episode of this import has it.
        case shared
        case channelUnknown

        var reference: PostReference? {
            if case .free(let reference) = self { reference } else { nil }
        }
    }

    private mutating func post(of legacy: LegacyPodcast) async throws(ImportFault) -> Post {
        guard let message = legacy.message else { return .none }
        guard let channel = work.options.channel else { return .channelUnknown }
        let post = PostReference(channel: channel, message: message)
        guard posts.insert(post).inserted else { return .shared }
        let holder = try await work.naming { () throws(StoreError) in try await work.store.podcasts.find(.post(post)) }
        return holder == nil ? .free(post) : .known
    }

    // MARK: Recordings

    private func recording(
        of id: PodcastID,
        _ legacy: LegacyPodcast,
        _ post: PostReference?,
        _ identity: String,
        _ report: inout ImportReport
    ) async throws(ImportFault) -> Recording? {
        let file = legacy.audio.flatMap(work.media.file(named:))
        if legacy.audio != nil, file == nil {
            report.note(work.media.folder == nil ? .noMediaFolder : .fileNotFound, identity)
        }
        if let file {
            let recording = try await stored(file, of: id, legacy, posts: [post].compactMap { $0 })
            report.note(.files, identity)
            return recording
        }
        guard let post else { return nil }
        return Recording(
            id: work.identities.recording(of: id),
            posts: [post],
            kind: .audio,
            mediaType: nil,
            fileName: nil,
            duration: legacy.duration,
            media: .messengerOnly(.onlyPostKnown)
        )
    }

    /// In a dry run nothing is copied; the recording then only stands for what would be there.
    private func stored(
        _ file: URL,
        of id: PodcastID,
        _ legacy: LegacyPodcast,
        posts: [PostReference]
    ) async throws(ImportFault) -> Recording {
        let media = work.options.isDryRun ? nil : try await work.media.adopt(file, for: id.rawValue)
        var recording = Recording(
            id: work.identities.recording(of: id),
            posts: posts,
            kind: .audio,
            mediaType: AudioSignature.mediaType(of: file),
            fileName: file.lastPathComponent,
            duration: legacy.duration,
            media: media.map { .stored($0.key, bytes: $0.bytes) } ?? .awaited
        )
        // The name tells the type only: the predecessor made it up, the title makes a better one.
        recording.fileName = nil
        return recording
    }

    /// An episode of an earlier import gets what it came in without and what is there by now: the file, or the post.
    private mutating func complete(
        _ known: Podcast,
        _ legacy: LegacyPodcast,
        _ identity: String,
        _ report: inout ImportReport
    ) async throws(ImportFault) {
        let recordingID = work.identities.recording(of: known.id)
        guard known.lacksFile(of: recordingID) else { return report.note(.knownPodcasts, identity) }
        let old = known.recordings.first
        let post = try await old == nil ? post(of: legacy).reference : old?.posts.first
        let recording = try await recording(of: known.id, legacy, post, identity, &report)
        guard let recording, recording.media != old?.media else { return report.note(.knownPodcasts, identity) }
        report.note(.completedPodcasts, identity)
        guard !work.options.isDryRun else { return }
        let now = work.clock.now
        let cause = "\(recording.media == .messengerOnly(.onlyPostKnown) ? "post" : "file"):\(known.id)"
        _ = try await work.change(work.store.podcasts, .id(known.id), cause: cause) { podcast in
            var podcast = podcast ?? known
            guard podcast.lacksFile(of: recordingID) else { return podcast }
            podcast.recordings = [recording]
            if podcast.status == .awaitingRecording { podcast.status = legacy.statusNow }
            podcast.updatedAt = now
            return podcast
        }
    }
}

extension LegacyPodcast {
    /// The status here: what was not public, or of which it is not known, nobody sees but admins.
    var statusNow: Podcast.Status { isPublic ? status ?? .unpublished : .unpublished }
}

extension Podcast {
    /// Whether it is as an import left it that found no file.
    fileprivate func lacksFile(of id: RecordingID) -> Bool {
        recordings.isEmpty
            || recordings.count == 1 && recordings[0].id == id
                && recordings[0].media == .messengerOnly(.onlyPostKnown)
    }
}
