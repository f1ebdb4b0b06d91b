import Domain
import Foundation
import Logging

/// The sound of the club's rooms, for everybody who asks for it: the token's address, LiveKit's webhooks, the sweep.
public final class ClubSound: Sendable {
    let sound: RoomSound
    let rooms: LiveRooms
    let directory: MemberDirectory
    let tokens: LiveKitTokens
    let script: LiveKitScript
    let logger: Logger
    let connections = SoundConnections()
    let seen = SeenEvents()

    /// `sound`: One of the audiences of `rooms`.
    public init(
        _ sound: RoomSound,
        rooms: LiveRooms,
        directory: MemberDirectory,
        script: LiveKitScript,
        clock: any ClubClock,
        logger: Logger
    ) {
        self.sound = sound
        self.rooms = rooms
        self.directory = directory
        self.script = script
        self.logger = logger
        tokens = LiveKitTokens(server: sound.server, clock: clock)
    }

    var server: LiveKitServer { sound.server }

    /// As what a member comes into a room's sound.
    /// - Throws: `.refused(.notFound)`; `.refused(.room)` with `.notBegun`, `.over`, `.removed`.
    func part(of member: Member, in session: LiveSessionID) async throws(ChangeFailure) -> SoundPart {
        let room = try await rooms.snapshot(of: session, for: RoomPerson(member))
        switch room.phase {
        case .waiting: throw .refused(.room(.notBegun))
        case .ended: throw .refused(.room(.over))
        case .live: break
        }
        guard !room.removed.contains(member.id) else { throw .refused(.room(.removed)) }
        return room.part(of: member.id)
    }
}

extension RoomSnapshot {
    var isLive: Bool {
        if case .live = phase { true } else { false }
    }

    /// What somebody may do in the room's sound.
    func part(of member: MemberID) -> SoundPart {
        stage.contains { $0.member == member } ? .speaker : .listener
    }
}
