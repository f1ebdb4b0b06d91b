import Domain
import Foundation

/// How hosts, co-hosts and admins run a room from the chat. Who may do what is decided by the room.
extension Conversation {
    /// The queue of the show that one runs; where there are several, which.
    func queue(for member: Member, cause: Cause) async throws(ChangeFailure) -> [Reply] {
        let shows = try await liveShows().filter { $0.mayRun(member) }
        let own = shows.filter { $0.host == member.id || $0.coHosts.contains(member.id) }
        guard let first = shows.first else {
            guard member.role >= .host else { throw .refused(.notAllowed) }
            return [.show(Screen(text: phrases.html(RoomPhrase.noOwnShow, member.language)))]
        }
        guard let show = own.count == 1 ? own.first : shows.count == 1 ? first : nil else {
            return [.show(roomScreens(member.language).choice(.whichQueue, shows) { .queue($0) })]
        }
        // Who looks after the queue is there.
        try await perform(.present, in: show.id, by: member)
        let room = try await room(show.id, for: member)
        try await club.cards.show(.queue, .queue(mark: room.queueMark), to: member, in: show.id, cause: cause)
        return []
    }

    func moderate(
        _ button: RoomButton,
        _ tap: Tap,
        by member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        switch button {
        case .queue(let id): return try await opened(id, tap, by: member, cause: cause)
        case .next(let id): return try await done(.nextHand, in: id, tap, by: member)
        case .invite(let id, let person): return try await done(.promote(person), in: id, tap, by: member)
        case .demote(let id, let person): return try await done(.demote(person), in: id, tap, by: member)
        case .mute(let id, let person): return try await done(.mute(person), in: id, tap, by: member)
        case .lowerAll(let id, isConfirmed: true): return try await done(.lowerAll, in: id, tap, by: member)
        case .lowerAll(let id, isConfirmed: false):
            let (_, show) = try await moderated(id, by: member)
            let screens = queueScreens(try await showScreens(for: member))
            return [done(tap), .change(tap.message, screens.lowerAllQuestion(show))]
        case .chat(let id): return [done(tap), .change(tap.message, try await chatChoice(id, for: member))]
        case .mode(let id, let mode):
            let (room, _) = try await moderated(id, by: member)
            try await perform(.chatMode(mode, slow: room.slow), in: id, by: member)
            return [done(tap), .change(tap.message, try await chatChoice(id, for: member))]
        case .slow(let id, let seconds):
            let (room, _) = try await moderated(id, by: member)
            try await perform(.chatMode(room.chatMode, slow: .seconds(seconds)), in: id, by: member)
            return [done(tap), .change(tap.message, try await chatChoice(id, for: member))]
        case .present(let id):
            _ = try await moderated(id, by: member)
            try await perform(.present, in: id, by: member)
            let queue = roomScreens(member.language).tap(.buttonQueue, .queue(id))
            let thanks = Screen(text: phrases.html(RoomPhrase.thanks, member.language), rows: [[queue]])
            return [note(.toastPresent, tap, member.language), .change(tap.message, thanks)]
        case .hand, .lower, .decline, .ask: return [stale(tap, member.language)]
        }
    }

    /// A tap on the queue's own message renews it; from elsewhere the queue comes as a message that stays up to date.
    private func opened(
        _ id: LiveSessionID,
        _ tap: Tap,
        by member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        let (room, _) = try await moderated(id, by: member)
        try await perform(.present, in: id, by: member)
        let card = try await club.cards.card(.queue, of: member.id, in: id)
        if let message = tap.message?.message, card?.message == message {
            return [done(tap), .change(tap.message, try await shownQueue(id, in: tap, for: member))]
        }
        try await club.cards.show(.queue, .queue(mark: room.queueMark), to: member, in: id, cause: cause)
        return [done(tap)]
    }

    private func done(
        _ command: RoomCommand,
        in id: LiveSessionID,
        _ tap: Tap,
        by member: Member
    ) async throws(ChangeFailure) -> [Reply] {
        try await perform(command, in: id, by: member)
        return [done(tap), .change(tap.message, try await shownQueue(id, in: tap, for: member))]
    }

    /// The queue as it is now, of which the tapped message says all.
    private func shownQueue(
        _ id: LiveSessionID,
        in tap: Tap,
        for member: Member
    ) async throws(ChangeFailure) -> Screen {
        let (room, show) = try await moderated(id, by: member)
        if let message = tap.message?.message {
            try await club.cards.note(.queue, .queue(mark: room.queueMark), of: member, in: id, message: message)
        }
        return queueScreens(try await showScreens(for: member)).queue(room, show)
    }

    private func chatChoice(_ id: LiveSessionID, for member: Member) async throws(ChangeFailure) -> Screen {
        let (room, show) = try await moderated(id, by: member)
        return queueScreens(try await showScreens(for: member)).chatChoice(room, show)
    }

    /// - Throws: `.notAllowed` for everybody who does not run the show.
    private func moderated(
        _ id: LiveSessionID,
        by member: Member
    ) async throws(ChangeFailure) -> (RoomSnapshot, LiveSession) {
        let show = try await club.shows.session(id, for: member)
        let room = try await room(id, for: member)
        guard room.you.rank.isModerator else { throw .refused(.notAllowed) }
        return (room, show)
    }

    func queueScreens(_ shows: ShowScreens) -> QueueScreens {
        QueueScreens(rooms: roomScreens(shows.language), times: shows.times)
    }
}
