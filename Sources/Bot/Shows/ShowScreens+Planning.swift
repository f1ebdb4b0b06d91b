import Domain
import Foundation

/// How a show is planned: its day, its hour, and a look at all of it. A draft's title is in the second line of each.
extension ShowScreens {
    /// For what a time is chosen.
    enum Purpose {
        case newShow(title: String)
        case move(LiveSession)

        var title: String {
            switch self {
            case .newShow(let title): title
            case .move(let show): show.title
            }
        }

        func button(_ pick: ShowPick) -> ShowButton {
            switch self {
            case .newShow: .plan(pick)
            case .move(let show): .move(show.id, pick, nil)
            }
        }
    }

    func days(_ purpose: Purpose) -> Screen {
        let today = OfferedDay(times.now, in: times.zone)
        let days = (0..<OfferedDay.offered).compactMap { today?.adding(days: $0) }
            .filter { !$0.offers(after: times.now, in: times.zone).isEmpty }
        let buttons = days.map { Screen.Control.tap(times.label($0), .show(purpose.button(.hours($0)))) }
        return Screen(
            text: .paragraphs([heading(purpose), say(.whichDay)]),
            rows: EpisodeScreens.rows(buttons) + [[tap(.buttonType, purpose.button(.typed))], [way(back: purpose)]]
        )
    }

    func hours(of day: OfferedDay, _ purpose: Purpose) -> Screen {
        let noon = day.noon(in: times.zone)
        let buttons = day.offers(after: times.now, in: times.zone).map { moment in
            let pick = ShowPick.minute(ShowDraft.minute(of: moment))
            return Screen.Control.tap(times.clock(moment), .show(purpose.button(pick)))
        }
        let question = say(
            .whichHour,
            ["day": ShowTimes.capitalised(times.day(noon)), "zone": times.zoneName(at: noon)]
        )
        return Screen(
            text: .paragraphs([heading(purpose), question]),
            rows: EpisodeScreens.rows(buttons)
                + [[tap(.buttonType, purpose.button(.typed))], back(to: purpose.button(.days))]
        )
    }

    /// All of a draft, to be published or changed.
    func review(_ draft: ShowDraft, title: String) -> Screen {
        let start = draft.startsAt
        let time = "🗓 \(ShowTimes.capitalised(times.lastingInZone(start))) · \(times.until(start))"
        let length = times.length(.seconds(draft.minutes * 60))
        let rules = "⏱ \(length) · " + label(.hands, ["hands": name(of: draft.hands)])
        let weekly = draft.isWeekly ? say(.weekly) : nil
        var toggled = draft
        toggled.isWeekly.toggle()
        let lines = HTML.lines([HTML(time), HTML(rules), weekly].compactMap { $0 })
        return Screen(
            text: .paragraphs([head(.newHeading, title), lines]),
            rows: [
                [tap(.buttonPublish, .draft(.publish, draft))],
                [
                    button(.buttonLength, ["length": length], .draft(.lengths, draft)),
                    button(.buttonHands, ["hands": name(of: draft.hands)], .draft(.hands, draft)),
                ],
                [switched(.buttonWeekly, draft.isWeekly, .draft(.review, toggled))],
                [tap(.buttonOtherTime, .plan(.days)), tap(.buttonDrop, .dropDraft)],
            ]
        )
    }

    func lengths(of draft: ShowDraft, title: String) -> Screen {
        lengths(current: .seconds(draft.minutes * 60), title, back: .draft(.review, draft)) { minutes in
            var draft = draft
            draft.minutes = minutes
            return .draft(.review, draft)
        }
    }

    func policies(of draft: ShowDraft, title: String) -> Screen {
        policies(current: draft.hands, title, back: .draft(.review, draft)) { policy in
            var draft = draft
            draft.hands = policy
            return .draft(.review, draft)
        }
    }

    // MARK: Questions that want a reply

    func question(_ prompt: ShowPrompt, about title: String = "") -> HTML {
        let zone = times.zoneName(at: times.now)
        let words: HTML =
            switch prompt {
            case .newTitle: say(.askTitle)
            case .titleNow: say(.askTitleNow)
            case .newTime: .paragraphs([head(.newHeading, title), say(.askTime, ["zone": zone])])
            case .field(.title, _): say(.askNewTitle, ["title": title])
            case .field(.summary, _): say(.askSummary, ["title": title])
            case .field(.time, _): say(.askMove, ["title": title, "zone": zone])
            case .field(.coHost, _): say(.askCoHost, ["title": title])
            }
        return .paragraphs([words, HTML(prompt.mark)])
    }

    // MARK: Parts

    private func heading(_ purpose: Purpose) -> HTML {
        switch purpose {
        case .newShow(let title): head(.newHeading, title)
        case .move(let show): head(.moveHeading, show.title)
        }
    }

    private func way(back purpose: Purpose) -> Screen.Control {
        switch purpose {
        case .newShow: tap(.buttonDrop, .dropDraft)
        case .move(let show): .tap(phrases.text(BotPhrase.buttonBack, language), .show(.manage(show.id)))
        }
    }
}
