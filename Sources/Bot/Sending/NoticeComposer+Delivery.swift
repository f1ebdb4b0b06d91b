import Domain
import Foundation

extension NoticeComposer {
    /// What is to be done with a row of the outbox at this moment.
    enum Delivery: Sendable {
        case call(OutgoingCall)
        /// Its recipient is to be left in peace until then.
        case later(Date)
        /// What it is about does not exist any more, or its recipient does not want it.
        case nothing
    }

    /// So soon quiet hours are looked at again: whoever ends them early does not wait longer than this.
    static let longestQuiet: Duration = .seconds(30 * 60)

    /// Decided when a row is sent, not when it was stored: what counts is what its recipient wants now.
    func delivery(of draft: OutboxDraft, now: Date) async throws -> Delivery {
        let notice: Notice
        switch draft.body {
        // The row's chat may have become another one since the call was laid out.
        case .prepared(let data): return .call(try OutgoingCall(prepared: data).moved(to: draft.chat))
        case .notice(let told): notice = told
        }
        let isQuiet: Bool
        switch try await manner(of: notice, draft, now: now) {
        case .nothing: return .nothing
        case .later(let moment): return .later(moment)
        case .now(let silently): isQuiet = silently
        }
        guard let call = try await reply(notice, in: draft.chat)?.call(in: draft.chat) else { return .nothing }
        return .call(isQuiet ? call.silent : call)
    }

    private enum Manner {
        case now(silently: Bool)
        case later(Date)
        case nothing
    }

    private func manner(of notice: Notice, _ draft: OutboxDraft, now: Date) async throws(ChangeFailure) -> Manner {
        guard draft.chat.isPrivate, draft.lane != .answers, notice != .menuChanged else { return .now(silently: false) }
        let recipient = try await directory.find(.telegram(TelegramUserID(rawValue: draft.chat.rawValue)))
        if let kind = notice.kind {
            guard let recipient, recipient.isActive, recipient.role >= kind.leastRole, recipient.settings.wants(kind)
            else { return .nothing }
        }
        guard let recipient, recipient.settings.quietHours != nil,
            let end = recipient.settings.quietUntil(for: now, clubZone: try await library.zone())
        else { return .now(silently: false) }
        guard draft.lane == .digests else { return .now(silently: true) }
        return .later(min(end, now.addingTimeInterval(Self.longestQuiet.seconds)))
    }
}
