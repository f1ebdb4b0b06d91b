import Domain
import Foundation

extension NoticeComposer {
    /// What is told of a room, as things stand at this moment.
    /// - Returns: nil where it is worth nothing any more.
    func reply(_ told: RoomTold, of id: LiveSessionID, in chat: ChatID) async throws(ChangeFailure) -> Reply? {
        guard let member = try await directory.find(.telegram(TelegramUserID(rawValue: chat.rawValue))),
            member.isActive, let show = try await conversation.club.shows.find(id)
        else { return nil }
        let screens = conversation.roomScreens(member.language)
        switch told {
        case .card(let kind):
            guard let card = try await conversation.club.cards.take(kind, of: member, in: id),
                let screen = try await screen(card, show, member)
            else { return nil }
            return .change(card.message.map { MessagePlace(chat: chat, message: $0) }, screen)
        case .hostAsked(let moment):
            let end = moment.addingTimeInterval(RoomLimits.hostSilence.seconds)
            guard show.status == .live, directory.now < end else { return nil }
            return .show(screens.hostAsked(show))
        case .inCharge(let person):
            guard show.status == .live else { return nil }
            let name = person == member.id ? nil : try await directory.find(.id(person))?.name
            return .show(screens.inCharge(person == member.id ? nil : name ?? screens.label(.somebody), show))
        }
    }

    /// Remembers the message that a card has become.
    func sent(
        _ kind: RoomCard.Kind,
        of id: LiveSessionID,
        in chat: ChatID,
        as message: Int64
    ) async throws(ChangeFailure) {
        let key = Member.Key.telegram(TelegramUserID(rawValue: chat.rawValue))
        guard let member = try await directory.find(key) else { return }
        try await conversation.club.cards.remember(message, as: kind, of: member, in: id)
    }

    private func screen(
        _ card: RoomCard,
        _ show: LiveSession,
        _ member: Member
    ) async throws(ChangeFailure) -> Screen? {
        let screens = conversation.roomScreens(member.language)
        let now = directory.now
        switch card.face {
        case .queue:
            let room = try await conversation.room(show.id, for: member)
            guard room.you.rank.isModerator else { return nil }
            return conversation.queueScreens(try await conversation.showScreens(for: member)).queue(room, show)
        case .invited(let until) where now < until:
            return screens.card(card.face, show, link: try await link(onto: show, until: until, for: member), now: now)
        case .invited, .waiting, .called, .over:
            // Whoever has not seen that it was their turn is not told that it is over.
            if card.kind == .speak, card.message == nil { return nil }
            return screens.card(card.face, show, now: now)
        }
    }

    /// The link is made when it is sent: nothing that waits in the outbox leads onto a stage.
    private func link(onto show: LiveSession, until: Date, for member: Member) async throws(ChangeFailure) -> URL? {
        let addresses = conversation.episodes.addresses
        guard addresses.site != nil else { return nil }
        let secret = try await conversation.club.speakLinks.issue(for: member.id, in: show.id, until: until)
        return addresses.speak(secret, in: show.id)
    }
}
