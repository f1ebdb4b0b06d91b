import Foundation

/// Recordings of shows, whose episodes have waited for them.
extension RecordingReception {
    /// Makes the post's recording one of the show's. The first one completes the episode: it is published, or, where
    /// the post is part of an album, gathers the others first.
    func complete(_ podcast: inout Podcast) -> Outcome {
        let place = podcast.recordings.firstIndex { recording in
            (recording.posts.first?.message ?? 0) > post.post.message
        }
        podcast.recordings.insert(newRecording, at: place ?? podcast.recordings.endIndex)
        let isFirst = podcast.status == .awaitingRecording
        if isFirst, let album = post.album {
            let end = now.addingTimeInterval(Album.patience.seconds)
            podcast.album = Album(id: album, first: part, gathersUntil: end)
            speak(in: &podcast)
            return .gathering
        }
        guard isFirst else { return .joined }
        EpisodeCaption(parsing: podcast.words(of: post.caption)).complete(&podcast)
        podcast.signature = post.signature
        podcast.revisedAt = post.revisedAt
        podcast.status = .published
        podcast.publishedAt = Self.moment(of: post.post.message, postedAt: post.postedAt)
        podcast.announce(now: now)
        return .published
    }
}

extension Podcast {
    /// A caption without the lines by which it says that the post belongs to this show's episode.
    func words(of caption: String) -> String {
        guard show != nil else { return caption }
        let lines = caption.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.filter { !$0.contains(id.rawValue) }.joined(separator: "\n")
    }
}

extension EpisodeCaption {
    /// Adds to an episode that has words of its own what it does not say: the title of a show was chosen, that of a
    /// file comes about. An edit of the post overrules it.
    func complete(_ podcast: inout Podcast) {
        if podcast.summary.isEmpty { podcast.summary = summary }
        if podcast.tags.isEmpty { podcast.tags = tags }
        if podcast.chapters.isEmpty { podcast.chapters = chapters }
        podcast.people += people.filter { !podcast.people.contains($0) }
        podcast.season = podcast.season ?? season
        podcast.episode = podcast.episode ?? episode
    }
}
