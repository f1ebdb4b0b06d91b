import Domain
import Foundation

/// What people are told about shows. Pure: data in, screens out.
struct ShowNoticeScreens: Sendable {
    let phrases: Phrasebook

    /// The announcement in the channel, as things stand.
    private func post(_ show: LiveSession, _ language: Language, zone: TimeZone) -> Screen {
        let phrase: ShowPhrase =
            switch show.status {
            case .scheduled: .postScheduled
            case .live: .postLive
            case .ended: .postEnded
            case .recorded: .postRecorded
            case .cancelled: .postCancelled
            }
        var parts = [say(phrase, show, language, zone: zone)]
        if show.isAhead, !show.summary.isEmpty { parts.append(HTML(show.summary)) }
        if show.isAhead, show.comingCount > 0 {
            parts.append(phrases.html(ShowPhrase.coming, language, count: show.comingCount))
        }
        return Screen(text: HTML.paragraphs(parts))
    }

    /// - Returns: nil where there is nothing to say any more.
    func told(_ news: ShowNews, _ show: LiveSession, link: URL?, _ language: Language, zone: TimeZone) -> Screen? {
        let phrase: ShowPhrase
        var arguments: [String: String] = [:]
        switch news {
        case .post:
            return post(show, language, zone: zone)
        case .started, .reminder(.atStart, _):
            guard show.status == .live else { return nil }
            phrase = .started
        case .reminder(let reminder, let startsAt):
            guard show.status == .scheduled, show.startsAt == startsAt else { return nil }
            phrase = reminder == .dayBefore ? .reminderDay : .reminderQuarter
        case .moved(let from):
            guard show.status == .scheduled else { return nil }
            phrase = .moved
            arguments["from"] = Phrasebook.moment(from, language: language, zone: zone)
        case .cancelled: phrase = .cancelled
        case .ended, .endedPost: phrase = .ended
        case .recorded: phrase = .recorded
        case .withoutRecording:
            guard show.status == .ended else { return nil }
            phrase = .withoutRecording
            arguments["link"] = link?.absoluteString ?? show.podcastID?.rawValue ?? ""
        case .missed: phrase = .missed
        }
        return Screen(text: say(phrase, show, language, zone: zone, arguments))
    }

    private func say(
        _ phrase: ShowPhrase,
        _ show: LiveSession,
        _ language: Language,
        zone: TimeZone,
        _ more: [String: String] = [:]
    ) -> HTML {
        let facts = [
            "title": show.title,
            "time": Phrasebook.moment(show.startsAt, language: language, zone: zone),
            "duration": show.duration.map(EpisodeScreens.clock) ?? "",
            "coming": String(show.comingCount),
            "newcomers": String(show.newMembers ?? 0),
        ]
        return phrases.html(phrase, language, facts.merging(more) { $1 })
    }
}

extension NoticeComposer {
    /// - Returns: nil where the show does not exist any more, or there is nothing to say.
    func screen(
        _ news: ShowNews,
        of id: LiveSessionID,
        _ recipient: Member?,
        _ language: Language
    ) async throws(ChangeFailure) -> Screen? {
        guard let show = try await conversation.club.shows.find(id) else { return nil }
        let own = recipient?.settings.timeZone.flatMap(TimeZone.init(identifier:))
        let zone = if let own { own } else { try await library.zone() }
        let link = link(to: show.podcastID)
        return ShowNoticeScreens(phrases: phrases).told(news, show, link: link, language, zone: zone)
    }

    /// By which an episode is named in a caption.
    private func link(to id: PodcastID?) -> URL? {
        guard let id else { return nil }
        let addresses = conversation.episodes.addresses
        return addresses.page(of: id) ?? addresses.bot(payload: ClubAddresses.episodePrefix + id.rawValue)
    }
}
