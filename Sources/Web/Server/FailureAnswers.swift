import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// Turns every error into an answer: the JSON envelope for programs, a friendly page for people, each in the
/// visitor's language.
struct FailureAnswers: RouterMiddleware {
    typealias Context = WebContext

    /// The envelope of every error of the API.
    struct Envelope: Encodable {
        struct Failure: Encodable {
            var code: String
            var message: String
            var field: String?
        }

        var error: Failure
    }

    let routes: RouteTable
    let visitors: Visitors
    let pages: Pages
    let services: WebServices

    func handle(
        _ request: Request,
        context: WebContext,
        next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let failure = failure(of: error, request, context)
            let answer = try answer(failure, request, await visitors.lookUp(request, context))
            return request.method == .head ? answer.createHeadResponse() : answer
        }
    }

    private func answer(_ failure: Failure, _ request: Request, _ context: WebContext) throws -> Response {
        let headers = failure.answerHeaders
        if !request.uri.path.hasPrefix("/api/"), request.headers[.accept]?.contains("text/html") == true {
            let html = try pages.failure(failure, context)
            return .page(html, status: failure.status, headers: headers)
        }
        let envelope = failure.envelope(services.phrases, context.language)
        return try .json(envelope, status: failure.status, headers: headers)
    }

    private func failure(of error: any Error, _ request: Request, _ context: WebContext) -> Failure {
        switch error {
        case let refusal as Refusal: return .refusal(refusal)
        case ChangeFailure.refused(let refusal): return .refusal(refusal)
        case ChangeFailure.store(let error): return .fault(fault(of: error, request, context))
        case let error as StoreError: return .fault(fault(of: error, request, context))
        case let refusal as FieldRefusal: return .refusedField(refusal)
        case let fault as RequestFault: return .fault(fault)
        case let error as HTTPError where error.status == .notFound:
            let methods = routes.methods(at: request.uri.path)
            return .fault(methods.isEmpty ? .unknownAddress : .methodNotAllowed(methods))
        default: return .fault(unexpected(error, request, context))
        }
    }

    private func fault(of error: StoreError, _ request: Request, _ context: WebContext) -> RequestFault {
        switch error {
        case .unavailable, .conflict:
            context.logger.warning("The store could not serve a request", metadata: ["error": "\(error)"])
            return .unavailable
        case .missing, .corrupt:
            return unexpected(error, request, context)
        }
    }

    private func unexpected(_ error: any Error, _ request: Request, _ context: WebContext) -> RequestFault {
        let id = String(services.ids.secret().prefix(8))
        context.logger.error(
            "A request failed",
            metadata: ["id": "\(id)", "path": "\(request.uri.path)", "error": "\(error)"]
        )
        return .unexpected(id: id)
    }
}

/// Why a request is not answered as asked.
enum Failure: Sendable {
    /// The club's rules say no.
    case refusal(Refusal)
    /// The same, because of one field.
    case refusedField(FieldRefusal)
    /// The request or the server is at fault.
    case fault(RequestFault)

    var status: HTTPResponse.Status {
        switch self {
        case .refusal(let refusal): refusal.status
        case .refusedField(let field): field.refusal.status
        case .fault(let fault): fault.status
        }
    }

    var code: String {
        switch self {
        case .refusal(let refusal): refusal.code
        case .refusedField(let field): field.refusal.code
        case .fault(let fault): fault.code
        }
    }

    var headers: HTTPFields {
        switch self {
        case .refusal, .refusedField: [:]
        case .fault(let fault): fault.headers
        }
    }

    /// What the answer's head says, with how to sign in where that is missing.
    var answerHeaders: HTTPFields {
        var headers = headers
        if status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
        return headers
    }

    /// As programs are told.
    func envelope(_ phrases: Phrasebook, _ language: Language) -> FailureAnswers.Envelope {
        FailureAnswers.Envelope(
            error: FailureAnswers.Envelope.Failure(
                code: code,
                message: message(phrases, language),
                field: field
            )
        )
    }

    var field: String? {
        switch self {
        case .refusal: nil
        case .refusedField(let field): field.field
        case .fault(let fault): fault.field
        }
    }

    func message(_ phrases: Phrasebook, _ language: Language) -> String {
        switch self {
        case .refusal(let refusal): phrases.text(refusal, language, zone: ClubSettings().zone)
        case .refusedField(let field): phrases.text(field.refusal, language, zone: ClubSettings().zone)
        case .fault(let fault): fault.message(phrases, language)
        }
    }
}
