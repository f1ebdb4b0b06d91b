import Domain

/// Tags, chapters, and an episode by chance.
extension Conversation {
    /// A page of the club's tags; the first one where there is none any more.
    func tags(page: Int, for member: Member) async throws(ChangeFailure) -> Screen {
        let size = TagScreens.pageSize
        let found = try await library.tags(from: page * size, limit: size + 1)
        if found.isEmpty, page > 0 { return try await tags(page: 0, for: member) }
        let shown = Array(found.prefix(size))
        let screens = TagScreens(phrases: phrases, episodes: episodes)
        return screens.list(shown, page: page, hasMore: found.count > size, member.language)
    }

    /// The tag that a list names; of one that no published episode has any more, what is known of it.
    func tag(_ mark: TagMark) async throws(ChangeFailure) -> String {
        if let tag = mark.tag { return tag }
        return try await library.tag(where: mark.names) ?? mark.text
    }

    /// An episode by chance, with a button to another one.
    func random(besides seen: PodcastID?, for member: Member) async throws(ChangeFailure) -> Screen {
        let language = member.language
        guard let podcast = try await library.random(besides: seen) else {
            return Screen(text: phrases.html(BotPhrase.latestEmpty, language))
        }
        let another = Screen.Control.tap(phrases.text(BotPhrase.buttonAnother, language), .random(besides: podcast.id))
        let all = Screen.Control.tap(phrases.text(BotPhrase.buttonLibrary, language), .list(Listing()))
        let zone = try await library.zone()
        return episodes.card(podcast, language, zone: zone, navigation: [[another], [all]])
    }

    /// How an episode is heard from a chapter on.
    func chapter(
        _ index: Int,
        of id: PodcastID,
        _ tap: Tap,
        for member: Member
    ) async throws(ChangeFailure) -> [Reply] {
        let podcast = try await library.podcast(.id(id), for: member)
        // The caption may have been corrected since the button was shown.
        guard podcast.chapters.indices.contains(index) else { return [stale(tap, member.language)] }
        let chapter = podcast.chapters[index]
        let toast = "\(EpisodeScreens.clock(chapter.start)) \(EpisodeScreens.beginning(of: chapter.title, 180))"
        return [
            .toast(queryID: tap.queryID, text: toast, isAlert: false),
            .show(episodes.chapter(chapter, of: podcast, member.language)),
        ]
    }

    /// A greeting with the episode for which a member has come, where there is one and it is published.
    func greeting(_ screen: Screen, of member: Member) async throws(ChangeFailure) -> Screen {
        guard let wanted = member.wanted, let podcast = try await library.find(.id(wanted)),
            podcast.status == .published
        else { return screen }
        return episodes.card(
            podcast,
            member.language,
            zone: try await library.zone(),
            heading: screen.text,
            navigation: screen.rows
        )
    }
}
