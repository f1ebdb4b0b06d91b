import Domain
import Foundation
import Logging

/// What becomes of one message.
extension OutboxSender {
    func outcome(of row: OutboxRow) async -> OutboxOutcome {
        let call: OutgoingCall
        do {
            switch try await composer.delivery(of: row.draft, now: clock.now) {
            case .call(let composed): call = composed
            case .later(let moment): return .retry(notBefore: moment)
            case .nothing: return .failed(reason: "it is about nothing, or not wanted")
            }
        } catch ChangeFailure.store(.unavailable) {
            return .retry(notBefore: clock.after(.seconds(1)))
        } catch {
            logger.error("A message cannot be laid out", metadata: ["row": "\(row.sequence)", "error": "\(error)"])
            return .failed(reason: "it cannot be laid out")
        }
        return await attempt(call, row, mayChange: true)
    }

    /// `mayChange`: whether another call may be tried in place of this one, once.
    private func attempt(_ call: OutgoingCall, _ row: OutboxRow, mayChange: Bool) async -> OutboxOutcome {
        let began = clock.now
        do {
            let message = try await carryOut(call)
            pause.taken()
            await remember(row.draft, as: message)
            return .sent(message: message)
        } catch {
            return await outcome(of: error, since: began, call, row, mayChange: mayChange)
        }
    }

    /// Carries a call out, and keeps by which id a new picture can be sent again.
    private func carryOut(_ call: OutgoingCall) async throws(TelegramError) -> Int64? {
        guard case .uploadPhoto(let upload) = call else { return try await api.perform(call) }
        let sent = try await api.upload(upload)
        if let id = sent.fileID { composer.cards?.remember(id, of: upload.card) }
        return sent.messageId
    }

    private func outcome(
        of error: TelegramError,
        since began: Date,
        _ call: OutgoingCall,
        _ row: OutboxRow,
        mayChange: Bool
    ) async -> OutboxOutcome {
        logger.notice("A message was not sent", metadata: ["bot": "\(bot)", "error": "\(error)"])
        let chat = row.draft.chat
        switch SendVerdict(error, of: call) {
        case .done:
            return .sent(message: nil)
        case .instead(let other):
            return mayChange ? await attempt(other, row, mayChange: false) : .failed(reason: "\(error)")
        case .moved(let other):
            await note("That a group has moved") { try await outbox.move(bot: bot, from: chat, to: other) }
            await note("That the admins' chat has moved") { try await composer.moved(from: chat, to: other) }
            guard mayChange else { return .failed(reason: "\(error)") }
            var row = row
            row.draft.chat = other
            return await attempt(call.moved(to: other), row, mayChange: false)
        case .pauseAll:
            return pauseByBackoff(since: began)
        case .trouble:
            return await trouble(error, row, since: began)
        case .tokenRefused(let duration):
            pause.tokenRefused(for: duration, now: clock.now)
            return .retry(notBefore: pause.end)
        case .pauseChat(let duration):
            return await hold(chat, duration)
        case .unknown:
            pause.unanswered(since: began, now: clock.now)
            return .unknown(notBefore: max(pause.end, clock.after(.seconds(1))))
        case .failed(let reason):
            guard mayChange, let caption = call.recordingCaption, let other = await refusal(of: caption, chat) else {
                return .failed(reason: reason)
            }
            return await attempt(other, row, mayChange: false)
        case .tagsNotAllowed(let reason):
            let now = clock.now
            await note("That tags are not allowed") { try await composer.tagsRefused(in: chat, now: now) }
            return .failed(reason: reason)
        case .unreachable(let reason):
            await markUnreachable(chat)
            return .unreachable(reason: reason)
        }
    }

    /// Pauses the whole bot.
    private func pauseByBackoff(since began: Date) -> OutboxOutcome {
        pause.failed(since: began, now: clock.now)
        return .retry(notBefore: pause.end.addingTimeInterval(Self.turnPause.seconds))
    }

    /// One message with which Telegram always has trouble must not keep back all others for ever.
    private func trouble(_ error: TelegramError, _ row: OutboxRow, since began: Date) async -> OutboxOutcome {
        guard row.attempts >= Self.troubleLimit else { return pauseByBackoff(since: began) }
        if clock.now.timeIntervalSince(row.createdAt) > Self.longestTrouble.seconds {
            logger.error("A message is given up", metadata: ["row": "\(row.sequence)", "error": "\(error)"])
            return .failed(reason: "\(error)")
        }
        // Where nothing else gets through either, it is not this message.
        if pause.isCareful { pause.failed(since: began, now: clock.now) }
        return .retry(notBefore: clock.after(Self.troublePause))
    }

    /// What a person is told who gets no recording, for example because they refuse voice messages.
    private func refusal(of caption: String, _ chat: ChatID) async -> OutgoingCall? {
        let screen = try? await composer.recordingRefused(HTML.plain(caption), in: chat)
        return screen.map { Reply.show($0).call(in: chat) }
    }

    /// Leaves a chat in peace for as long as Telegram asks, and up to a second more.
    private func hold(_ chat: ChatID, _ duration: Duration) async -> OutboxOutcome {
        let until = clock.after(duration + .milliseconds(Int64.random(in: 0...1000)))
        pause.flooded(chat, until: until, now: clock.now)
        do {
            try await outbox.hold(bot: bot, chat: chat, until: until)
        } catch {
            logger.error("A pause cannot be stored", metadata: ["error": "\(error)"])
        }
        return .retry(notBefore: until)
    }

    private func markUnreachable(_ chat: ChatID) async {
        guard chat.isPrivate else {
            let now = clock.now
            return await note("That the admins' chat is lost") { try await composer.lost(chat, now: now) }
        }
        let id = TelegramUserID(rawValue: chat.rawValue)
        let cause = Cause(rawValue: "unreachable:\(chat):\(Timestamp.milliseconds(clock.now))")
        do {
            try await directory.mark(id, isReachable: false, cause: cause)
        } catch {
            logger.error("That a member is unreachable cannot be stored", metadata: ["error": "\(error)"])
        }
    }

    // MARK: What sending has shown

    /// Keeps which message an episode's card is. Without it the next one is sent as a message of its own.
    private func remember(_ draft: OutboxDraft, as message: Int64?) async {
        guard let message, case .notice(let notice) = draft.body else { return }
        await note("The place of a card") { try await composer.sent(notice, in: draft.chat, as: message) }
    }

    /// Stores what sending has shown; where that fails, the log says so.
    private func note(_ what: String, _ store: () async throws -> Void) async {
        do {
            try await store()
        } catch {
            logger.error("What sending has shown cannot be stored", metadata: ["what": "\(what)", "error": "\(error)"])
        }
    }
}
