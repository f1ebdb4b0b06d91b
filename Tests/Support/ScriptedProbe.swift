import Domain
import Foundation
import Synchronization

/// A messenger that tells of each person and chat what a test has said; of others, that they are absent.
public final class ScriptedProbe: MembershipProbe {
    private struct State {
        var standings: [String: ChatStanding] = [:]
        var trouble: ChatStanding?
        var asked: [String] = []
    }

    private let state = Mutex(State())

    public init() {}

    /// About whom it was asked, and in which chat, in order: `person@chat`.
    public var asked: [String] { state.withLock { $0.asked } }

    public func say(_ standing: ChatStanding, of person: Int64, in chat: ChatID) {
        state.withLock { $0.standings["\(person)@\(chat)"] = standing }
    }

    /// Answers every question in this way; nil: as it was told.
    public func disturb(_ standing: ChatStanding?) {
        state.withLock { $0.trouble = standing }
    }

    public func standing(of person: TelegramUserID, in chat: ChatID, patience: Duration) async -> ChatStanding {
        state.withLock { state in
            state.asked.append("\(person)@\(chat)")
            return state.trouble ?? state.standings["\(person)@\(chat)"] ?? .absent
        }
    }
}
