import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// `/api/live-sessions/livekit…`: members' tokens for the sound of a show, and LiveKit's webhooks.
struct LiveKitRoutes: Sendable {
    private struct TokenRequest: Decodable {
        enum CodingKeys: String, CodingKey {
            case session = "session_id"
            case user = "user_id"
        }

        let session: String
        let user: String?
    }

    private struct TokenAnswer: Encodable {
        let token: String
        /// Where the browser connects.
        let url: String
        let room: String
        let identity: String
        let canPublish: Bool
        let expiresAt: Date
        /// The address of the client's script.
        let client: String
    }

    /// Nil where the club has no sound.
    let sound: ClubSound?

    func add(to routes: inout RouteTable) {
        routes.roomVisitors(.post, "/api/live-sessions/livekit/token", token)
        routes.everyone(.post, "/api/live-sessions/livekit/webhook", webhook)
        routes.everyone(.get, LiveKitScript.path, script)
    }

    @Sendable private func token(
        _ request: Request,
        _ context: WebContext,
        _ who: @Sendable (LiveSessionID) async throws -> RoomVisitor
    ) async throws -> Response {
        let wanted = try await request.json(TokenRequest.self)
        let session = LiveSessionID(rawValue: wanted.session)
        let asker = try await who(session)
        guard wanted.user == nil || wanted.user == asker.member.id.rawValue else { throw RequestFault.otherUser }
        let sound = try configured()
        let part = try await sound.part(of: asker.member, in: session)
        let (token, expiresAt) = try sound.tokens.joining(session, as: part, asker.member)
        return try .json(
            TokenAnswer(
                token: token,
                url: sound.server.address.absoluteString,
                room: session.rawValue,
                identity: asker.member.id.rawValue,
                canPublish: part == .speaker,
                expiresAt: expiresAt,
                client: sound.script.link
            )
        )
    }

    @Sendable private func webhook(_ request: Request, _ context: WebContext) async throws -> Response {
        let sound = try configured()
        let body = Data(try await request.body(atMost: Request.longestBody))
        // LiveKit sends the token by itself, without a scheme before it.
        guard let token = request.headers[.authorization], sound.tokens.isSigned(body, by: token) else {
            throw RequestFault.badSignature
        }
        guard let event = try? JSONDecoder().decode(LiveKitEvent.self, from: body) else {
            throw RequestFault.malformedBody
        }
        try await sound.take(event)
        return .noContent()
    }

    @Sendable private func script(_ request: Request, _ context: WebContext) async throws -> Response {
        guard let file = try configured().script.wanted() else { throw RequestFault.clientScriptUnavailable }
        return StaticAssets.answer(file, to: request)
    }

    private func configured() throws(RequestFault) -> ClubSound {
        guard let sound else { throw .soundNotConfigured }
        return sound
    }
}
