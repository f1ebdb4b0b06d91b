import Domain
import Foundation

/// Raising a hand and asking a question from the chat. What a room allows is decided by Domain.
extension Conversation {
    func answer(_ request: RoomRequest, of member: Member, cause: Cause) async throws(ChangeFailure) -> [Reply] {
        let screens = roomScreens(member.language)
        switch request {
        case .hand(let topic):
            let shows = try await liveShows()
            guard let show = shows.first else { return [noShow(member.language)] }
            guard shows.count == 1 else {
                let choice = screens.choice(.whichHand, shows, words: topic) { .hand($0, takesWords: !topic.isEmpty) }
                return [.show(choice)]
            }
            _ = try await raiseHand(in: show.id, topic, by: member, cause: cause)
            return []
        case .ask(let text):
            let shows = try await liveShows()
            guard let show = shows.first else { return [noShow(member.language)] }
            guard shows.count == 1 else {
                let choice = screens.choice(.whichQuestion, shows, words: text) { .ask($0, takesWords: !text.isEmpty) }
                return [.show(choice)]
            }
            return [try await question(text, in: show, by: member, cause: cause)]
        case .asked(let id, let text):
            guard let text else { return [.show(Screen(text: phrases.html(BotPhrase.noText, member.language)))] }
            let show = try await club.shows.session(id, for: member)
            return [try await question(text, in: show, by: member, cause: cause)]
        case .queue:
            return try await queue(for: member, cause: cause)
        }
    }

    func answer(
        _ button: RoomButton,
        _ tap: Tap,
        of member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        switch button {
        case .hand(let id, let takesWords):
            let topic = takesWords ? RoomScreens.words(in: tap.text) ?? "" : ""
            guard let position = try await raiseHand(in: id, topic, by: member, cause: cause) else {
                return [done(tap)]
            }
            return [note(.toastHandUp, tap, member.language, ["position": String(position)])]
        case .lower(let id):
            try await perform(.lowerHand, in: id, by: member)
            return try await over(.lowered, .hand, .toastHandDown, in: id, tap, member)
        case .decline(let id):
            try await perform(.declineInvite, in: id, by: member)
            return try await over(.declined, .speak, .toastDeclined, in: id, tap, member)
        case .ask(let id, let takesWords):
            let show = try await club.shows.session(id, for: member)
            let text = takesWords ? RoomScreens.words(in: tap.text) ?? "" : ""
            return [done(tap), try await question(text, in: show, by: member, cause: cause)]
        case .queue, .next, .invite, .demote, .mute, .lowerAll, .chat, .mode, .slow, .present:
            return try await moderate(button, tap, by: member, cause: cause)
        }
    }

    // MARK: Hands

    /// Raises a hand and shows where it stands, in a message that is kept up to date. Whose hand is up is shown it
    /// anew, unless they want to speak about something else.
    /// - Returns: Where it stands, from 1 on; nil where it was taken or lowered at this very moment.
    private func raiseHand(
        in id: LiveSessionID,
        _ topic: String,
        by member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> Int? {
        do throws(ChangeFailure) {
            try await perform(.raiseHand(topic: topic.isEmpty ? nil : topic), in: id, by: member)
        } catch .refused(.room(.handIsUp)) {
            let known = try await room(id, for: member).hands.first { $0.member == member.id }
            guard topic.isEmpty || known?.topic?.words?.text == topic else { throw .refused(.room(.handIsUp)) }
        }
        guard case .waiting(let position)? = try await room(id, for: member).handFace else { return nil }
        try await club.cards.show(.hand, .waiting(position: position), to: member, in: id, cause: cause)
        return position
    }

    /// The tapped message says at once how it ended; nothing more is sent about it.
    private func over(
        _ outcome: HandOutcome,
        _ kind: RoomCard.Kind,
        _ toast: RoomPhrase,
        in id: LiveSessionID,
        _ tap: Tap,
        _ member: Member
    ) async throws(ChangeFailure) -> [Reply] {
        let show = try await club.shows.session(id, for: member)
        if let message = tap.message?.message {
            try await club.cards.note(kind, .over(outcome), of: member, in: id, message: message)
        }
        let screen = roomScreens(member.language).over(outcome, show)
        return [note(toast, tap, member.language), .change(tap.message, screen)]
    }

    // MARK: Questions

    /// Sends a question into the room; asks for one where there is none.
    private func question(
        _ text: String,
        in show: LiveSession,
        by member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> Reply {
        let screens = roomScreens(member.language)
        guard !text.isEmpty else { return .prompt(screens.askQuestion(show), isForOne: false) }
        try await perform(.chat(text, clientID: "bot:\(cause)", isQuestion: true), in: show.id, by: member)
        return .show(screens.questionSent(text, show))
    }

    // MARK: What both need

    func perform(_ command: RoomCommand, in id: LiveSessionID, by member: Member) async throws(ChangeFailure) {
        try await club.rooms.perform(command, by: RoomActor(RoomPerson(member), by: .messenger), in: id)
    }

    func room(_ id: LiveSessionID, for member: Member) async throws(ChangeFailure) -> RoomSnapshot {
        try await club.rooms.snapshot(of: id, for: RoomPerson(member))
    }

    func liveShows() async throws(ChangeFailure) -> [LiveSession] {
        try await club.shows.list(.live, from: .first, limit: ShowScreens.pageSize).items
    }

    private func noShow(_ language: Language) -> Reply {
        .show(Screen(text: phrases.html(RoomPhrase.noShow, language)))
    }

    func roomScreens(_ language: Language) -> RoomScreens {
        RoomScreens(phrases: phrases, language: language, addresses: episodes.addresses)
    }

    func note(
        _ phrase: RoomPhrase,
        _ tap: Tap,
        _ language: Language,
        _ arguments: [String: String] = [:]
    ) -> Reply {
        .toast(queryID: tap.queryID, text: phrases.text(phrase, language, arguments), isAlert: false)
    }
}
