import Domain
import Foundation

/// An episode as the admins' chat sees it: with how far it is, and with buttons.
struct EpisodeCard: Sendable {
    let phrases: Phrasebook
    let episodes: EpisodeScreens

    func screen(_ podcast: Podcast, _ language: Language, zone: TimeZone) -> Screen {
        var screen = episodes.card(podcast, language, zone: zone, heading: progress(podcast, language), hasWays: false)
        screen.rows.append([
            .tap(phrases.text(BotPhrase.buttonEdit, language), .prompt(.edit, podcast.id)),
            .tap(phrases.text(BotPhrase.buttonCover, language), .prompt(.cover, podcast.id)),
            podcast.status == .published
                ? .tap(phrases.text(BotPhrase.buttonUnpublish, language), .setPublished(podcast.id, false))
                : .tap(phrases.text(BotPhrase.buttonPublish, language), .setPublished(podcast.id, true)),
        ])
        return screen
    }

    private func progress(_ podcast: Podcast, _ language: Language) -> HTML {
        var lines: [HTML] = []
        let states = podcast.recordings.map { Self.phrase($0.media) }
        if Set(states).count == 1, let state = states.first {
            lines.append(phrases.html(state, language))
        } else {
            lines += states.enumerated().map { index, state in
                let arguments = ["part": String(index + 1), "state": phrases.text(state, language)]
                return phrases.html(BotPhrase.cardPart, language, arguments)
            }
        }
        lines.append(phrases.html(Self.phrase(podcast), language))
        switch podcast.cover?.media {
        case .stored: lines.append(phrases.html(BotPhrase.cardCover, language))
        case .messengerOnly: lines.append(phrases.html(BotPhrase.cardCoverFailed, language))
        case .awaited, nil: break
        }
        return HTML.lines(lines)
    }

    private static func phrase(_ media: Recording.Media) -> BotPhrase {
        switch media {
        case .awaited: .cardReceived
        case .stored: .cardFetched
        case .messengerOnly(.tooLarge): .cardTooLarge
        case .messengerOnly(.gone), .messengerOnly(.onlyPostKnown): .cardGone
        case .messengerOnly(.damaged): .cardDamaged
        case .messengerOnly(.notSound): .cardNotSound
        case .messengerOnly(.unreadable): .cardUnreadable
        }
    }

    private static func phrase(_ podcast: Podcast) -> BotPhrase {
        switch podcast.status {
        case .published: .cardPublished
        case .draft, .awaitingRecording: podcast.album?.gathersUntil == nil ? .cardUnpublished : .cardGathering
        case .unpublished: .cardUnpublished
        }
    }
}
