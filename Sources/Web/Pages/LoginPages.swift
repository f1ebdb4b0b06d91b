import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// `/login` and the ways out. Everything works without scripts too; with them, the waiting page asks by itself.
struct LoginPages: Sendable {
    private struct LoginView {
        var next: String
    }

    private struct WaitingView {
        var next: String
        var number: Int
        var url: String
        var payload: String
        var poll: String
        /// Milliseconds since 1970, for the script.
        var expiresAt: Int64
        var stepOpen: String
        /// Whether the person said that they confirmed, but had not.
        var isNotYet: Bool
    }

    let services: WebServices
    let pages: Pages
    let visitors: Visitors
    let link: LinkSignIn
    let handover: SessionHandover
    let passes: RoomPasses

    func add(to routes: inout RouteTable) {
        routes.everyone(.get, "/login", show)
        routes.everyone(.post, "/login", start)
        routes.everyone(.post, "/login/redeem", redeem)
        routes.members(.post, "/logout", signOut)
    }

    @Sendable private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let next = try next(request.fields())
        let context = await visitors.lookUp(request, context)
        if case .member = context.visitor { return .seeOther(next.text) }
        let view = LoginView(next: next.text)
        return .page(pages.render(.login, title: pages.text(.loginTitle, context), view, context))
    }

    @Sendable private func start(_ request: Request, _ context: WebContext) async throws -> Response {
        let next = try next(await request.form())
        let waiting = try await link.start(request, context)
        let view = WaitingView(
            next: next.text,
            number: waiting.number,
            url: waiting.url.absoluteString,
            payload: waiting.payload,
            poll: waiting.poll,
            expiresAt: Timestamp.milliseconds(waiting.expiresAt),
            stepOpen: pages.text(.waitingStepOpen, context, ["bot": "@" + pages.bot.name()]),
            isNotYet: false
        )
        return page(view, context, headers: [.setCookie: waiting.cookie])
    }

    /// The form of the waiting page, for browsers without scripts. It brings back what that page shows.
    @Sendable private func redeem(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await request.form()
        guard let poll = form["poll"] else { throw RequestFault.invalidField("poll") }
        let next = next(form)
        switch try await link.redeem(poll: poll, request, context) {
        case .signedIn(let session, _):
            return try handover.redirect(session, to: next)
        case .waiting:
            guard let number = form["number"].flatMap({ Int($0) }), (10...99).contains(number) else {
                throw RequestFault.invalidField("number")
            }
            guard let payload = form["payload"], payload.count == 26,
                payload.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
            else { throw RequestFault.invalidField("payload") }
            guard let expiresAt = form["expires_at"].flatMap({ Int64($0) }) else {
                throw RequestFault.invalidField("expires_at")
            }
            let view = WaitingView(
                next: next.text,
                number: number,
                url: link.url(payload: payload).absoluteString,
                payload: payload,
                poll: poll,
                expiresAt: expiresAt,
                stepOpen: pages.text(.waitingStepOpen, context, ["bot": "@" + pages.bot.name()]),
                isNotYet: true
            )
            return page(view, context, headers: [:])
        }
    }

    @Sendable private func signOut(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        if try await request.form()["everywhere"] != nil {
            try await services.signIn.endAll(of: asker.member, cause: services.cause())
        } else {
            try await services.signIn.end(asker.session.id, cause: services.cause())
        }
        var headers: HTTPFields = [:]
        headers[values: .setCookie] = handover.cookie.clearing + passes.clearing(request.head)
        return .seeOther("/login", headers: headers)
    }

    private func page(_ view: WaitingView, _ context: WebContext, headers: HTTPFields) -> Response {
        .page(pages.render(.waiting, title: pages.text(.waitingTitle, context), view, context), headers: headers)
    }

    private func next(_ fields: FormFields) -> LocalPath {
        fields["next"].flatMap(LocalPath.init) ?? .library
    }
}
