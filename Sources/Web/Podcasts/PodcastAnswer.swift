import Domain
import Foundation

/// An episode as the API shows it.
struct PodcastAnswer: Encodable {
    struct AuthorAnswer: Encodable {
        /// Where the author is known as a member.
        var userId: String?
        var name: String
    }

    struct RecordingAnswer: Encodable {
        var id: String
        var kind: String
        var mediaType: String
        var durationSeconds: Double?
        var bytes: Int64?
        /// `ready`, `on_its_way` or `messenger_only`.
        var availability: String
        var messengerOnlyReason: String?
        // What follows is there only where a single episode was asked for and the file is ready.
        /// The copy for browsers, or what was posted where there is none.
        var audioUrl: String?
        /// The type of what `audioUrl` names.
        var audioMediaType: String?
        /// What was posted.
        var originalUrl: String?
        /// How loud it is from beginning to end, 0…100, where there is a copy.
        var waveform: [UInt8]?
    }

    var id: String
    var title: String
    var summary: String
    var tags: [String]
    var people: [String]
    var season: Int?
    var episode: Int?
    var author: AuthorAnswer?
    var status: String
    var durationSeconds: Double?
    var publishedAt: Date?
    var updatedAt: Date
    var recordings: [RecordingAnswer]
    /// Of the first recording that is ready; only where a single episode was asked for.
    var audioUrl: String?
    /// Only where a single episode was asked for that has a cover.
    var coverUrl: String?

    /// `addresses` make media addresses for `member`; nil leaves out what only a single episode shows.
    init(_ podcast: Podcast, addresses: (maker: MediaAddresses, member: MemberID)?) {
        id = podcast.id.rawValue
        title = podcast.title
        summary = podcast.summary
        tags = podcast.tags
        people = podcast.people
        season = podcast.season
        episode = podcast.episode
        author = podcast.byline.map { AuthorAnswer(userId: podcast.authorID?.rawValue, name: $0) }
        status = podcast.status.rawValue
        durationSeconds = podcast.duration?.seconds
        publishedAt = podcast.publishedAt
        updatedAt = podcast.updatedAt
        recordings = podcast.recordings.map { RecordingAnswer($0, addresses: addresses) }
        if let addresses, let recording = podcast.recordings.first(where: \.isReady) {
            audioUrl = addresses.maker.audio(of: recording, at: podcast.audioPath, for: addresses.member)
        }
        if let addresses, let path = podcast.coverPath {
            coverUrl = addresses.maker.address(of: path, for: addresses.member)
        }
    }
}

extension PodcastAnswer.RecordingAnswer {
    init(_ recording: Recording, addresses: (maker: MediaAddresses, member: MemberID)?) {
        id = recording.id.rawValue
        kind = recording.kind.rawValue
        mediaType = recording.mediaType
        durationSeconds = recording.duration?.seconds
        switch recording.media {
        case .awaited:
            bytes = recording.announcedBytes
            availability = "on_its_way"
        case .stored(_, let stored):
            bytes = stored
            availability = "ready"
            guard let (maker, member) = addresses else { break }
            audioUrl = maker.audio(of: recording, at: recording.audioPath, for: member)
            audioMediaType = recording.rendition?.mediaType ?? recording.mediaType
            originalUrl = maker.original(of: recording.audioPath, for: member)
            waveform = recording.rendition?.waveform.peaks
        case .messengerOnly(let reason):
            bytes = recording.announcedBytes
            availability = "messenger_only"
            messengerOnlyReason = reason.rawValue
        }
    }
}

extension Podcast {
    /// Where its audio is fetched.
    var audioPath: String { "/api/podcasts/\(id)/audio" }
}

extension Recording {
    /// Where its audio is fetched.
    var audioPath: String { "/api/recordings/\(id)/audio" }

    /// Whether the file is in the club's own media folder.
    var isReady: Bool {
        if case .stored = media { true } else { false }
    }
}
