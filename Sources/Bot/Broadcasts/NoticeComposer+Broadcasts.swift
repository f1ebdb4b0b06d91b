import Domain

extension NoticeComposer {
    /// - Returns: nil where it was stopped, or the recipient does not belong to its audience any more.
    func announcement(_ id: BroadcastID, to recipient: Member?) async throws(ChangeFailure) -> Screen? {
        guard let broadcast = try await conversation.club.broadcasts.find(id), broadcast.isSending,
            let recipient, recipient.isActive, recipient.role >= broadcast.audience.leastRole
        else { return nil }
        return conversation.broadcastScreens.message(broadcast)
    }

    /// How far an announcement is, in place of the message that has said so before.
    func progress(of id: BroadcastID, in chat: ChatID) async throws(ChangeFailure) -> Reply? {
        guard let report = try await conversation.club.broadcasts.report(on: id) else { return nil }
        let reader = try await directory.find(.telegram(TelegramUserID(rawValue: chat.rawValue)))
        let screen = conversation.broadcastScreens.progress(report, now: directory.now, await language(of: reader))
        guard let place = report.broadcast.place, place.chat == chat else { return .show(screen) }
        return .change(MessagePlace(chat: chat, message: place.message), screen)
    }

    /// Remembers which message shows how far it is.
    func remember(_ message: Int64, of id: BroadcastID, in chat: ChatID) async throws(ChangeFailure) {
        let place = CardPlace(chat: chat, message: message)
        guard try await conversation.club.broadcasts.find(id)?.place != place else { return }
        try await conversation.club.broadcasts.remember(place, of: id)
    }
}
