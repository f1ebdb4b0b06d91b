import Foundation

/// Writes down who is in a room from when to when, as its events tell.
struct AttendanceBook: Sendable {
    /// So many intervals wait to be stored at most, where the store is away; further ones are lost.
    static let capacity = 20_000

    let session: LiveSessionID
    private var seats: [ConnectionID: AttendanceInterval] = [:]
    private var stages: [MemberID: AttendanceInterval] = [:]
    private var voices: [MemberID: AttendanceInterval] = [:]
    private var unstored: [AttendanceID: AttendanceInterval] = [:]

    init(session: LiveSessionID) {
        self.session = session
    }

    /// What has to be stored, in the order of the ids.
    var due: [AttendanceInterval] { unstored.values.sorted { RecordKey.precedes($0.key, $1.key) } }

    /// Takes notice that these are stored.
    mutating func stored(_ intervals: [AttendanceInterval]) {
        for interval in intervals where unstored[interval.id] == interval { unstored[interval.id] = nil }
    }

    mutating func note(_ event: RoomEvent) {
        switch event {
        case .passing(.entered(let member, let connection, let device, let time)):
            let interval = AttendanceInterval(
                id: AttendanceID(rawValue: "\(session):\(connection):\(Timestamp.milliseconds(time))"),
                session: session,
                member: member,
                part: .seat(device),
                from: time
            )
            seats[connection] = interval
            keep(interval)
        case .passing(.left(_, let connection, let time)): end(seats.removeValue(forKey: connection), at: time)
        case .passing(.gone(let member, let time)), .passing(.expelled(let member, let time)):
            endSeats(of: member, at: time)
        case .passing: break
        case .logged(let fact): note(fact)
        }
    }

    /// Leaves nothing of when a member was there.
    mutating func forget(_ member: MemberID) {
        seats = seats.filter { $0.value.member != member }
        stages[member] = nil
        voices[member] = nil
        unstored = unstored.filter { $0.value.member != member }
    }

    /// Goes on with those whom a room's log has on stage.
    mutating func resume(_ state: RoomState, at time: Date) {
        for seat in state.stage { begin(.stage, of: seat.member, at: time) }
        for member in state.voices { begin(.microphone, of: member, at: time) }
    }

    private mutating func note(_ fact: RoomFact) {
        switch fact.news {
        case .promoted(let member): begin(.stage, of: member, at: fact.at)
        case .demoted(let member, _): leaveStage(member, at: fact.at)
        case .voiced(let member, let isOn):
            if isOn {
                begin(.microphone, of: member, at: fact.at)
            } else {
                end(voices.removeValue(forKey: member), at: fact.at)
            }
        case .removed(let member, _): endSeats(of: member, at: fact.at)
        case .ended:
            for member in Array(stages.keys) { leaveStage(member, at: fact.at) }
        case .said, .deleted, .raised, .lowered, .cleared, .invited, .uninvited, .pinned, .moderated, .started, .opened,
            .ruled, .charged, .asked, .answered, .muted, .supported, .reacted, .counted, .visited, .lived:
            break
        }
    }

    /// Whoever is shut out is not waited for: their connections end without being taken out of the room.
    private mutating func endSeats(of member: MemberID, at time: Date) {
        for (connection, seat) in seats where seat.member == member {
            seats[connection] = nil
            end(seat, at: time)
        }
    }

    private mutating func leaveStage(_ member: MemberID, at time: Date) {
        end(stages.removeValue(forKey: member), at: time)
        end(voices.removeValue(forKey: member), at: time)
    }

    private mutating func begin(_ part: AttendanceInterval.Part, of member: MemberID, at time: Date) {
        let interval = AttendanceInterval(
            id: AttendanceID(rawValue: "\(session):\(part.rawValue):\(member):\(Timestamp.milliseconds(time))"),
            session: session,
            member: member,
            part: part,
            from: time
        )
        if part == .stage {
            guard stages[member] == nil else { return }
            stages[member] = interval
        } else {
            guard voices[member] == nil else { return }
            voices[member] = interval
        }
        keep(interval)
    }

    private mutating func end(_ interval: AttendanceInterval?, at time: Date) {
        if let interval { keep(interval.ended(at: time)) }
    }

    private mutating func keep(_ interval: AttendanceInterval) {
        guard unstored.count < Self.capacity || unstored[interval.id] != nil else { return }
        unstored[interval.id] = interval
    }
}
