import Domain
import HTTPTypes
import Hummingbird

/// `/healthz`: the process lives. `/readyz`: it can serve, or what it lacks for that.
struct HealthRoutes: Sendable {
    private struct Healthy: Encodable {
        var status = "ok"
    }

    private struct Ready: Encodable {
        var status = "ready"
    }

    private struct NotReady: Encodable {
        var error: FailureAnswers.Envelope.Failure
        var notReady: [String]
        /// What the store is built on.
        var store: String
    }

    let services: WebServices
    let probe: StoreProbe
    let storeTitle: String

    func add(to routes: inout RouteTable) {
        routes.everyone(.get, "/healthz") { _, _ in try .json(Healthy()) }
        routes.everyone(.get, "/readyz", ready)
    }

    @Sendable private func ready(_ request: Request, _ context: WebContext) async throws -> Response {
        guard await !probe.answers() else { return try .json(Ready()) }
        let fault = RequestFault.unavailable
        let failure = FailureAnswers.Envelope.Failure(
            code: "not_ready",
            message: fault.message(services.phrases, context.language)
        )
        let answer = NotReady(error: failure, notReady: ["store"], store: storeTitle)
        return try .json(answer, status: fault.status, headers: fault.headers)
    }
}
