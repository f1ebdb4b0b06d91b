import Domain
import Foundation

/// How shows look in the chat. Pure: data in, screens out.
struct ShowScreens: Sendable {
    /// Shows on a page.
    static let pageSize = 6

    let times: ShowTimes
    let addresses: ClubAddresses

    var phrases: Phrasebook { times.phrases }
    var language: Language { times.language }

    // MARK: One show

    /// A show as a member sees it.
    func card(_ view: ShowView) -> Screen {
        var rows: [[Screen.Control]] = []
        switch view.show.status {
        case .scheduled: rows = answers(view)
        case .live: rows = joining(view.show) + inRoom(view.show)
        case .recorded: rows = playing(view.show)
        case .ended, .cancelled: break
        }
        if view.mayRun, view.show.isAhead { rows.append([tap(.buttonManage, .manage(view.id))]) }
        rows.append([tap(.buttonSchedule, .schedule(page: 0))])
        let hint = view.show.status == .live && joining(view.show).isEmpty ? say(.noSite) : nil
        return Screen(text: HTML.paragraphs([about(view), summary(view.show), hint].compactMap { $0 }), rows: rows)
    }

    /// Title, time, length, people and numbers.
    func about(_ view: ShowView) -> HTML {
        let show = view.show
        var lines = [HTML("🎙 ") + HTML(show.title).bold, HTML(state(show)), people(view)]
        if show.isAhead {
            if show.repeatsWeekly { lines.append(say(.weekly)) }
            if show.comingCount > 0 {
                lines.append(HTML("🙋 ") + phrases.html(ShowPhrase.coming, language, count: show.comingCount))
            }
        }
        lines.append(audience(view))
        return HTML.lines(lines.compactMap { $0 })
    }

    /// How many people were in its room, and what they asked; nil where nobody was.
    func audience(_ view: ShowView) -> HTML? {
        guard let audience = view.audience else { return nil }
        let people = phrases.html(ShowPhrase.audience, language, count: audience.people)
        let numbers = ["peak": String(audience.peak), "average": average(audience.average)]
        // Of one person there is no most and no average.
        let atOnce =
            audience.people > 1 ? HTML(" · ") + phrases.html(ShowPhrase.audienceAtOnce, language, numbers) : nil
        let questions =
            audience.questions > 0 ? phrases.html(ShowPhrase.questions, language, count: audience.questions) : nil
        return HTML.lines([atOnce.map { people + $0 } ?? people, questions].compactMap { $0 })
    }

    /// `12`, `6,5`: with a tenth where it is small.
    private func average(_ number: Double) -> String {
        let digits = number < 10 ? 1 : 0
        let locale = Locale(identifier: language == .ru ? "ru_RU" : "en_GB")
        return number.formatted(.number.precision(.fractionLength(0...digits)).grouping(.never).locale(locale))
    }

    private func state(_ show: LiveSession) -> String {
        switch show.status {
        case .scheduled:
            let facts = [times.moment(show.startsAt), times.until(show.startsAt), times.length(show.plannedDuration)]
            return "🗓 " + ShowTimes.capitalised(facts.joined(separator: " · "))
        case .live:
            let length = times.length(.seconds(times.now.timeIntervalSince(show.startedAt ?? times.now)))
            return phrases.text(ShowTalkPhrase.isLive, language, ["length": length])
        case .ended, .recorded:
            let phrase: ShowTalkPhrase = show.status == .ended ? .isOver : .isRecorded
            let facts = [phrases.text(phrase, language), show.duration.map(times.length)]
            return facts.compactMap { $0 }.joined(separator: " · ")
        case .cancelled:
            return phrases.text(ShowTalkPhrase.isCancelled, language)
        }
    }

    func people(_ view: ShowView) -> HTML? {
        let names = [view.host].compactMap { $0 } + view.coHosts.map(\.name)
        guard let first = names.first else { return nil }
        let others = names.dropFirst().joined(separator: ", ")
        return others.isEmpty
            ? say(.host, ["name": first]) : say(.hosts, ["name": first, "others": others])
    }

    func summary(_ show: LiveSession) -> HTML? {
        guard !show.summary.isEmpty else { return nil }
        return HTML(EpisodeScreens.beginning(of: show.summary, EpisodeScreens.summaryLength))
    }

    /// What a member may answer to a show that is to come.
    private func answers(_ view: ShowView) -> [[Screen.Control]] {
        let (isComing, isReminded) = (view.rsvp?.isComing == true, view.rsvp?.wantsReminders == true)
        let way: [Screen.Control] = [
            tap(isComing ? .buttonComing : .buttonCome, .coming(view.id, !isComing)),
            tap(isReminded ? .buttonReminded : .buttonRemind, .reminders(view.id, !isReminded)),
        ]
        var others = [tap(.buttonCalendar, .file(view.id))]
        if let link = addresses.share(view.show) {
            others.append(.link(phrases.text(BotPhrase.buttonShare, language), link))
        }
        return [way, others]
    }

