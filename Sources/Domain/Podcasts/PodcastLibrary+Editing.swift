import Foundation

/// What posters and admins do to episodes that are there.
extension PodcastLibrary {
    /// Publishes an episode, or takes it out of the library, the search, the site and the API at once. Its id, files
    /// and place in the list stay.
    /// - Throws: `.notFound`; `.notAllowed` where `editor` may not change it.
    public func setPublished(
        _ isPublished: Bool,
        _ key: Podcast.Key,
        by editor: Editor,
        cause: Cause
    ) async throws(ChangeFailure) -> Podcast {
        let now = clock.now
        let change = isPublished ? EpisodeChange.published : .unpublished
        let podcast = try await edit(key, by: editor, cause: cause, telling: change) { (podcast) throws(Refusal) in
            podcast.finishGathering(now: now)
            podcast.status = isPublished ? .published : .unpublished
            if isPublished, podcast.publishedAt == nil {
                podcast.publishedAt = now
                podcast.announce(now: now)
            }
        }
        try await shows.recordings.settle(podcast)
        return podcast
    }

    /// Notes that an episode is by this member: for posts that bear no name.
    /// - Throws: `.notAllowed` where the member is no host; `.hasAuthor` where it is by somebody else.
    public func claim(_ key: Podcast.Key, by member: Member, cause: Cause) async throws(ChangeFailure) -> Podcast {
        guard member.isActive, member.role >= .host else { throw .refused(.notAllowed) }
        return try await change(key, cause: cause) { (podcast) throws(Refusal) in
            let signature = podcast.signature ?? ""
            let isUnsigned = signature.isEmpty || signature.lowercased() == member.name.lowercased()
            guard podcast.authorID == member.id || (podcast.authorID == nil && isUnsigned) else { throw .hasAuthor }
            podcast.authorID = member.id
            podcast.authorName = member.name
        }
    }

    /// Gives an episode other words, taken apart like a caption. An edit of its post after this takes their place.
    /// - Throws: `.notFound`; `.notAllowed` where `editor` may not change it.
    public func rewrite(
        _ key: Podcast.Key,
        as text: String,
        by editor: Editor,
        cause: Cause
    ) async throws(ChangeFailure) -> Podcast {
        let now = clock.now
        let caption = EpisodeCaption(parsing: text)
        return try await edit(key, by: editor, cause: cause) { (podcast) throws(Refusal) in
            caption.write(into: &podcast, titleWithoutWords: podcast.title)
            podcast.revisedAt = now
        }
    }

    /// Gives an episode a picture, which is then fetched.
    /// - Throws: `.notFound`; `.notAllowed` where `editor` may not change it.
    public func setCover(
        _ cover: Cover,
        of key: Podcast.Key,
        by editor: Editor,
        cause: Cause
    ) async throws(ChangeFailure) -> Podcast {
        try await edit(key, by: editor, cause: cause) { (podcast) throws(Refusal) in podcast.cover = cover }
    }

    /// Writes down where the file of an episode's cover is now. Nothing changes where it has got another one
    /// meanwhile.
    public func note(
        _ media: Recording.Media,
        ofCover file: FileUniqueID,
        of id: PodcastID,
        cause: Cause
    ) async throws(ChangeFailure) -> Podcast {
        try await change(.id(id), cause: cause) { (podcast) throws(Refusal) in
            guard podcast.cover?.fileUniqueID == file, podcast.cover?.media == .awaited else { return }
            podcast.cover?.media = media
        }
    }

    /// Remembers the message that is an episode's card in the admins' chat.
    public func remember(_ card: CardPlace, of id: PodcastID) async throws(ChangeFailure) {
        guard let podcast = try await find(.id(id)), podcast.card != card else { return }
        let cause = Cause(rawValue: "card:\(card.chat):\(card.message)")
        _ = try await store.podcasts.change(.id(id), cause: cause) { (podcast) throws(Refusal) in
            guard var podcast else { throw .notFound }
            podcast.card = card
            return Change(podcast)
        }
    }

    // MARK: Details

    /// As `change`, by somebody who may. What the channel does is told the admins: it has nobody to be answered.
    func edit(
        _ key: Podcast.Key,
        by editor: Editor,
        cause: Cause,
        telling change: EpisodeChange? = nil,
        _ rule: @escaping @Sendable (inout Podcast) throws(Refusal) -> Void
    ) async throws(ChangeFailure) -> Podcast {
        try await self.change(key, cause: cause, telling: editor == .channel ? change : nil) {
            (podcast) throws(Refusal) in
            guard editor.mayChange(podcast) else { throw .notAllowed }
            try rule(&podcast)
        }
    }

    /// Changes an episode and its card.
    private func change(
        _ key: Podcast.Key,
        cause: Cause,
        telling change: EpisodeChange? = nil,
        _ rule: @escaping @Sendable (inout Podcast) throws(Refusal) -> Void
    ) async throws(ChangeFailure) -> Podcast {
        let desk = try await desk()
        let now = clock.now
        return try await store.podcasts.change(key, cause: cause) { (podcast) throws(Refusal) in
            guard let known = podcast, var podcast else { throw .notFound }
            try rule(&podcast)
            guard podcast != known else { return Change(podcast) }
            podcast.updatedAt = now
            let told = change.map { desk.changed(podcast.id, $0, cause) } ?? []
            return Change(podcast, outbox: desk.progress(of: podcast, cause) + told)
        }.state
    }
}
