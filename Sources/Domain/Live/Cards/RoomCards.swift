import Foundation

/// The messages in which the bot shows people a room: sends them anew, changes them, and sends nothing where they say
/// already what is to be said.
///
/// What a card says and its message stand in the store, beside what the member answered to the show's announcement: a
/// restart loses neither.
public struct RoomCards: Sendable {
    /// What is told here is not worth sending any more after this.
    static let lifetime: Duration = .seconds(15 * 60)

    let store: any ClubStore
    let clock: any ClubClock
    let ids: IDSource

    public init(store: any ClubStore, clock: any ClubClock, ids: IDSource) {
        self.store = store
        self.clock = clock
        self.ids = ids
    }

    /// A member's card of a show; nil where they have none.
    public func card(
        _ kind: RoomCard.Kind,
        of member: MemberID,
        in session: LiveSessionID
    ) async throws(ChangeFailure) -> RoomCard? {
        try await reading { () throws(StoreError) in try await store.rsvps.find(.id(RSVPID(session, member))) }?
            .card(kind)
    }

    /// A member's card as it is to be laid out for the message that is sent now; nil where they have none.
    public func take(
        _ kind: RoomCard.Kind,
        of member: Member,
        in session: LiveSessionID
    ) async throws(ChangeFailure) -> RoomCard? {
        let known = try await card(kind, of: member.id, in: session)
        guard known?.queuedUntil != nil else { return known }
        return try await change(kind, of: member, in: session, cause: cause(kind), lane: nil) { card in
            guard card != nil else { return false }
            card?.queuedUntil = nil
            return true
        }
    }

    /// Sends a card as a new message, at once, which changes from now on in place of the one before.
    public func show(
        _ kind: RoomCard.Kind,
        _ face: RoomCardFace,
        to member: Member,
        in session: LiveSessionID,
        cause: Cause
    ) async throws(ChangeFailure) {
        try await change(kind, of: member, in: session, cause: cause, lane: .answers) { card in
            let number = card?.number ?? 0
            card = RoomCard(kind, face)
            card?.number = number
            return true
        }
    }

    /// Changes a card that the member has and that is not over, where it says something else. Behind what somebody
    /// waits for, and by one message however often it changes before that is sent.
    public func update(
        _ kind: RoomCard.Kind,
        _ face: RoomCardFace,
        of member: Member,
        in session: LiveSessionID
    ) async throws(ChangeFailure) {
        guard let known = try await card(kind, of: member.id, in: session), known.face.isOpen, known.face != face else {
            return
        }
        try await change(kind, of: member, in: session, cause: cause(kind), lane: .alerts) { card in
            guard card?.face.isOpen == true, card?.face != face else { return false }
            card?.face = face
            return true
        }
    }

    /// Takes notice that a card's message says this already.
    public func note(
        _ kind: RoomCard.Kind,
        _ face: RoomCardFace,
        of member: Member,
        in session: LiveSessionID,
        message: Int64
    ) async throws(ChangeFailure) {
        guard let known = try await card(kind, of: member.id, in: session), known.message == message,
            known.face != face
        else { return }
        try await change(kind, of: member, in: session, cause: cause(kind), lane: nil) { card in
            guard card?.message == message else { return false }
            card?.face = face
            return true
        }
    }

    /// Remembers the message that a card has become.
    public func remember(
        _ message: Int64,
        as kind: RoomCard.Kind,
        of member: Member,
        in session: LiveSessionID
    ) async throws(ChangeFailure) {
        guard let known = try await card(kind, of: member.id, in: session), known.message != message else { return }
        try await change(kind, of: member, in: session, cause: cause(kind), lane: nil) { card in
            guard card != nil else { return false }
            card?.message = message
            return true
        }
    }

    /// - `lane`: In which it is sent; nil: nothing is.
    /// - `edit`: Whether it has changed something.
    /// - Returns: The card after the change.
    @discardableResult
    private func change(
        _ kind: RoomCard.Kind,
        of member: Member,
        in session: LiveSessionID,
        cause: Cause,
        lane: OutboxLane?,
        _ edit: @escaping @Sendable (inout RoomCard?) -> Bool
    ) async throws(ChangeFailure) -> RoomCard? {
        let (now, expiresAt) = (clock.now, clock.after(Self.lifetime))
        let change = try await store.rsvps.change(.id(RSVPID(session, member.id)), cause: cause) { known in
            var rsvp = known ?? RSVP(session: session, member: member.id, now: now)
            var card = rsvp.card(kind)
            guard edit(&card), var card else { return Change(rsvp) }
            rsvp.updatedAt = now
            let isQueued = card.queuedUntil.map { now < $0 } ?? false
            guard let lane, lane == .answers || !isQueued, let chat = member.privateChat else {
                rsvp.put(card)
                return Change(rsvp)
            }
            card.number += 1
            card.queuedUntil = expiresAt
            rsvp.put(card)
            let draft = OutboxDraft(
                dedupeKey: "room-card:\(session):\(member.id):\(kind.rawValue):\(card.number)",
                chat: chat,
                lane: lane,
                body: .notice(.room(session, .card(kind))),
                expiresAt: expiresAt
            )
            return Change(rsvp, outbox: [draft])
        }
        return change.state.card(kind)
    }

    /// Each change of the program's own has a cause of its own; doing one twice does nothing.
    private func cause(_ kind: RoomCard.Kind) -> Cause { Cause(rawValue: "room-card:\(kind.rawValue):\(ids.secret())") }
}
