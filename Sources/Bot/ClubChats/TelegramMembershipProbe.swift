import Domain
import Foundation
import Synchronization

/// Asks Telegram how people stand to the club's chats.
///
/// Shared by everybody who asks with one bot: when Telegram wants to be left in peace or is in trouble, nobody asks.
final class TelegramMembershipProbe: MembershipProbe {
    private struct Pause {
        var until: Date
        var backoff = Backoff()
    }

    private let api: TelegramAPI
    private let clock: any ClubClock
    private let pause: Mutex<Pause>

    init(api: TelegramAPI, clock: any ClubClock) {
        self.api = api
        self.clock = clock
        pause = Mutex(Pause(until: clock.now))
    }

    func standing(of person: TelegramUserID, in chat: ChatID, patience: Duration) async -> ChatStanding {
        let left = pause.withLock { $0.until.timeIntervalSince(clock.now) }
        guard left <= 0 else { return .unavailable(.seconds(left)) }
        do {
            let question = GetChatMember(chatId: "\(chat)", userId: person.rawValue)
            let standing = try await api.call(question, deadline: patience)
            pause.withLock { $0.backoff.reset() }
            if standing.isPutOut { return .removed }
            return standing.isPresent.map { $0 ? .present : .absent } ?? .unclear
        } catch {
            return meaning(of: error)
        }
    }

    /// Only what Telegram says clearly about the person counts as an answer.
    private func meaning(of error: TelegramError) -> ChatStanding {
        switch error {
        case _ where error.isTokenRefused: return rest(Poller.refusedTokenPause)
        case .retryAfter(let duration): return rest(duration)
        case .migrated(let chat): return .moved(ChatID(rawValue: chat))
        case .refused(_, let code, let description):
            let text = description.lowercased()
            let names = ["user not found", "member not found", "participant_id_invalid"]
            return code == 400 && names.contains(where: text.contains) ? .absent : .unclear
        case .serverTrouble, .unreachable, .undecodable, .cancelled, .fileTooLarge, .fileTrouble: return rest(nil)
        }
    }

    /// `duration`: nil where the growing pause says it.
    private func rest(_ duration: Duration?) -> ChatStanding {
        pause.withLock { pause in
            let duration = duration ?? pause.backoff.pause()
            pause.until = max(pause.until, clock.after(duration))
            return .unavailable(duration)
        }
    }
}
