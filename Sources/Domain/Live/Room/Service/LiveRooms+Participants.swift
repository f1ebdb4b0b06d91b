/// Somebody who is or was in a room.
public struct RoomParticipant: Equatable, Sendable {
    public let member: MemberID
    /// Of a show that is over: whether they were.
    public let isOnStage: Bool
}

extension LiveRooms {
    /// Those who are in a room, and those who dropped so little time ago that they keep their seat; by their ids.
    public func present(in session: LiveSessionID) async throws(ChangeFailure) -> [RoomParticipant] {
        try await ask(.participants, of: session).participants
    }

    /// Everybody who was in the room of a show that is over, by their ids; up to a minute old.
    public func attended(_ session: LiveSessionID) async throws(ChangeFailure) -> [RoomParticipant] {
        try await reading { () throws(StoreError) in try await attendanceLists.people(of: session) }
    }
}

extension Room {
    /// Those who are here or dropped just now, by their ids.
    var participants: [RoomParticipant] {
        RoomParticipant.inOrder(Dictionary(people.map { ($0, state.isOnStage($0)) }) { first, _ in first })
    }
}

extension RoomParticipant {
    static func inOrder(_ onStage: [MemberID: Bool]) -> [RoomParticipant] {
        onStage.map { RoomParticipant(member: $0.key, isOnStage: $0.value) }
            .sorted { RecordKey.precedes($0.member.rawValue, $1.member.rawValue) }
    }
}
