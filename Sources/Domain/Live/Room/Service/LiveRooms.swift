import Foundation
import Synchronization

/// The rooms of shows, for everybody in this process: the web, the bot, the sound.
///
/// Each room that somebody asks for is read from its log and owned by one task. What is asked is decided, logged in
/// one commit with what is asked at the same time, then told to the audiences, then answered.
public final class LiveRooms: Sendable {
    private struct Open {
        let owner: RoomOwner
        let task: Task<Void, Never>
    }

    private struct State {
        var rooms: [LiveSessionID: Open] = [:]
        var isClosed = false
    }

    let store: any ClubStore
    let attendanceLists: AttendanceLists
    /// What is stored of those who are in the rooms of this process.
    public let attendanceNews = AttendanceNews()
    private let standings: RoomStandings
    private let shows: any RoomShows
    private let clock: any ClubClock
    private let ids: IDSource
    private let audiences: [any RoomAudience]
    private let state = Mutex(State())

    /// - `audiences`: Told everything that happens, each in the same order.
    public init(
        store: any ClubStore,
        shows: any RoomShows,
        clock: any ClubClock,
        ids: IDSource,
        audiences: [any RoomAudience]
    ) {
        self.store = store
        self.shows = shows
        self.clock = clock
        self.ids = ids
        self.audiences = audiences
        attendanceLists = AttendanceLists(store: store, clock: clock)
        standings = RoomStandings(store: store, clock: clock)
    }

    /// Brings a connection into a room. Its `RoomSignal.welcome` is told before this returns, and after it everything
    /// that happens in the room. `place`: up to where the client knows the room, where it was there before.
    /// - Throws: `.refused(.room(.removed))`, `.refused(.room(.over))`, `.refused(.notFound)`.
    public func enter(
        _ connection: ConnectionID,
        _ device: DeviceKind,
        by actor: RoomActor,
        in session: LiveSessionID,
        since place: RoomPlace? = nil
    ) async throws(ChangeFailure) {
        let person = await standings.known(actor.person)
        let standing = RoomActor(person, by: actor.way)
        _ = try await ask(.enter(connection, device, standing, since: place), of: session)
    }

    /// Checks whether somebody may come into a room, without taking a place.
    /// - Throws: What `enter` throws.
    public func admit(_ person: RoomPerson, to session: LiveSessionID) async throws(ChangeFailure) {
        _ = try await ask(.admission(person), of: session)
    }

    /// Checks that somebody was not removed from a room: then they neither begin nor end its show.
    /// - Throws: `.refused(.room(.removed))`, `.refused(.notFound)`.
    public func checkRunner(_ member: Member, of session: LiveSessionID) async throws(ChangeFailure) {
        do throws(ChangeFailure) {
            try await admit(RoomPerson(member), to: session)
        } catch .refused(.room(.over)) {
            // Whether it may be ended once more, the show says.
        }
    }

    /// Does what somebody asks for, where the rules allow it. Their level and priority are the ledger's, whatever `actor`
    /// says of them.
    /// - Throws: `.refused` with what the rules say no to; `.store` where it could not be logged: nothing happened, or
    ///   it did and is told later. A chat message may be sent again with its `clientID` whatever became of it.
    @discardableResult
    public func perform(
        _ command: RoomCommand,
        by actor: RoomActor,
        in session: LiveSessionID
    ) async throws(ChangeFailure) -> RoomAnswer {
        let person: RoomPerson
        if case .raiseHand = command {
            person = try await standings.raising(actor.person)
        } else {
            person = await standings.known(actor.person)
        }
        let standing = RoomActor(person, by: actor.way)
        return try await ask(try await work(for: command, by: standing, in: session), of: session)
    }

    /// A message that is to be deleted is looked up before, for a room remembers the last ones only.
    private func work(
        for command: RoomCommand,
        by actor: RoomActor,
        in session: LiveSessionID
    ) async throws(ChangeFailure) -> RoomDesk.Work {
        guard case .deleteMessage(let id) = command else { return .command(command, actor) }
        let found = try await reading { () throws(StoreError) in try await store.chatMessages.find([id]) }
        guard let known = found.first, known.session == session else { return .command(command, actor) }
        return .deletion(known.message, actor)
    }

