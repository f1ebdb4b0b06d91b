import Domain
import Synchronization

/// What calls of this process have begun in the outbox and could not bring to an end, because the server did not answer.
///
/// The sweep ends it, and so does the next claim before it begins. What is lost with the process, `recover` finds, and
/// whoever repeats the call. It holds each conversation once, and no more claims than can be under way at once.
final class MongoUnfinished: Sendable {
    private struct State {
        /// Claims that handed nothing over, though they may have locked and marked something.
        var claims: [MongoOutboxClaim.Attempt] = []
        /// Conversations of which it was not looked what is first, after their rows had changed.
        var conversations: Set<MongoConversation> = []
        /// Rows for which a conversation was locked in which they may not be sent.
        var locks: [MongoConversation: [Int64]] = [:]
    }

    private let state = Mutex(State())

    func add(_ claim: MongoOutboxClaim.Attempt) {
        state.withLock { $0.claims.append(claim) }
    }

    func add(_ conversations: some Sequence<MongoConversation>) {
        state.withLock { $0.conversations.formUnion(conversations) }
    }

    /// The move of a conversation's rows, of which these were being sent.
    func add(moveOf old: MongoConversation, to new: MongoConversation, sending: [Int64]) {
        state.withLock { state in
            state.conversations.formUnion([old, new])
            state.locks[new, default: []] += sending
        }
    }

    /// Brings all of it to an end. What fails stays for the next time.
    func finish(_ client: MongoClient) throws {
        let taken = state.withLock { state in
            defer { state = State() }
            return state
        }
        do {
            for claim in taken.claims { try claim.takeBack(client) }
            for (conversation, rows) in taken.locks { try conversation.release(unlessSending: rows, client) }
            try MongoConversation.refresh(taken.conversations, client)
        } catch {
            state.withLock { state in
                state.claims += taken.claims
                state.conversations.formUnion(taken.conversations)
                state.locks.merge(taken.locks, uniquingKeysWith: +)
            }
            throw error
        }
    }
}
