import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// Decides who gets a socket of a room, before there is one. Who somebody is comes from their sign-in, never from the
/// query; a refusal is an answer as all of the API gives them.
struct RoomDoor: SocketDoor {
    static let path = "/api/live-sessions/ws/"

    let services: WebServices
    let visitors: RoomVisitors
    let tickets: RoomTickets
    /// How often one member may ask for a socket.
    let joins: RateLimiter
    let addresses: ClientAddress
    let origins: OriginCheck
    let security: SecurityHeaders
    /// The language for whoever asks for none.
    let language: Language
    let logger: Logger

    func leadsTo(_ path: String) -> Bool {
        Self.session(path) != nil
    }

    func decide(_ asked: SocketRequest) async -> SocketDecision {
        let request = Request(head: asked.head, body: RequestBody(buffer: ByteBuffer()))
        do {
            let peer = asked.peer?.ipAddress.flatMap(IPAddress.init)
            return .accept(try await admit(request, addresses.resolve(peer: peer, headers: request.headers)))
        } catch {
            return .refuse(refusal(failure(of: error), asked))
        }
    }

    func refusal(of fault: HandshakeFault, _ asked: SocketRequest) -> SocketRefusal {
        refusal(.fault(.handshake(fault)), asked)
    }

    private func admit(_ request: Request, _ client: IPAddress?) async throws -> SocketAcceptance {
        guard let session = Self.session(request.uri.path) else { throw RequestFault.unknownAddress }
        let fields = try request.fields()
        let entry = try RoomEntry(session, fields)
        guard origins.isOurs(request.head) else { throw RequestFault.foreignOrigin }
        let asker = try await asker(request, fields["ticket"] ?? "", session)
        try joins.admit(asker.member.id)
        let show = try await entry.check(asker, services)
        let holders = services.sockets.limits.holders(asker.member.id, client)
        guard let permit = services.sockets.quota.reserve(holders) else { throw RequestFault.tooManySockets }
        let own = RoomSession(services: services, asker: asker, show: show, entry: entry, logger: logger)
        return SocketAcceptance(session: own, permit: permit)
    }

    private func asker(_ request: Request, _ ticket: String, _ session: LiveSessionID) async throws -> RoomVisitor {
        guard !ticket.isEmpty else { return try await visitors.visitor(of: request, in: session) }
        guard let id = tickets.redeem(ticket, for: session) else { throw Refusal.notSignedIn }
        let (authSession, member) = try await services.signIn.member(session: id)
        return RoomVisitor(SignedIn(session: authSession, member: member))
    }

    /// The show to whose room a path leads; nil where it leads elsewhere.
    private static func session(_ path: String) -> LiveSessionID? {
        guard path.hasPrefix(Self.path) else { return nil }
        let id = path.dropFirst(Self.path.count)
        guard !id.isEmpty, id.utf8.count <= 64, !id.contains("/") else { return nil }
        return LiveSessionID(rawValue: String(id))
    }

    // MARK: Refusing

    private func failure(of error: any Error) -> Failure {
        switch error {
        case let refusal as Refusal: return .refusal(refusal)
        case ChangeFailure.refused(let refusal): return .refusal(refusal)
        case let fault as RequestFault: return .fault(fault)
        case ChangeFailure.store(let error): return .fault(fault(of: error))
        case let error as StoreError: return .fault(fault(of: error))
        default: return .fault(unexpected(error))
        }
    }

    private func fault(of error: StoreError) -> RequestFault {
        switch error {
        case .unavailable, .conflict:
            logger.warning("The store could not serve a handshake", metadata: ["error": "\(error)"])
            return .unavailable
        case .missing, .corrupt:
            return unexpected(error)
        }
    }

    private func unexpected(_ error: any Error) -> RequestFault {
        let id = String(services.ids.secret().prefix(8))
        logger.error("A handshake failed", metadata: ["id": "\(id)", "error": "\(error)"])
        return .unexpected(id: id)
    }

    private func refusal(_ failure: Failure, _ asked: SocketRequest) -> SocketRefusal {
        let language = Visitors.language(accepted: asked.head.headerFields[.acceptLanguage]) ?? language
        var headers = failure.answerHeaders
        headers[.contentType] = "application/json; charset=utf-8"
        headers[.cacheControl] = "no-store"
        security.add(to: &headers)
        let text = try? RoomFrame.text(failure.envelope(services.phrases, language))
        return SocketRefusal(status: failure.status, headers: headers, body: Data((text ?? "").utf8))
    }
}
