import Domain
import Foundation

/// Rooms at LiveKit. Each is called as its show's id.
extension LiveKitCalls {
    /// For so long LiveKit keeps a room in which nobody is yet, in seconds.
    private static let emptyTimeout = 3_600
    /// For so long it keeps one that the last participant has left, in seconds.
    private static let departureTimeout = 300

    private struct Creation: Encodable {
        let name: String
        let emptyTimeout: Int
        let departureTimeout: Int
    }

    private struct Naming: Encodable {
        let room: String
    }

    /// What an answer says that nobody reads.
    struct Nothing: Codable {}

    private struct RoomList: Decodable {
        struct Room: Decodable {
            let name: String
        }

        let rooms: [Room]?
    }

    /// The names of all rooms that there are, others' among them.
    func rooms() async throws(LiveKitFault) -> [String] {
        let list: RoomList = try await call("ListRooms", LiveKitGrant(roomList: true), Nothing())
        return (list.rooms ?? []).map(\.name)
    }

    /// Makes a show's room; nothing where it is there.
    func create(_ session: LiveSessionID) async throws(LiveKitFault) {
        let creation = Creation(
            name: session.rawValue,
            emptyTimeout: Self.emptyTimeout,
            departureTimeout: Self.departureTimeout
        )
        let _: Nothing = try await call("CreateRoom", LiveKitGrant(roomCreate: true), creation)
    }

    /// Ends a show's room, with everybody in it; nothing where it is not there.
    func delete(_ session: LiveSessionID) async throws(LiveKitFault) {
        do throws(LiveKitFault) {
            let request = Naming(room: session.rawValue)
            let _: Nothing = try await call("DeleteRoom", LiveKitGrant(roomCreate: true), request)
        } catch .missing {}
    }

    /// Who is in a show's room; nobody where it is not there.
    func participants(of session: LiveSessionID) async throws(LiveKitFault) -> [LiveKitParticipant] {
        let list: LiveKitParticipant.List = try await call(
            "ListParticipants",
            .administrating(session),
            Naming(room: session.rawValue)
        )
        return list.participants ?? []
    }
}
