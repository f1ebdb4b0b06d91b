import Domain
import Foundation

/// How a room looks in the chat to those who listen. Pure: data in, screens out.
struct RoomScreens: Sendable {
    let phrases: Phrasebook
    let language: Language
    let addresses: ClubAddresses

    /// The card of a raised hand, and of whose turn it is.
    /// `link`: the one-time way onto the stage; nil where there is none.
    func card(_ face: RoomCardFace, _ show: LiveSession, link: URL? = nil, now: Date) -> Screen? {
        switch face {
        case .waiting(1): waiting(say(.handFirst, show), show)
        case .waiting(let position): waiting(say(.handWaiting, show, ["position": String(position)]), show)
        case .called: Screen(text: say(.handCalled, show), rows: enter(show))
        case .invited(let until): invited(show, until: until, link: link, now: now)
        case .queue: nil
        case .over(let outcome): over(outcome, show)
        }
    }

    private func waiting(_ text: HTML, _ show: LiveSession) -> Screen {
        Screen(text: text, rows: [[tap(.buttonLower, .lower(show.id))]] + enter(show))
    }

    private func invited(_ show: LiveSession, until: Date, link: URL?, now: Date) -> Screen? {
        guard now < until else { return over(.expired, show) }
        let decline = tap(.buttonNotNow, .decline(show.id))
        guard let link else { return Screen(text: say(.speakWithoutSite, show), rows: [[decline]]) }
        let seconds = max(1, Int(until.timeIntervalSince(now).rounded()))
        return Screen(
            text: say(.speak, show, ["seconds": String(seconds)]),
            rows: [[.link(label(.buttonSpeak), link)], [decline]]
        )
    }

    func over(_ outcome: HandOutcome, _ show: LiveSession) -> Screen {
        switch outcome {
        case .onStage: Screen(text: say(.handOnStage, show), rows: enter(show))
        case .lowered: again(.handLowered, show)
        case .loweredByHost: again(.handLoweredByHost, show)
        case .declined: again(.handDeclined, show)
        case .expired: again(.handExpired, show)
        case .dropped: again(.handDropped, show)
        case .removed: Screen(text: say(.handRemoved, show))
        case .handsOff: Screen(text: say(.handsOff, show), rows: enter(show))
        case .showOver: Screen(text: say(.handShowOver, show))
        }
    }

    private func again(_ phrase: RoomPhrase, _ show: LiveSession) -> Screen {
        Screen(text: say(phrase, show), rows: [[tap(.buttonHand, .hand(show.id, takesWords: false))]] + enter(show))
    }

    // MARK: Choosing a show

    /// Which of several shows is meant. `words`: what was written, kept below the first line for the tap.
    func choice(
        _ question: RoomPhrase,
        _ shows: [LiveSession],
        words: String = "",
        _ button: (LiveSessionID) -> RoomButton
    ) -> Screen {
        let rows = shows.map { show in
            [Screen.Control.tap("🔴 " + EpisodeScreens.beginning(of: show.title, 40), .room(button(show.id)))]
        }
        let text = [phrases.html(question, language)] + (words.isEmpty ? [] : [HTML(words)])
        return Screen(text: .lines(text), rows: rows)
    }

    /// What was written below the first line of a choice's message.
    static func words(in message: String?) -> String? {
        guard let message, let end = message.firstIndex(of: "\n") else { return nil }
        return String(message[message.index(after: end)...])
    }

    // MARK: Questions and notices

    func askQuestion(_ show: LiveSession) -> HTML {
        .paragraphs([say(.askQuestion, show), HTML(RoomRequest.mark(show.id))])
    }

    func questionSent(_ text: String, _ show: LiveSession) -> Screen {
        Screen(text: say(.questionSent, show, ["text": EpisodeScreens.beginning(of: text, 500)]), rows: enter(show))
    }

    func hostAsked(_ show: LiveSession) -> Screen {
        Screen(text: say(.hostAsked, show), rows: [[tap(.buttonPresent, .present(show.id))]] + enter(show))
    }

    /// `name`: who is in charge; nil where it is the reader.
    func inCharge(_ name: String?, _ show: LiveSession) -> Screen {
        let text = name.map { say(.inChargeOther, show, ["name": $0]) } ?? say(.inChargeYou, show)
        return Screen(text: text, rows: [[tap(.buttonQueue, .queue(show.id))]] + enter(show))
    }

    // MARK: Parts

    /// The way into the room; none where the club has no site.
    func enter(_ show: LiveSession) -> [[Screen.Control]] {
        guard show.status == .live else { return [] }
        return addresses.room(show.id).map { [[.link(label(.buttonEnter), $0)]] } ?? []
    }

    func say(_ phrase: RoomPhrase, _ show: LiveSession, _ more: [String: String] = [:]) -> HTML {
        phrases.html(phrase, language, ["title": show.title].merging(more) { $1 })
    }

    func label(_ phrase: RoomPhrase, _ arguments: [String: String] = [:]) -> String {
        phrases.text(phrase, language, arguments)
    }

    func tap(_ phrase: RoomPhrase, _ button: RoomButton) -> Screen.Control { .tap(label(phrase), .room(button)) }
}

extension ClubAddresses {
    /// The room of a show; nil where no member could open it.
    func room(_ id: LiveSessionID) -> URL? { site?.appending(path: "live/\(id)") }

    /// The one-time way onto a show's stage.
    func speak(_ secret: String, in id: LiveSessionID) -> URL? { room(id)?.appending(path: "speak/\(secret)") }
}
