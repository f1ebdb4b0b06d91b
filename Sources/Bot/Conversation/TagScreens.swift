import Domain

/// How the club's tags look in the chat. Pure: data in, screens out.
struct TagScreens: Sendable {
    /// Tags on a page.
    static let pageSize = 16

    let phrases: Phrasebook
    let episodes: EpisodeScreens

    /// A page of tags, each with how many episodes it has.
    /// `hasMore`: whether there is a page behind.
    func list(_ tags: [TagCount], page: Int, hasMore: Bool, _ language: Language) -> Screen {
        guard !tags.isEmpty else { return Screen(text: phrases.html(BotPhrase.tagsEmpty, language)) }
        let buttons = tags.map { counted in
            let name = EpisodeScreens.beginning(of: counted.tag, EpisodeScreens.halfLabelLength)
            return Screen.Control.tap("#\(name) · \(counted.episodes)", .list(Listing(tag: TagMark(counted.tag))))
        }
        let turning = episodes.turning(page: page, of: hasMore ? page + 2 : page + 1, language) { .tags($0) }
        let text = phrases.html(BotPhrase.tagsTitle, language)
        return Screen(text: text, rows: EpisodeScreens.rows(buttons) + [turning])
    }
}
