import Foundation

public struct PodcastID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// An episode of the club's library.
public struct Podcast: StoredEntity, Identifiable {
    public enum Key: Hashable, Sendable {
        case id(PodcastID)
        /// The podcast that has this recording.
        case recording(RecordingID)
        /// The podcast that came from this post.
        case post(PostReference)
        /// The podcast that has this file.
        case file(FileUniqueID)
        /// The podcast that came from this post or, where there is none, the one that has this file.
        case postOrFile(PostReference, FileUniqueID)
        /// The podcast that this album makes.
        case album(AlbumID)
    }

    /// How far an episode is.
    public enum Status: String, Codable, CaseIterable, Sendable {
        /// Its show has ended; the recording is still to come.
        case awaitingRecording = "awaiting_recording"
        case draft
        case published
        case unpublished
    }

    public static let collection = "podcasts"
    public static let schema = 1

    public let id: PodcastID
    public var title: String
    public var summary: String
    /// Lower case, without the #, each once, in the order in which they were written. `tagKeys` are looked up.
    public var tags: [String]
    /// Whom the post names, without the @, as they were written.
    @EmptyIfMissing public var people: [String]
    public var season: Int?
    /// Its number within the season.
    public var episode: Int?
    /// In the order of their beginnings.
    @EmptyIfMissing public var chapters: [Chapter]
    /// The name under which it was posted, where the channel signs its posts.
    public var signature: String?
    /// The member who made it, where that is known. A post says nothing about it.
    public var authorID: MemberID?
    /// The show whose recording it is; nil where it was posted without one.
    public internal(set) var show: LiveSessionID?
    /// The name of who made it, as it was written down elsewhere. A post has a `signature` in its place.
    public var authorName: String?
    public var recordings: [Recording]
    /// The posts that make it together, where it was posted as an album.
    public var album: Album?
    /// Recordings that leave it, until they have arrived.
    @EmptyIfMissing var departures: [Departure]
    public var cover: Cover?
    /// Its card in the admins' chat, where it has one.
    public var card: CardPlace?
    public var status: Status
    /// How far members were told of it; nil where it was never published, or before they could be told.
    public internal(set) var announcement: Announcement?
    public let createdAt: Date
    /// When it was published first; by this the library is ordered, newest first.
    public var publishedAt: Date?
    /// When the post was written or edited whose words it has.
    public var revisedAt: Date
    public var updatedAt: Date

    public init(
        id: PodcastID,
        title: String,
        summary: String = "",
        tags: [String] = [],
        signature: String? = nil,
        authorID: MemberID? = nil,
        authorName: String? = nil,
        recordings: [Recording],
        status: Status,
        createdAt: Date,
        publishedAt: Date? = nil
    ) {
        self.id = id
        self.title = title
        self.summary = summary
        self.tags = tags
        people = []
        chapters = []
        self.signature = signature
        self.authorID = authorID
        self.authorName = authorName
        self.recordings = recordings
        departures = []
        self.status = status
        self.createdAt = createdAt
        self.publishedAt = publishedAt
        revisedAt = createdAt
        updatedAt = createdAt
    }

    /// The recording that this post brought, or nil.
    public func recording(from post: PostReference) -> Recording? {
        recordings.first { $0.posts.contains(post) }
    }

    /// How long all recordings last together, where that is known of each.
    public var duration: Duration? {
        guard !recordings.isEmpty else { return nil }
        var sum = Duration.zero
        for recording in recordings {
            guard let duration = recording.duration else { return nil }
            sum += duration
        }
        return sum
    }

    /// Whether a file of it is still to be fetched.
    public var awaitsFiles: Bool {
        recordings.contains { $0.media == .awaited } || cover?.media == .awaited
    }

    /// When it has to be completed: its album gathers no more parts, recordings that left it have not arrived, or
    /// members are to be told of it. Nil where nothing is left to do.
    public var completesAt: Date? {
        [departures.isEmpty ? album?.gathersUntil : updatedAt, announcesSince].compactMap { $0 }.min()
    }

    /// Its moment in lists: of what was never published, when it was made.
    public var listedAt: Date { publishedAt ?? createdAt }

    /// By whom it is, for people: the author's name, else the signature of the post.
    public var byline: String? {
        [authorName, signature].lazy.compactMap { $0 }.first { !$0.isEmpty }
    }

    /// Season and episode as posters write them, `S2E5`; nil without both.
    public var number: String? {
        guard let season, let episode else { return nil }
        return "S\(season)E\(episode)"
    }

    /// The words by which it is found: of title, summary, signature, author, people, tags and number.
    public var searchTokens: Set<String> {
        let texts = [title, number ?? "", summary, signature ?? "", authorName ?? ""] + people + tags
        return SearchTokeniser.tokens(texts.joined(separator: " "), limit: 600)
    }
}

/// Which podcasts a list holds. Lists are ordered by `listedAt`, newest first, then by id, greatest first.
public struct PodcastQuery: Hashable, Sendable {
    /// Only podcasts of this status. The library shows `published` ones.
    public var status: Podcast.Status
    /// Only podcasts that hold, for each of these, a word that begins with it. Empty: all.
    public var words: [String]
    /// Only podcasts with this tag, as `SearchTokeniser.tag` writes it.
    public var tag: String?

    public init(status: Podcast.Status = .published, words: [String] = [], tag: String? = nil) {
        self.status = status
        self.words = words
        self.tag = tag.map { SearchTokeniser.tag($0) ?? $0 }
    }
}

/// Where a list begins.
public enum PageStart: Hashable, Sendable {
    case first
    case after(PageCursor)
    /// So many items are passed over.
    case offset(Int)
}

/// Keeps the library. The ids of recordings, posts, files and albums are unique over all podcasts; a recording may have
/// no post and no file id.
public protocol PodcastStore: EntityStore where Entity == Podcast {
    /// A part of the list that `query` describes.
    func list(_ query: PodcastQuery, from start: PageStart, limit: Int) async throws(StoreError) -> Page<Podcast>

    /// How many podcasts `query` describes.
    func count(_ query: PodcastQuery) async throws(StoreError) -> Int

    /// The tags of the published podcasts, those of most podcasts first, then by the alphabet of UTF-8.
    /// `limit`: at most `TagCount.most` are given.
    func tags(from offset: Int, limit: Int) async throws(StoreError) -> [TagCount]

    /// The published podcast that `draw` chooses, each as likely as any other; nil where there is none.
    func random(_ draw: Draw) async throws(StoreError) -> Podcast?

    /// Podcasts with a file that is still to be fetched (`awaitsFiles`), the oldest first.
    func withRecordingsToFetch(limit: Int) async throws(StoreError) -> [Podcast]

    /// Podcasts with a stored file that is still to be looked into: by `listedAt`, the newest first, then by id, the
    /// greatest first.
    func withRecordingsToPrepare(limit: Int) async throws(StoreError) -> [Podcast]

    /// Podcasts that are not complete (`completesAt`), first the one that is to be completed first.
    func incomplete(limit: Int) async throws(StoreError) -> [Podcast]
}
