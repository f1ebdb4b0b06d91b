import Domain
import Foundation

/// How shows look to those who run them.
extension ShowScreens {
    /// A show with everything that can be done to it.
    func managed(_ view: ShowView) -> Screen {
        let facts = view.show.isAhead ? HTML(rules(view.show.handPolicy, view.show.plannedDuration)) : nil
        let head = HTML.lines([about(view), facts].compactMap { $0 })
        let text = HTML.paragraphs([head, summary(view.show)].compactMap { $0 })
        let rows: [[Screen.Control]]
        switch view.show.status {
        case .scheduled: rows = (view.mayRun ? [[tap(.buttonStart, .start(view.id))]] : []) + changes(view)
        case .live:
            let queue = Screen.Control.tap(phrases.text(RoomPhrase.buttonQueue, language), .room(.queue(view.id)))
            let end = tap(.buttonEnd, .end(view.id, isConfirmed: false))
            rows = joining(view.show) + [[queue, end]] + changes(view)
        case .recorded: rows = playing(view.show) + thanking(view.show)
        case .ended: rows = thanking(view.show)
        case .cancelled: rows = []
        }
        return Screen(text: text, rows: rows + [[tap(.buttonLives, .lives(page: 0))]])
    }

    private func rules(_ hands: HandPolicy, _ length: Duration) -> String {
        "⏱ \(times.length(length)) · " + label(.hands, ["hands": name(of: hands)])
    }

    /// What the host and admins may change.
    private func changes(_ view: ShowView) -> [[Screen.Control]] {
        guard view.mayManage else { return [] }
        let (show, id) = (view.show, view.id)
        let words = [tap(.buttonTitle, .ask(.title, id)), tap(.buttonSummary, .ask(.summary, id))]
        let hands = button(.buttonHands, ["hands": name(of: show.handPolicy)], .hands(id, nil))
        let length = button(.buttonLength, ["length": times.length(show.plannedDuration)], .length(id, nil))
        let weekly = switched(.buttonWeekly, show.repeatsWeekly, .weekly(id, !show.repeatsWeekly))
        let helpers = button(.buttonCoHosts, ["count": String(view.coHosts.count)], .coHosts(id))
        guard show.status == .scheduled else { return [words, [hands, helpers], [weekly]] }
        return [
            words, [tap(.buttonMove, .move(id, .days, nil)), length], [hands, helpers], [weekly],
            [tap(.buttonCancel, .cancel(id, nil))],
        ]
    }

    // MARK: Choosing

    func lengths(
        current: Duration,
        _ title: String,
        back: ShowButton,
        _ button: (Int) -> ShowButton
    ) -> Screen {
        let controls = ShowDraft.offeredMinutes.map { minutes in
            switched(times.length(.seconds(minutes * 60)), .seconds(minutes * 60) == current, button(minutes))
        }
        return choice(.chooseLength, title, controls, back)
    }

    func policies(
        current: HandPolicy,
        _ title: String,
        back: ShowButton,
        _ button: (HandPolicy) -> ShowButton
    ) -> Screen {
        let controls = HandPolicy.offered.map { switched(name(of: $0), $0 == current, button($0)) }
        return choice(.chooseHands, title, controls, back)
    }

    private func choice(
        _ question: ShowTalkPhrase,
        _ title: String,
        _ controls: [Screen.Control],
        _ back: ShowButton
    ) -> Screen {
        Screen(text: head(question, title), rows: EpisodeScreens.rows(controls) + [self.back(to: back)])
    }

    // MARK: Questions

    func endQuestion(_ show: LiveSession) -> Screen {
        let length = times.length(.seconds(times.now.timeIntervalSince(show.startedAt ?? times.now)))
        return Screen(
            text: say(.endQuestion, ["title": show.title, "length": length]),
            rows: [[tap(.buttonEndYes, .end(show.id, isConfirmed: true))], back(to: .manage(show.id))]
        )
    }

