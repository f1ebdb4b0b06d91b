import HTTPTypes
import Hummingbird

/// Answers every path that nobody else answers as the Bot API does.
struct NotFoundEnvelope: RouterMiddleware {
    func handle(
        _ request: Request,
        context: SandboxRequestContext,
        next: (Request, SandboxRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            return .envelope(.failure(.notFound))
        }
    }
}
