import Domain
import Foundation

/// Brings the cards of a room up to date with it, and tells hosts what they have to know.
struct RoomTeller: Sendable {
    /// So many shows that ended last are looked at.
    private static let pastShows = 20

    let directory: MemberDirectory
    let club: ClubServices

    /// The shows that are live, and those that ended since then.
    func shows(since moment: Date) async throws(ChangeFailure) -> [LiveSessionID] {
        let live = try await club.shows.list(.live, from: .first, limit: 200).items
        let past = try await club.shows.list(.past, from: .first, limit: Self.pastShows).items
        return live.map(\.id) + past.filter { $0.endedAt.map { $0 >= moment } ?? false }.map(\.id)
    }

    /// - Throws: what kept somebody's messages from being brought up to date; it keeps back nobody else's.
    func tell(_ notes: RoomNotes, of session: LiveSessionID) async throws(ChangeFailure) {
        guard let show = try await club.shows.find(session) else { return }
        var people = notes.hands
        var outcomes = notes.outcomes
        if notes.isOverfull || notes.hasEnded || notes.isCleared {
            let past = try await club.cards.hands(in: session)
            people.formUnion(past.keys)
            outcomes = past.compactMapValues { $0 }.merging(outcomes) { $1 }
        }
        var fault: ChangeFailure?
        for id in people.sorted(by: { $0.rawValue < $1.rawValue }) {
            let mayBeInvited = notes.isOverfull || notes.invited.contains(id)
            do throws(ChangeFailure) {
                guard let member = try await directory.find(.id(id)) else { continue }
                try await refresh(member, outcomes[id], mayBeInvited: mayBeInvited, in: show)
            } catch .store(let error) {
                fault = fault ?? .store(error)
            }
        }
        do throws(ChangeFailure) {
            if notes.concernsHosts { try await tellHosts(notes, of: show) }
        } catch .store(let error) {
            fault = fault ?? .store(error)
        }
        if let fault { throw fault }
    }

    private func tellHosts(_ notes: RoomNotes, of show: LiveSession) async throws(ChangeFailure) {
        let session = show.id
        let crew = try await crew(of: show)
        if notes.queueIsNew || notes.hasEnded {
            let admins = try await directory.admins().filter { admin in !crew.contains { $0.id == admin.id } }
            for member in crew + admins { try await refreshQueue(of: member, in: session) }
        }
        if let moment = notes.hostAskedAt {
            let name = "asked:\(Timestamp.milliseconds(moment))"
            try await club.cards.tell(.hostAsked(at: moment), named: name, to: crew, in: session)
        }
        if let (member, moment) = notes.inCharge {
            // A host who comes back knows.
            let readers = crew.filter { !($0.id == member && $0.id == show.host) }
            let name = "charged:\(Timestamp.milliseconds(moment))"
            try await club.cards.tell(.inCharge(member), named: name, to: readers, in: session)
        }
    }

    // MARK: Hands

    /// Brings one member's cards up to date. `outcome`: what became of their hand, where it is not up any more.
    private func refresh(
        _ member: Member,
        _ outcome: HandOutcome?,
        mayBeInvited: Bool,
        in show: LiveSession
    ) async throws(ChangeFailure) {
        let hand = try await club.cards.card(.hand, of: member.id, in: show.id)
        let speak = try await club.cards.card(.speak, of: member.id, in: show.id)
        guard mayBeInvited || hand?.face.isOpen == true || speak?.face.isOpen == true else { return }
        let room = try await club.rooms.snapshot(of: show.id, for: RoomPerson(member))
        guard case .live = room.phase else {
            let face = RoomCardFace.over(outcome == .removed ? .removed : .showOver)
            for kind in [RoomCard.Kind.hand, .speak] {
                try await club.cards.update(kind, face, of: member, in: show.id)
            }
            return
        }
        let face = room.handFace ?? .over(outcome ?? .loweredByHost)
        try await club.cards.update(.hand, face, of: member, in: show.id)
        if case .invited(let until) = room.you.place {
            try await invite(member, until: until, room, known: speak, in: show)
        } else {
            try await club.cards.update(.speak, face, of: member, in: show.id)
        }
    }

    /// Sends the way onto the stage, once for each invitation. Whoever has the room open is asked there; whoever the
    /// bot cannot write to has to be.
    private func invite(
        _ member: Member,
        until: Date,
        _ room: RoomSnapshot,
        known card: RoomCard?,
        in show: LiveSession
    ) async throws(ChangeFailure) {
        guard !room.you.seesRoom, member.isReachable, member.privateChat != nil,
            card?.face != .invited(until: until)
        else { return }
        let cause = Cause(rawValue: "speak-card:\(Timestamp.milliseconds(until))")
        try await club.cards.show(.speak, .invited(until: until), to: member, in: show.id, cause: cause)
    }

    // MARK: Those who run the show

    /// Host and co-hosts.
    private func crew(of show: LiveSession) async throws(ChangeFailure) -> [Member] {
        var crew: [Member] = []
        for id in [show.host].compactMap({ $0 }) + show.coHosts {
            guard let member = try await directory.find(.id(id)), member.isActive else { continue }
            crew.append(member)
        }
        return crew
    }

    private func refreshQueue(of member: Member, in session: LiveSessionID) async throws(ChangeFailure) {
        guard try await club.cards.card(.queue, of: member.id, in: session) != nil else { return }
        let room = try await club.rooms.snapshot(of: session, for: RoomPerson(member))
        guard room.you.rank.isModerator else { return }
        try await club.cards.update(.queue, .queue(mark: room.queueMark), of: member, in: session)
    }
}
