import Domain
import Foundation

/// What people are told about shows on the club's own account.
extension ShowScreens {
    /// News in words, with the buttons that belong to them; nil where there is nothing to say any more.
    /// `view`: the show as it stands, with what the reader has answered; `link`: by which its episode is named in a
    /// caption.
    func told(_ news: ShowNews, _ view: ShowView, link: URL?) -> Screen? {
        let show = view.show
        switch news {
        case .post: return post(view)
        case .endedPost: return Screen(text: .paragraphs([say(.ended, show), audience(view)].compactMap { $0 }))
        case .started: return started(view, unwanted: noShows)
        case .reminder(.atStart, _): return started(view, unwanted: remindNoMore(view))
        case .reminder(let reminder, let startsAt):
            guard show.status == .scheduled, show.startsAt == startsAt else { return nil }
            return reminded(reminder == .dayBefore ? .reminderDay : .reminderQuarter, view)
        case .moved(let from):
            guard show.status == .scheduled else { return nil }
            let text = say(.moved, show, ["from": ShowTimes.capitalised(times.moment(from))])
            let calendar = [tap(.buttonCalendar, .file(view.id))]
            return Screen(text: text, rows: [more(view), calendar] + remindNoMore(view))
        case .cancelled: return Screen(text: say(.cancelled, show), rows: [[tap(.buttonSchedule, .schedule(page: 0))]])
        case .ended:
            let text = HTML.paragraphs([say(.ended, show), audience(view)].compactMap { $0 })
            return Screen(text: text, rows: thanking(show) + [more(view)])
        case .recorded:
            let text = HTML.lines([say(.recorded, show), audience(view)].compactMap { $0 })
            return Screen(text: text, rows: playing(show) + thanking(show) + [more(view)])
        case .withoutRecording:
            guard show.status == .ended else { return nil }
            let link = link?.absoluteString ?? show.podcastID?.rawValue ?? ""
            return Screen(text: say(.withoutRecording, show, ["link": link]))
        case .missed: return Screen(text: say(.missed, show), rows: [[tap(.buttonNew, .new)]])
        }
    }

    // MARK: The announcement

    /// The one message in the channel that lives as long as the show. It is read by people of several zones, and for
    /// long: it names no day by “today”.
    private func post(_ view: ShowView) -> Screen {
        let show = view.show
        var parts = [say(Self.heading(show.status), show), people(view)]
        var rows: [[Screen.Control]] = []
        switch show.status {
        case .scheduled:
            if show.repeatsWeekly { parts.append(say(.weekly)) }
            rows = [[come(view)]] + inBot(view)
        case .live: rows = joining(show) + inBot(view)
        case .ended: parts += [length(show), audience(view)]
        case .recorded:
            parts += [length(show), audience(view)]
            rows = hearing(show)
        case .cancelled: break
        }
        var text = [HTML.lines(parts.compactMap { $0 })]
        if show.isAhead { text += [summary(show)].compactMap { $0 } }
        if show.status == .scheduled, show.comingCount > 0 {
            text.append(HTML("🙋 ") + phrases.html(ShowPhrase.coming, language, count: show.comingCount))
        }
        return Screen(text: .paragraphs(text), rows: rows)
    }

    private static func heading(_ status: LiveSession.Status) -> ShowPhrase {
        switch status {
        case .scheduled: .postScheduled
        case .live: .postLive
        case .ended: .postEnded
        case .recorded: .postRecorded
        case .cancelled: .postCancelled
        }
    }

    private func come(_ view: ShowView) -> Screen.Control {
        let count = view.show.comingCount
        return count == 0
            ? tap(.buttonCome, .comeFromChannel(view.id))
            : button(.buttonComeCount, ["count": String(count)], .comeFromChannel(view.id))
    }

    /// The way to the show in the bot; none while the bot's name is not known.
    private func inBot(_ view: ShowView) -> [[Screen.Control]] {
        addresses.show(view.id).map { [[.link(label(.buttonCard), $0)]] } ?? []
    }

    /// The ways to the recording: in the bot and on the site.
    private func hearing(_ show: LiveSession) -> [[Screen.Control]] {
        guard let id = show.podcastID else { return [] }
        let bot = addresses.episode(id).map { Screen.Control.link(phrases.text(BotPhrase.buttonPlay, language), $0) }
        let site = addresses.page(of: id).map {
            Screen.Control.link(phrases.text(BotPhrase.buttonOpenWeb, language), $0)
        }
        return [[bot, site].compactMap { $0 }]
    }

    private func length(_ show: LiveSession) -> HTML? {
        show.duration.map { HTML("⏱ \(times.length($0))") }
    }

    // MARK: To members

    private func started(_ view: ShowView, unwanted: [[Screen.Control]]) -> Screen? {
        guard view.show.status == .live else { return nil }
        let hint = joining(view.show).isEmpty ? say(.noSite) : nil
        let text = HTML.lines([say(.started, view.show), people(view)].compactMap { $0 })
        return Screen(
            text: .paragraphs([text, summary(view.show), hint].compactMap { $0 }),
            rows: joining(view.show) + [more(view)] + unwanted
        )
    }

    private func reminded(_ phrase: ShowPhrase, _ view: ShowView) -> Screen {
        let text = HTML.lines([say(phrase, view.show), people(view)].compactMap { $0 })
        return Screen(text: text, rows: [more(view)] + remindNoMore(view))
    }

    /// The way to thanks for those who spoke; none before the show has its episode.
    func thanking(_ show: LiveSession) -> [[Screen.Control]] {
        guard let id = show.podcastID else { return [] }
        return [[.tap(phrases.text(ThanksPhrase.button, language), .thanks(.choose(id)))]]
    }

    private func more(_ view: ShowView) -> [Screen.Control] { [tap(.buttonCard, .card(view.id))] }

    private func remindNoMore(_ view: ShowView) -> [[Screen.Control]] {
        guard view.rsvp?.wantsReminders == true, view.show.isAhead else { return [] }
        return [[tap(.buttonRemindNoMore, .reminders(view.id, false))]]
    }

    private var noShows: [[Screen.Control]] {
        let button = Button.personal(.choose(.notices(.liveShows, isWanted: false)))
        return [[.tap(label(.buttonNoShows), button)]]
    }

    // MARK: Words

    private func say(_ phrase: ShowPhrase, _ show: LiveSession, _ more: [String: String] = [:]) -> HTML {
        let isPost = phrase == .postScheduled
        let time = isPost ? times.lastingInZone(show.startsAt) : times.moment(show.startsAt)
        let isNear = phrase == .reminderDay || phrase == .reminderQuarter
        let facts = [
            "title": show.title,
            "time": ShowTimes.capitalised(isNear ? "\(time) · \(times.until(show.startsAt))" : time),
            "length": times.length(show.plannedDuration),
            "duration": show.duration.map(times.length) ?? "–",
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
        let shows = conversation.club.shows
        guard let show = try await shows.find(id) else { return nil }
        var view = try await conversation.view(of: show)
        let zone: TimeZone
        if let recipient {
            view.rsvp = try await shows.rsvp(of: recipient.id, for: id)
            zone = try await conversation.zone(of: recipient)
        } else {
            zone = try await shows.zone()
        }
        return conversation.showScreens(language, zone: zone).told(news, view, link: link(to: show.podcastID))
    }

    /// By which an episode is named in a caption.
    private func link(to id: PodcastID?) -> URL? {
        guard let id else { return nil }
        let addresses = conversation.episodes.addresses
        return addresses.page(of: id) ?? addresses.episode(id)
    }
}