    /// The way into a show that is live; none where the club has no site.
    func joining(_ show: LiveSession) -> [[Screen.Control]] {
        addresses.room(show.id).map { [[.link(label(.buttonJoin), $0)]] } ?? []
    }

    /// What a member can do in a show that is live, without being in its room.
    private func inRoom(_ show: LiveSession) -> [[Screen.Control]] {
        let ask = Screen.Control.tap(
            phrases.text(RoomPhrase.buttonAsk, language),
            .room(.ask(show.id, takesWords: false))
        )
        guard show.handPolicy != .off else { return [[ask]] }
        let hand = Screen.Control.tap(
            phrases.text(RoomPhrase.buttonHand, language),
            .room(.hand(show.id, takesWords: false))
        )
        return [[hand, ask]]
    }

    func playing(_ show: LiveSession) -> [[Screen.Control]] {
        show.podcastID.map { [[.tap(phrases.text(BotPhrase.buttonPlay, language), .play($0))]] } ?? []
    }

    // MARK: Lists

    /// A page of the shows ahead.
    func schedule(_ shows: [LiveSession], page: Int, hasMore: Bool) -> Screen {
        guard !shows.isEmpty else { return Screen(text: say(.scheduleEmpty)) }
        return list(shows, page: page, hasMore: hasMore, .scheduleTitle, { .card($0) }, { .schedule(page: $0) })
    }

    /// What is live now, where it is not one show.
    /// `next`: the show that is to begin next.
    func live(_ shows: [LiveSession], next: LiveSession?) -> Screen {
        let all = [tap(.buttonSchedule, .schedule(page: 0))]
        guard shows.isEmpty else {
            let rows = shows.map { show in [Screen.Control.tap("🔴 \(short(show.title))", .show(.card(show.id)))] }
            return Screen(text: say(.severalLive, count: shows.count), rows: rows + [all])
        }
        guard let next else { return Screen(text: say(.nobodyLive)) }
        let facts = "🗓 " + ShowTimes.capitalised("\(times.moment(next.startsAt)) · \(times.until(next.startsAt))")
        let text = HTML.lines([say(.nextShow), HTML(next.title).bold, HTML(facts)])
        return Screen(text: .paragraphs([say(.nobodyLive), text]), rows: [[tap(.buttonCard, .card(next.id))], all])
    }

    func list(
        _ shows: [LiveSession],
        page: Int,
        hasMore: Bool,
        _ title: ShowTalkPhrase,
        _ button: (LiveSessionID) -> ShowButton,
        _ turn: (Int) -> ShowButton
    ) -> Screen {
        let first = page * Self.pageSize
        let lines = shows.enumerated().map { index, show in
            HTML.lines([HTML("\(first + index + 1). ") + HTML(show.title).bold, HTML(state(show))])
        }
        var rows = shows.enumerated().map { index, show in
            [Screen.Control.tap("\(first + index + 1). \(short(show.title))", .show(button(show.id)))]
        }
        var turning: [Screen.Control] = []
        if page > 0 { turning.append(.tap(phrases.text(BotPhrase.buttonPrevious, language), .show(turn(page - 1)))) }
        if hasMore { turning.append(.tap(phrases.text(BotPhrase.buttonNext, language), .show(turn(page + 1)))) }
        rows.append(turning)
        return Screen(text: HTML.paragraphs([say(title)] + lines), rows: rows)
    }

    // MARK: Parts

    func say(_ phrase: ShowTalkPhrase, _ arguments: [String: String] = [:], count: Int? = nil) -> HTML {
        phrases.html(phrase, language, arguments, count: count)
    }

    func label(_ phrase: ShowTalkPhrase, _ arguments: [String: String] = [:]) -> String {
        phrases.text(phrase, language, arguments)
    }

    func tap(_ phrase: ShowTalkPhrase, _ button: ShowButton) -> Screen.Control { .tap(label(phrase), .show(button)) }

    func short(_ title: String) -> String { EpisodeScreens.beginning(of: title, EpisodeScreens.labelLength) }

    func back(to button: ShowButton) -> [Screen.Control] {
        [.tap(phrases.text(BotPhrase.buttonBack, language), .show(button))]
    }
}

extension ClubAddresses {
    /// What the payload of a show's link begins with.
    static let showPrefix = "show-"

    /// The page of what is live; nil where no member could open it.
    var lives: URL? { site?.appending(path: "lives") }

    /// The link that opens a show in the bot.
    func show(_ id: LiveSessionID) -> URL? { bot(payload: Self.showPrefix + id.rawValue) }

    /// What opens Telegram's choice of people to whom a show's link is sent.
    func share(_ show: LiveSession) -> URL? { self.show(show.id).flatMap { share($0, as: show.title) } }
}