    func cancelQuestion(_ show: LiveSession) -> Screen {
        let answers: [[Screen.Control]] =
            show.repeatsWeekly
            ? [[tap(.buttonOnlyThis, .cancel(show.id, .occurrence))], [tap(.buttonSeries, .cancel(show.id, .series))]]
            : [[tap(.buttonCancelYes, .cancel(show.id, .occurrence))]]
        let question = say(.cancelQuestion, ["title": show.title, "time": times.moment(show.startsAt)])
        let reach = show.repeatsWeekly ? say(.cancelReach) : nil
        return Screen(
            text: .paragraphs([question, reach].compactMap { $0 }),
            rows: answers + [back(to: .manage(show.id))]
        )
    }

    /// Whether a weekly show is moved alone.
    func moveQuestion(_ show: LiveSession, to minute: Int) -> Screen {
        let time = times.moment(ShowDraft.date(ofMinute: minute))
        return Screen(
            text: say(.moveReach, ["title": show.title, "time": time]),
            rows: [
                [tap(.buttonOnlyThis, .move(show.id, .minute(minute), .occurrence))],
                [tap(.buttonSeries, .move(show.id, .minute(minute), .series))],
                back(to: .manage(show.id)),
            ]
        )
    }

    func coHosts(_ view: ShowView) -> Screen {
        let title = say(.coHosts, ["title": view.show.title])
        let none = view.coHosts.isEmpty ? say(.coHostsNone) : nil
        let rows = view.coHosts.map { person in
            [button(.buttonRemoveCoHost, ["name": short(person.name)], .removeCoHost(view.id, person.id))]
        }
        return Screen(
            text: .paragraphs([title, none].compactMap { $0 }),
            rows: rows + [[tap(.buttonAddCoHost, .ask(.coHost, view.id))], back(to: .manage(view.id))]
        )
    }

    // MARK: Choosing a show

    /// The shows that one may run; `mayPlan`: whether the reader may plan another one.
    func lives(_ shows: [LiveSession], page: Int, hasMore: Bool, mayPlan: Bool) -> Screen {
        let new = mayPlan ? [tap(.buttonNew, .new)] : []
        guard !shows.isEmpty else { return Screen(text: say(.livesEmpty), rows: [new]) }
        var screen = list(shows, page: page, hasMore: hasMore, .livesTitle, { .manage($0) }, { .lives(page: $0) })
        screen.rows.append(new)
        return screen
    }

    /// Which show begins; `mayBegin`: whether the reader may begin one that was not planned.
    func startChoice(_ shows: [LiveSession], mayBegin: Bool) -> Screen {
        let rows = shows.map { show in
            [Screen.Control.tap("▶️ \(short(show.title)) · \(times.moment(show.startsAt))", .show(.start(show.id)))]
        }
        let new = mayBegin ? [[tap(.buttonStartNew, .beginNow)]] : []
        return Screen(text: say(shows.isEmpty ? .goLiveNone : .goLiveWhich), rows: rows + new)
    }

    /// Which show ends.
    func endChoice(_ shows: [LiveSession]) -> Screen {
        let rows = shows.map { show in
            [Screen.Control.tap("⏹ \(short(show.title))", .show(.end(show.id, isConfirmed: false)))]
        }
        return Screen(text: say(.endWhich), rows: rows)
    }

    // MARK: Parts

    func name(of policy: HandPolicy) -> String {
        switch policy {
        case .off: label(.handsOff)
        case .everyone: label(.handsEveryone)
        case .level(let level): label(.handsLevel, ["level": String(level)])
        }
    }

    func button(_ phrase: ShowTalkPhrase, _ arguments: [String: String], _ button: ShowButton) -> Screen.Control {
        .tap(label(phrase, arguments), .show(button))
    }

    func switched(_ phrase: ShowTalkPhrase, _ isOn: Bool, _ button: ShowButton) -> Screen.Control {
        .tap("\(isOn ? "✅" : "⬜️") \(label(phrase))", .show(button))
    }

    private func switched(_ label: String, _ isChosen: Bool, _ button: ShowButton) -> Screen.Control {
        .tap(isChosen ? "✅ \(label)" : label, .show(button))
    }

    /// A heading, and below it a title in a line of its own.
    func head(_ phrase: ShowTalkPhrase, _ title: String) -> HTML {
        HTML.lines([say(phrase), HTML(title).bold])
    }
}
