import Domain

/// Announcements: written, looked at, sent, followed and stopped by admins.
extension Conversation {
    /// Shows a text as it will be seen, and asks whether it is to be sent. `written`: nil where there is none yet.
    func announce(
        _ written: WrittenText?,
        by admin: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        guard admin.isAdmin else { throw .refused(.notAllowed) }
        guard let written else {
            let question = phrases.html(BroadcastPhrase.prompt, admin.language)
            return [.prompt(HTML.paragraphs([question, HTML(BroadcastPhrase.promptMark)]), isForOne: false)]
        }
        let text: RichText
        do {
            text = try RichText(written.text, marks: written.marks)
        } catch {
            throw .refused(error)
        }
        let draft = try await club.broadcasts.draft(text, by: admin, cause: cause)
        return [.show(broadcastScreens.message(draft)), .show(try await question(draft, admin.language))]
    }

    func answer(
        _ button: BroadcastButton,
        _ tap: Tap,
        of admin: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        [done(tap), .change(tap.message, try await screen(button, tap, of: admin, cause: cause))]
    }

    func broadcasts(after cursor: PageCursor?, for admin: Member) async throws(ChangeFailure) -> Screen {
        let page = try await club.broadcasts.list(for: admin, after: cursor, limit: BroadcastScreens.pageSize)
        return broadcastScreens.list(page, isFirst: cursor == nil, admin.language, zone: try await library.zone())
    }

    private func screen(
        _ button: BroadcastButton,
        _ tap: Tap,
        of admin: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> Screen {
        switch button {
        case .address(let id, let audience):
            let draft = try await club.broadcasts.address(id, to: audience, by: admin, cause: cause)
            return try await question(draft, admin.language)
        case .send(let id):
            let place = tap.message.map { CardPlace(chat: $0.chat, message: $0.message) }
            _ = try await club.broadcasts.send(id, showingIn: place, by: admin, cause: cause)
            return try await progress(of: id, for: admin)
        case .stop(let id):
            let stopped = try await club.broadcasts.stop(id, by: admin, cause: cause)
            guard stopped.startedAt != nil else { return broadcastScreens.dropped(admin.language) }
            return try await progress(of: id, for: admin)
        case .show(let id):
            return try await progress(of: id, for: admin)
        case .list(let cursor):
            return try await broadcasts(after: cursor, for: admin)
        }
    }

    private func question(_ draft: Broadcast, _ language: Language) async throws(ChangeFailure) -> Screen {
        let recipients = try await club.broadcasts.recipients(of: draft.audience)
        return broadcastScreens.question(draft, recipients: recipients, language)
    }

    private func progress(of id: BroadcastID, for admin: Member) async throws(ChangeFailure) -> Screen {
        let report = try await club.broadcasts.report(on: id, for: admin)
        return broadcastScreens.progress(report, now: directory.now, admin.language)
    }

    var broadcastScreens: BroadcastScreens { BroadcastScreens(phrases: phrases) }
}