    /// The room as somebody sees it.
    public func snapshot(of session: LiveSessionID, for person: RoomPerson) async throws(ChangeFailure) -> RoomSnapshot
    {
        let answer = try await ask(.snapshot(await standings.known(person)), of: session)
        guard let snapshot = answer.snapshot else { throw .refused(.notFound) }
        return snapshot
    }

    /// Takes over what a show has become: to be called after it began, ended, or has another crew or policy.
    /// - `actor`: Who did it, where somebody did.
    public func follow(_ session: LiveSessionID, by actor: RoomActor? = nil) async throws(ChangeFailure) {
        _ = try await ask(.follow(actor), of: session)
    }

    /// Tells a room that somebody's microphone can be heard, or not any more.
    public func microphone(
        of member: MemberID,
        isOn: Bool,
        in session: LiveSessionID
    ) async throws(ChangeFailure) {
        _ = try await ask(.order(.microphone(member, isOn: isOn)), of: session)
    }

    /// Takes somebody who is no member any more out of every open room.
    /// - Throws: the store's error where a room could not do it; the others have.
    public func expel(_ member: MemberID) async throws(ChangeFailure) {
        try await askAll(.order(.expel(member)))
    }

    /// Leaves nothing in any open room of what a member wrote, nor of when they were there. What is stored is `Privacy`'s
    /// to forget, but for the attendance that rooms have stored since then.
    /// - Throws: the store's error where a room could not do it; the others have.
    public func forget(_ member: MemberID) async throws(ChangeFailure) {
        try await askAll(.forget(member))
        for owner in state.withLock({ $0.rooms.values.map(\.owner) }) { await owner.settleKeeping() }
        try await reading { () throws(StoreError) in try await store.attendance.forget(member) }
        attendanceLists.forget()
    }

    /// The shows whose rooms are open in this process.
    public var open: [LiveSessionID] { state.withLock { Array($0.rooms.keys) } }

    /// Lets nothing more be asked, and returns when everything that was asked is answered.
    public func close() async {
        let rooms = state.withLock { state -> [Open] in
            state.isClosed = true
            defer { state.rooms = [:] }
            return Array(state.rooms.values)
        }
        for room in rooms { room.task.cancel() }
        for room in rooms { await room.task.value }
    }

    func ask(_ work: RoomDesk.Work, of session: LiveSessionID) async throws(ChangeFailure) -> RoomAnswer {
        // A room that ended at this very moment is opened anew.
        for _ in 1...3 {
            let owner = try owner(of: session)
            if let answer = try await owner.ask(work) { return answer }
            forget(owner, of: session)
        }
        throw .store(.unavailable(source: "room", code: 0))
    }

    /// Asks every open room. One that refuses, for it has no show, has nothing to be done.
    private func askAll(_ work: RoomDesk.Work) async throws(ChangeFailure) {
        var failure: ChangeFailure?
        for session in open {
            do throws(ChangeFailure) {
                _ = try await ask(work, of: session)
            } catch .refused {
                continue
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    private func owner(of session: LiveSessionID) throws(ChangeFailure) -> RoomOwner {
        try state.withLock { (state) throws(ChangeFailure) in
            guard !state.isClosed else { throw .store(.unavailable(source: "rooms", code: 0)) }
            if let open = state.rooms[session] { return open.owner }
            let owner = RoomOwner(clock: clock, ids: ids, news: attendanceNews)
            let task = Task { [self] in
                await owner.run { () async throws(ChangeFailure) in
                    try await RoomDesk.open(
                        session,
                        store: store,
                        shows: shows,
                        clock: clock,
                        audiences: audiences,
                        news: attendanceNews
                    )
                }
                forget(owner, of: session)
            }
            state.rooms[session] = Open(owner: owner, task: task)
            return owner
        }
    }

    private func forget(_ owner: RoomOwner, of session: LiveSessionID) {
        state.withLock { state in
            if state.rooms[session]?.owner === owner { state.rooms[session] = nil }
        }
    }
}
