import Domain
import Foundation

/// How announcements look to admins. Pure: data in, screens out.
struct BroadcastScreens: Sendable {
    /// Announcements on a page of the list.
    static let pageSize = 5
    /// So much of a text is shown in the list, in characters.
    private static let textLength = 120
    private static let barLength = 12

    let phrases: Phrasebook

    /// Exactly as its readers will see it.
    func message(_ broadcast: Broadcast) -> Screen {
        Screen(text: HTML(broadcast.text))
    }

    /// Asks whether a draft is to be sent, and to whom.
    func question(_ broadcast: Broadcast, recipients: Int, _ language: Language) -> Screen {
        let audiences = Broadcast.Audience.allCases.map { audience in
            let mark = audience == broadcast.audience ? "✅ " : ""
            return [tap(mark + name(of: audience, language), .address(broadcast.id, audience))]
        }
        return Screen(
            text: phrases.html(
                BroadcastPhrase.question,
                language,
                ["audience": name(of: broadcast.audience, language)],
                count: recipients
            ),
            rows: audiences + [
                [
                    tap(.buttonSend, .send(broadcast.id), language),
                    tap(.buttonDrop, .stop(broadcast.id), language),
                ]
            ]
        )
    }

    func dropped(_ language: Language) -> Screen {
        Screen(text: phrases.html(BroadcastPhrase.dropped, language))
    }

    /// How far one is, and what has become of it.
    func progress(_ report: Broadcasts.Report, now: Date, _ language: Language) -> Screen {
        let (broadcast, tally) = (report.broadcast, report.tally)
        let heading: BroadcastPhrase =
            switch broadcast.state {
            case .draft, .sending: .sending
            case .done: .done
            case .stopped: .stopped
            }
        var parts = [
            phrases.html(
                heading,
                language,
                [
                    "bar": bar(tally), "percent": "\(percent(tally))", "settled": "\(tally.settled)",
                    "total": "\(tally.total)",
                ]
            ),
            phrases.html(BroadcastPhrase.counts, language, Self.counts(tally)),
        ]
        if tally.unknown > 0 { parts.append(phrases.html(BroadcastPhrase.unknown, language, count: tally.unknown)) }
        if tally.withdrawn > 0 {
            parts.append(phrases.html(BroadcastPhrase.withdrawn, language, count: tally.withdrawn))
        }
        guard broadcast.isSending else { return Screen(text: .lines(parts), rows: [[all(language)]]) }
        parts.append(timeLeft(report, now: now, language))
        let stop = tap(.buttonStop, .stop(broadcast.id), language)
        return Screen(text: .lines(parts), rows: [[tap(.buttonRefresh, .show(broadcast.id), language), stop]])
    }

    /// A page of those that were sent. `isFirst`: whether it is the one with the newest.
    func list(_ page: Page<Broadcasts.Report>, isFirst: Bool, _ language: Language, zone: TimeZone) -> Screen {
        guard !page.items.isEmpty else { return Screen(text: phrases.html(BroadcastPhrase.listEmpty, language)) }
        let lines = page.items.enumerated().map { index, report in line(index + 1, report, language, zone: zone) }
        let buttons = page.items.enumerated().map { index, report in
            tap("\(index + 1)", .show(report.broadcast.id))
        }
        var turning: [Screen.Control] = []
        if !isFirst { turning.append(tap(phrases.text(BotPhrase.buttonNewer, language), .list(after: nil))) }
        if let next = page.next {
            turning.append(tap(phrases.text(BotPhrase.buttonOlder, language), .list(after: next)))
        }
        let title = phrases.html(BroadcastPhrase.listTitle, language)
        return Screen(text: .paragraphs([title] + lines), rows: [buttons, turning])
    }

    // MARK: Parts

    private func line(_ number: Int, _ report: Broadcasts.Report, _ language: Language, zone: TimeZone) -> HTML {
        let broadcast = report.broadcast
        let state: BroadcastPhrase =
            switch broadcast.state {
            case .draft, .sending: .stateSending
            case .done: .stateDone
            case .stopped: .stateStopped
            }
        let text = PlainText.line(broadcast.text.text, limit: Self.textLength + 1)
        let arguments = [
            "number": "\(number)",
            "time": Phrasebook.moment(broadcast.startedAt ?? broadcast.createdAt, language: language, zone: zone),
            "author": report.author ?? phrases.text(BroadcastPhrase.nobody, language),
            "state": phrases.text(state, language),
            "text": text.count > Self.textLength ? "\(text.prefix(Self.textLength))…" : text,
        ]
        return phrases.html(
            BroadcastPhrase.listLine,
            language,
            arguments.merging(Self.counts(report.tally)) { own, _ in own }
        )
    }

    private static func counts(_ tally: BroadcastTally) -> [String: String] {
        [
            "sent": "\(tally.sent)", "blocked": "\(tally.blocked)", "failed": "\(tally.failed)",
            "left": "\(tally.left)",
        ]
    }

    /// By the pace so far, and never faster than the bot may send.
    private func timeLeft(_ report: Broadcasts.Report, now: Date, _ language: Language) -> HTML {
        let tally = report.tally
        let begun = report.broadcast.startedAt.map { now.timeIntervalSince($0) } ?? 0
        guard tally.settled > 0, begun > 1 else { return phrases.html(BroadcastPhrase.beginning, language) }
        let pace = min(Double(tally.settled) / begun, SendBudget.perSecond)
        let seconds = Int((Double(tally.left) / pace).rounded(.up))
        let time =
            seconds < 90
            ? phrases.text(BroadcastPhrase.seconds, language, count: max(1, seconds))
            : phrases.text(BroadcastPhrase.minutes, language, count: (seconds + 59) / 60)
        return phrases.html(BroadcastPhrase.timeLeft, language, ["time": time])
    }

    private func bar(_ tally: BroadcastTally) -> String {
        let full = percent(tally) * Self.barLength / 100
        return String(repeating: "▓", count: full) + String(repeating: "░", count: Self.barLength - full)
    }

    private func percent(_ tally: BroadcastTally) -> Int {
        tally.total == 0 ? 100 : tally.settled * 100 / tally.total
    }

    private func name(of audience: Broadcast.Audience, _ language: Language) -> String {
        switch audience {
        case .members: phrases.text(BroadcastPhrase.audienceMembers, language)
        case .hosts: phrases.text(BroadcastPhrase.audienceHosts, language)
        }
    }

    private func all(_ language: Language) -> Screen.Control {
        tap(.buttonAll, .list(after: nil), language)
    }

    private func tap(_ phrase: BroadcastPhrase, _ button: BroadcastButton, _ language: Language) -> Screen.Control {
        tap(phrases.text(phrase, language), button)
    }

    private func tap(_ label: String, _ button: BroadcastButton) -> Screen.Control {
        .tap(label, .admin(.broadcast(button)))
    }
}
