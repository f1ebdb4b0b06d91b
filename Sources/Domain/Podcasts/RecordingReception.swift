import Foundation

/// What a post of the recording channel makes of the episode to which it belongs. Pure.
struct RecordingReception: Sendable {
    /// What the post did.
    enum Outcome: Equatable, Sendable {
        /// A new episode.
        case published
        /// The post belongs to the episode, which now says what the post says.
        case updated
        /// The file was an episode already; the post is one more of it.
        case postedAgain
        /// The edited post has a file that belongs to another episode. Only the words were taken over.
        case fileBelongsElsewhere(PodcastID)
    }

    var post: RecordingPost
    var caption: EpisodeCaption
    /// The title where the post has none of its own.
    var fallbackTitle: String
    /// Another podcast that has the post's file already.
    var fileOwner: PodcastID?
    var newID: PodcastID
    var newRecordingID: RecordingID
    var now: Date

    /// `known`: the podcast that came from this post or, where there is none, that has its file.
    func decide(over known: Podcast?) -> (Podcast, Outcome) {
        guard var podcast = known else { return (newPodcast, .published) }
        guard let index = podcast.recordings.firstIndex(where: { $0.posts.contains(post.post) }) else {
            if let index = podcast.recordings.firstIndex(where: { $0.fileUniqueID == post.file.uniqueID }) {
                podcast.recordings[index].posts.append(post.post)
                podcast.recordings[index].fileIDs[post.file.bot.rawValue] = post.file.fileID
                // The poster was asked to post it once more: this time the file may come whole.
                if podcast.recordings[index].isGivenUp { podcast.recordings[index].media = .awaited }
            }
            podcast.updatedAt = now
            return (podcast, .postedAgain)
        }
        var outcome = Outcome.updated
        if podcast.recordings[index].fileUniqueID == post.file.uniqueID {
            podcast.recordings[index].fileIDs[post.file.bot.rawValue] = post.file.fileID
        } else if let fileOwner {
            outcome = .fileBelongsElsewhere(fileOwner)
        } else if podcast.recordings[index].fileUniqueID == nil {
            podcast.recordings[index].recognise(post.file)
        } else if post.revisedAt >= podcast.revisedAt {
            let old = podcast.recordings[index]
            podcast.recordings[index] = Recording(id: old.id, posts: old.posts, file: post.file)
        }
        // A second post of a recording has its words only once somebody edits it.
        let hasWords = podcast.recordings[index].posts.first == post.post || post.editedAt != nil
        if hasWords, post.revisedAt >= podcast.revisedAt { write(into: &podcast) }
        if podcast != known { podcast.updatedAt = now }
        return (podcast, outcome)
    }

    private var newPodcast: Podcast {
        var podcast = Podcast(
            id: newID,
            title: title,
            recordings: [Recording(id: newRecordingID, posts: [post.post], file: post.file)],
            status: .published,
            createdAt: now,
            publishedAt: publishedAt
        )
        write(into: &podcast)
        return podcast
    }

    /// The messenger tells whole seconds; among posts of one second the message's number decides the order.
    private var publishedAt: Date {
        post.postedAt.addingTimeInterval(Double(post.post.message % 1000) / 1000)
    }

    private func write(into podcast: inout Podcast) {
        podcast.title = title
        podcast.summary = caption.summary
        podcast.tags = caption.tags
        podcast.people = caption.people
        podcast.season = caption.season
        podcast.episode = caption.episode
        podcast.chapters = caption.chapters
        podcast.signature = post.signature
        podcast.revisedAt = post.revisedAt
    }

    /// The caption's first line, else the file's performer and title, else the date.
    private var title: String {
        if let title = caption.title { return title }
        let parts = [post.file.performer, post.file.title].compactMap { $0 }.filter { !$0.isEmpty }
        return parts.isEmpty
            ? fallbackTitle : PlainText.line(parts.joined(separator: " – "), limit: EpisodeCaption.titleLength)
    }
}
