import Domain
import HTTPTypes
import Hummingbird

/// Notes about each request where it comes from and which language its browser asks for.
struct Arrival: RouterMiddleware {
    typealias Context = WebContext

    let addresses: ClientAddress
    /// The language for whoever names none.
    let language: Language

    func handle(
        _ request: Request,
        context: WebContext,
        next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.client = addresses.resolve(peer: context.peer, headers: request.headers)
        context.language = Visitors.language(accepted: request.headers[.acceptLanguage]) ?? language
        return try await next(request, context)
    }
}
