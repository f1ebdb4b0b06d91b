import Foundation

/// What is told to several people, and what a log says of hands.
extension RoomCards {
    /// How many batches of a log are read at a time.
    private static let page = 500

    /// Tells people something of a room as new messages. Nobody is told the same twice.
    /// `name`: tells the thing in the dedupe key.
    public func tell(
        _ told: RoomTold,
        named name: String,
        to people: [Member],
        in session: LiveSessionID
    ) async throws(ChangeFailure) {
        let (now, expiresAt) = (clock.now, clock.after(Self.lifetime))
        let drafts = people.filter(\.isReachable).compactMap { member in
            member.privateChat.map { chat in
                OutboxDraft(
                    dedupeKey: "room-\(name):\(session):\(member.id)",
                    chat: chat,
                    lane: .answers,
                    body: .notice(.room(session, told)),
                    expiresAt: expiresAt
                )
            }
        }
        guard !drafts.isEmpty else { return }
        try await reading { () throws(StoreError) in try await store.outbox.append(drafts, now: now) }
    }

    /// Everybody who ever raised a hand in a show or was asked onto its stage, and what became of the last time, where
    /// that is over.
    public func hands(in session: LiveSessionID) async throws(ChangeFailure) -> [MemberID: HandOutcome?] {
        var hands: [MemberID: HandOutcome?] = [:]
        var number = 0
        while true {
            let batches = try await reading { () throws(StoreError) in
                try await store.roomLog.batches(of: session, after: number, limit: Self.page)
            }
            for fact in batches.flatMap(\.facts) { Self.follow(fact, &hands) }
            guard batches.count == Self.page, let last = batches.last else { return hands }
            number = last.number
        }
    }

    private static func follow(_ fact: RoomFact, _ hands: inout [MemberID: HandOutcome?]) {
        switch fact.news {
        case .raised(let hand): hands[hand.member] = .some(nil)
        case .invited(let invitation): hands[invitation.member] = .some(nil)
        case .lowered(let member, let why): hands[member] = HandOutcome(why)
        case .uninvited(let member, let why): hands[member] = HandOutcome(why)
        case .promoted(let member): hands[member] = .onStage
        case .cleared:
            for (member, outcome) in hands where outcome == nil { hands[member] = .loweredByHost }
        case .said, .deleted, .demoted, .pinned, .moderated, .started, .ended, .opened, .ruled, .charged, .asked,
            .answered, .muted, .removed, .supported, .reacted, .counted, .voiced, .visited, .lived:
            break
        }
    }
}
