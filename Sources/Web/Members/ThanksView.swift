import Domain
import Foundation

/// Thanks for an episode as its page shows them.
struct ThanksView {
    /// So many are shown, the newest.
    private static let shown = 12

    /// Who thanks whom.
    var text: String
    /// Of the episode, as a player shows it; nil for all of it.
    var time: String?
    var link: String?
    var words: String?

    /// The newest ones for an episode. Who wants to be hidden from `reader` is not named: their thanks are left out.
    static func list(
        for podcast: PodcastID,
        _ services: WebServices,
        _ reader: Member,
        _ language: Language
    ) async throws -> [ThanksView] {
        let found = try await services.thanks.list(.about(podcast), limit: shown).items
        let people = try await services.store.members.find(ids: found.flatMap { [$0.from, $0.to] })
        let seen = Dictionary(uniqueKeysWithValues: people.filter { $0.isSeen(by: reader) }.map { ($0.id, $0.name) })
        return found.compactMap { thanks in
            guard let giver = seen[thanks.from], let thanked = seen[thanks.to] else { return nil }
            return ThanksView(
                text: services.phrases.text(WebPhrase.thanksLine, language, ["giver": giver, "name": thanked]),
                time: thanks.position.map(PlayingTime.clock),
                link: thanks.position.map { "/podcast/\(podcast)?t=\($0.wholeSeconds)" },
                words: thanks.words
            )
        }
    }
}
