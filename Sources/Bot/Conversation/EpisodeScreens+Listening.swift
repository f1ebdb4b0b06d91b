import Domain
import Foundation

extension EpisodeScreens {
    /// An episode, with buttons that go on from a place: on its page, and in the channel's own player.
    /// - `channel`: The recording channel, where the bot has found it.
    func goOn(
        _ podcast: Podcast,
        from position: ListeningPosition,
        channel: ChatPlace?,
        _ language: Language,
        zone: TimeZone
    ) -> Screen {
        let start = podcast.start(of: position.recording)
        let time = Self.clock((start ?? .zero) + position.offset)
        var first: [Screen.Control] = []
        if let start, let page = addresses.page(of: podcast.id, from: start + position.offset) {
            first.append(.link(phrases.text(BotPhrase.buttonFrom, language, ["time": time]), page))
        }
        if let post = podcast.link(to: position, in: channel) {
            first.append(.link(phrases.text(BotPhrase.buttonFromInTelegram, language, ["time": time]), post))
        }
        let heading = phrases.html(BotPhrase.continueFrom, language, ["time": time])
        let library = Screen.Control.tap(phrases.text(BotPhrase.buttonLibrary, language), .list(Listing()))
        var screen = card(podcast, language, zone: zone, heading: heading, hasWays: false, navigation: [[library]])
        screen.rows.insert(contentsOf: first.map { [$0] }, at: 0)
        return screen
    }
}

extension Podcast {
    /// Where a recording begins within the episode; nil where an earlier one's length is not known.
    fileprivate func start(of recording: RecordingID) -> Duration? {
        var start = Duration.zero
        for candidate in recordings {
            if candidate.id == recording { return start }
            guard let duration = candidate.duration else { return nil }
            start += duration
        }
        return nil
    }

    /// A link that opens the recording's post and plays it from the place on; nil where it has none in this channel.
    /// Source: https://core.telegram.org/api/links#message-links
    fileprivate func link(to position: ListeningPosition, in channel: ChatPlace?) -> URL? {
        let posts = recordings.first { $0.id == position.recording }?.posts ?? []
        guard let channel, let post = posts.first(where: { $0.channel == channel.chat }) else { return nil }
        // Ids of channels are written with this before them. Source: Bot API, dialog ids.
        let number = "\(channel.chat)"
        let place = channel.handle ?? (number.hasPrefix("-100") ? "c/\(number.dropFirst(4))" : nil)
        return place.flatMap { URL(string: "https://t.me/\($0)/\(post.message)?t=\(position.offset.wholeSeconds)") }
    }
}
