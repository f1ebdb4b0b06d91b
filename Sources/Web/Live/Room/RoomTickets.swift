import Domain
import Foundation
import Synchronization

/// Lets in clients that cannot send a cookie with a handshake: a ticket is good once, for one show and a short time.
///
/// Tickets live in this process, as digests. A member has at most `perMember` at a time, the oldest makes room; of all
/// there are at most `capacity`.
final class RoomTickets: Sendable {
    static let lifetime: Duration = .seconds(60)
    static let perMember = 8
    static let capacity = 10_000

    private struct Ticket {
        let authSession: AuthSessionID
        let member: MemberID
        let session: LiveSessionID
        let expiresAt: Date
    }

    private struct State {
        var tickets: [SecretDigest: Ticket] = [:]
        /// In the order in which they were issued; those that are gone are passed over.
        var order: [SecretDigest] = []
        var own: [MemberID: [SecretDigest]] = [:]

        mutating func remove(_ digest: SecretDigest) -> Ticket? {
            guard let ticket = tickets.removeValue(forKey: digest) else { return nil }
            own[ticket.member]?.removeAll { $0 == digest }
            if own[ticket.member]?.isEmpty ?? false { own[ticket.member] = nil }
            return ticket
        }

        mutating func tidy(now: Date) {
            var gone = 0
            for digest in order {
                if let ticket = tickets[digest], now < ticket.expiresAt, tickets.count < RoomTickets.capacity { break }
                _ = remove(digest)
                gone += 1
            }
            order.removeFirst(gone)
            if order.count > 2 * tickets.count + 64 { order.removeAll { tickets[$0] == nil } }
        }
    }

    private let hasher: SecretHasher
    private let clock: any ClubClock
    private let ids: IDSource
    private let state = Mutex(State())

    init(hasher: SecretHasher, clock: any ClubClock, ids: IDSource) {
        self.hasher = hasher
        self.clock = clock
        self.ids = ids
    }

    /// A new ticket for the one who asks.
    func issue(to asker: SignedIn, for session: LiveSessionID) -> (ticket: String, expiresAt: Date) {
        let secret = ids.secret()
        let digest = hasher.digest(of: secret)
        let now = clock.now
        let ticket = Ticket(
            authSession: asker.session.id,
            member: asker.member.id,
            session: session,
            expiresAt: now.addingTimeInterval(Self.lifetime.seconds)
        )
        state.withLock { state in
            state.tidy(now: now)
            if let own = state.own[ticket.member], own.count >= Self.perMember { _ = state.remove(own[0]) }
            state.tickets[digest] = ticket
            state.order.append(digest)
            state.own[ticket.member, default: []].append(digest)
        }
        return (secret, ticket.expiresAt)
    }

    /// Spends a ticket.
    /// - Returns: The sign-in for which it was issued; nil where it is unknown, spent, too old or for another show.
    func redeem(_ ticket: String, for session: LiveSessionID) -> AuthSessionID? {
        let digest = hasher.digest(of: ticket)
        guard let ticket = state.withLock({ $0.remove(digest) }) else { return nil }
        guard ticket.session == session, clock.now < ticket.expiresAt else { return nil }
        return ticket.authSession
    }
}
