import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// `/api/auth/…`: ways in, who is in, and ways out.
struct SignInRoutes: Sendable {
    private struct MiniAppRequest: Decodable {
        enum CodingKeys: String, CodingKey {
            case initData = "init_data"
        }

        var initData: String
    }

    private struct RedeemRequest: Decodable {
        var poll: String
    }

    private struct WaitingAnswer: Encodable {
        var status = "waiting"
    }

    private struct LinkAnswer: Encodable {
        var url: String
        var number: Int
        var poll: String
        var expiresAt: Date
    }

    private struct SessionAnswer: Encodable {
        var way: String
        var device: String
        var createdAt: Date
        var expiresAt: Date
        var isCurrent: Bool
    }

    private struct MeAnswer: Encodable {
        var member: MemberAnswer
        var session: SessionAnswer
    }

    let services: WebServices
    let link: LinkSignIn
    let handover: SessionHandover
    let passes: RoomPasses
    let miniAppKeys: MiniAppKeys
    /// How often an address may sign in by Mini App data.
    let miniAppLimit: RateLimiter
    /// The language for whoever names none.
    let language: ClubLanguage

    func add(to routes: inout RouteTable) {
        routes.everyone(.post, "/api/auth/telegram/webapp", miniApp)
        routes.everyone(.post, "/api/auth/link", start)
        routes.everyone(.post, "/api/auth/link/redeem", redeem)
        routes.members(.get, "/api/auth/me", me)
        routes.members(.get, "/api/auth/sessions", sessions)
        routes.members(.post, "/api/auth/logout", signOut)
        routes.members(.post, "/api/auth/logout-everywhere", signOutEverywhere)
    }

    @Sendable private func miniApp(_ request: Request, _ context: WebContext) async throws -> Response {
        try miniAppLimit.admit(context.client)
        let text = try await request.json(MiniAppRequest.self).initData
        let data = try MiniAppSignInData(
            checking: text,
            keys: miniAppKeys,
            now: services.clock.now,
            fallback: await language.current()
        )
        let cause = services.cause()
        _ = try await services.directory.recognise(data.person, isWriting: false, cause: cause)
        try await services.signInCheck?.attend(data.person, cause: Cause(rawValue: "\(cause):chats"))
        let (session, member) = try await services.signIn.open(
            for: .telegram(data.person.telegramID),
            way: .miniApp,
            device: DeviceName.make(userAgent: request.headers[.userAgent]),
            cause: cause
        )
        return try handover.answer(session, member)
    }

    @Sendable private func start(_ request: Request, _ context: WebContext) async throws -> Response {
        let waiting = try await link.start(request, context)
        let answer = LinkAnswer(
            url: waiting.url.absoluteString,
            number: waiting.number,
            poll: waiting.poll,
            expiresAt: waiting.expiresAt
        )
        return try .json(answer, headers: [.setCookie: waiting.cookie])
    }

    @Sendable private func redeem(_ request: Request, _ context: WebContext) async throws -> Response {
        let poll = try await request.json(RedeemRequest.self).poll
        switch try await link.redeem(poll: poll, request, context) {
        case .waiting: return try .json(WaitingAnswer(), status: .accepted)
        case .signedIn(let session, let member): return try handover.answer(session, member)
        }
    }

    @Sendable private func me(_ request: Request, _ context: WebContext, _ asker: SignedIn) async throws -> Response {
        let member = MemberAnswer(asker.member, for: asker.member)
        return try .json(MeAnswer(member: member, session: answer(asker.session, asker)))
    }

    @Sendable private func sessions(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let sessions = try await services.signIn.sessions(of: asker.member)
        return try .json(ListAnswer(items: sessions.map { answer($0, asker) }, next: nil))
    }

    @Sendable private func signOut(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        try await services.signIn.end(asker.session.id, cause: services.cause())
        return .noContent(headers: clearingCookies(request))
    }

    @Sendable private func signOutEverywhere(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        try await services.signIn.endAll(of: asker.member, cause: services.cause())
        return .noContent(headers: clearingCookies(request))
    }

    private func answer(_ session: AuthSession, _ asker: SignedIn) -> SessionAnswer {
        SessionAnswer(
            way: session.way.rawValue,
            device: session.device,
            createdAt: session.createdAt,
            expiresAt: session.expiresAt,
            isCurrent: session.id == asker.session.id
        )
    }

    private func clearingCookies(_ request: Request) -> HTTPFields {
        var headers: HTTPFields = [:]
        headers[values: .setCookie] = handover.cookie.clearing + passes.clearing(request.head)
        return headers
    }
}
