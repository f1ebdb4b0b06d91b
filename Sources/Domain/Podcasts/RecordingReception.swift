import Foundation

/// What a post of the recording channel makes of the episode to which it belongs. Pure.
struct RecordingReception: Sendable {
    /// What the post did.
    enum Outcome: Equatable, Sendable {
        /// A new episode.
        case published
        /// The first part of an album: an episode that is published when the album is complete.
        case gathering
        /// One more part of an album.
        case joined
        /// The post belongs to the episode, which now says what the post says.
        case updated
        /// The file was an episode already; the post is one more of it.
        case postedAgain
        /// The edited post has a file that belongs to another episode. Only the words were taken over.
        case fileBelongsElsewhere(PodcastID)
    }

    var post: RecordingPost
    /// The title where the post has none of its own.
    var fallbackTitle: String
    /// Another podcast that has the post's file already.
    var fileOwner: PodcastID?
    var newID: PodcastID
    var newRecordingID: RecordingID
    /// Whether the podcast is a show's, and the post is its recording or one more part of it.
    var isOfShow = false
    var now: Date

    /// `known`: the podcast that came from this post or, where there is none, that has its file.
    func decide(over known: Podcast?) -> (Podcast, Outcome) {
        guard var podcast = known else { return (newPodcast, post.album == nil ? .published : .gathering) }
        guard let index = podcast.recordings.firstIndex(where: { $0.posts.contains(post.post) }) else {
            let hasFile = podcast.recordings.contains { $0.fileUniqueID == post.file.uniqueID }
            if !hasFile, let album = post.album, podcast.album?.id == album {
                join(&podcast)
                return (podcast, .joined)
            }
            if let index = podcast.recordings.firstIndex(where: { $0.fileUniqueID == post.file.uniqueID }) {
                podcast.recordings[index].posts.append(post.post)
                podcast.recordings[index].fileIDs[post.file.bot.rawValue] = post.file.fileID
                // The poster was asked to post it once more: this time the file may come whole.
                if podcast.recordings[index].isGivenUp { podcast.recordings[index].media = .awaited }
            }
            podcast.updatedAt = now
            let outcome = !hasFile && isOfShow ? complete(&podcast) : .postedAgain
            return (podcast, outcome)
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
        if let album = podcast.album, album.part(post.post.message) != nil {
            speak(in: &podcast)
            if podcast != known { podcast.updatedAt = now }
            return (podcast, outcome)
        }
        // A second post of a recording has its words only once somebody edits it.
        let isSpeaking = podcast.show == nil && podcast.recordings[index].posts.first == post.post
        let hasWords = isSpeaking || post.editedAt != nil
        if hasWords, post.revisedAt >= podcast.revisedAt { write(into: &podcast) }
        if podcast != known { podcast.updatedAt = now }
        return (podcast, outcome)
    }

    private var newPodcast: Podcast {
        var podcast = Podcast(
            id: newID,
            title: "",
            recordings: [newRecording],
            status: post.album == nil ? .published : .draft,
            createdAt: now,
            publishedAt: post.album == nil ? Self.moment(of: post.post.message, postedAt: post.postedAt) : nil
        )
        if let album = post.album {
            let end = now.addingTimeInterval(Album.patience.seconds)
            podcast.album = Album(id: album, first: part, gathersUntil: end)
            speak(in: &podcast)
        } else {
            write(into: &podcast)
            podcast.announce(now: now)
        }
        return podcast
    }

    var newRecording: Recording {
        Recording(id: newRecordingID, posts: [post.post], file: post.file)
    }

    /// The messenger tells whole seconds; among posts of one second the message's number decides the order.
    static func moment(of message: Int64, postedAt: Date) -> Date {
        postedAt.addingTimeInterval(Double(message % 1000) / 1000)
    }

    private func write(into podcast: inout Podcast) {
        let caption = EpisodeCaption(parsing: podcast.words(of: post.caption))
        if podcast.show == nil {
            caption.write(into: &podcast, titleWithoutWords: fileTitle ?? fallbackTitle)
        } else if caption.title != nil {
            caption.write(into: &podcast, titleWithoutWords: podcast.title)
        }
        podcast.signature = post.signature
        podcast.revisedAt = post.revisedAt
    }

    /// What the file says about itself: performer and title.
    private var fileTitle: String? {
        let parts = [post.file.performer, post.file.title].compactMap { $0 }.filter { !$0.isEmpty }
        return parts.isEmpty ? nil : PlainText.line(parts.joined(separator: " – "), limit: EpisodeCaption.titleLength)
    }
}

// MARK: Albums

extension RecordingReception {
    var part: Album.Part {
        Album.Part(
            message: post.post.message,
            postedAt: post.postedAt,
            revisedAt: post.revisedAt,
            caption: post.caption,
            signature: post.signature,
            fileTitle: fileTitle
        )
    }

    /// Puts the post's recording between those of the posts before and after it. An album that is still gathering
    /// waits for the next part anew.
    private func join(_ podcast: inout Podcast) {
        let place = podcast.recordings.firstIndex { recording in
            (recording.posts.first?.message ?? 0) > post.post.message
        }
        podcast.recordings.insert(newRecording, at: place ?? podcast.recordings.endIndex)
        if podcast.album?.gathersUntil != nil {
            podcast.album?.gathersUntil = now.addingTimeInterval(Album.patience.seconds)
        }
        podcast.updatedAt = now
        speak(in: &podcast)
    }

    /// Gives the episode the words of its album as it is with this post. Words that were written elsewhere since the
    /// album's last edit stay, until a part is edited after that.
    func speak(in podcast: inout Podcast) {
        guard var album = podcast.album else { return }
        let isOverruled = album.revisedAt.map { podcast.revisedAt > $0 } ?? false
        album.take(part)
        podcast.album = album
        guard !isOverruled || podcast.status == .draft || post.revisedAt >= podcast.revisedAt,
            let speaker = album.speaker
        else { return }
        let caption = EpisodeCaption(parsing: podcast.words(of: speaker.caption))
        if podcast.show == nil {
            caption.write(into: &podcast, titleWithoutWords: album.fileTitle ?? fallbackTitle)
        } else if post.editedAt == nil {
            caption.complete(&podcast)
        } else if caption.title != nil {
            caption.write(into: &podcast, titleWithoutWords: podcast.title)
        }
        podcast.signature = speaker.signature
        podcast.revisedAt = album.revisedAt ?? post.revisedAt
    }
}

extension EpisodeCaption {
    /// Gives an episode these words. `titleWithoutWords`: its title where they have none.
    func write(into podcast: inout Podcast, titleWithoutWords: String) {
        podcast.title = title ?? titleWithoutWords
        podcast.summary = summary
        podcast.tags = tags
        podcast.people = people
        podcast.season = season
        podcast.episode = episode
        podcast.chapters = chapters
    }
}
