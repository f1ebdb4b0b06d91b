import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// `/api/live-sessions/room…`, `ws-ticket`, and what was said and who was there in a show.
struct RoomRoutes: Sendable {
    private struct TicketRequest: Decodable {
        enum CodingKeys: String, CodingKey {
            case sessionID = "session_id"
        }

        let sessionID: String
    }

    private struct TicketAnswer: Encodable {
        let ticket: String
        let expiresAt: Date
    }

    let services: WebServices
    let tickets: RoomTickets

    func add(to routes: inout RouteTable) {
        routes.members(.get, "\(RoomDoor.path){id}", plain)
        routes.members(.post, "/api/live-sessions/ws-ticket", ticket)
        routes.roomVisitors(.get, "/api/live-sessions/room/{id}/state", state)
    }

    /// Who asks for a socket without a handshake is told how it is done.
    @Sendable private func plain(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        throw RequestFault.handshake(.unsupportedVersion)
    }

    @Sendable private func ticket(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let session = LiveSessionID(rawValue: try await request.json(TicketRequest.self).sessionID)
        _ = try await services.shows.session(session, for: asker.member)
        let (ticket, expiresAt) = tickets.issue(to: asker, for: session)
        return try .json(TicketAnswer(ticket: ticket, expiresAt: expiresAt), status: .created)
    }

    /// The room as the one who asks would see it on coming in; refused as they would be.
    @Sendable private func state(
        _ request: Request,
        _ context: WebContext,
        _ who: @Sendable (LiveSessionID) async throws -> RoomVisitor
    ) async throws -> Response {
        let session = LiveSessionID(rawValue: try context.parameters.require("id"))
        let asker = try await who(session)
        let show = try await RoomEntry(session, try request.fields()).check(asker, services)
        let sockets = services.sockets
        guard !sockets.hub.isDraining else { throw RequestFault.handshake(.draining) }
        let holders = sockets.limits.holders(asker.member.id, context.client)
        guard sockets.quota.isFree(holders) else { throw RequestFault.tooManySockets }
        let person = RoomPerson(asker.member)
        let snapshot = try await services.rooms.snapshot(of: session, for: person)
        let text = try RoomStateText(snapshot, title: show.title).text(for: person)
        return .json(text: text)
    }
}
