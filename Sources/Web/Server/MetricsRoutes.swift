import Domain
import HTTPTypes
import Hummingbird

/// `/metrics`: how the program is doing, for a monitoring system on the same machine and for admins.
struct MetricsRoutes: Sendable {
    /// What a proxy adds. With it, a request from this machine is somebody else's.
    private static let forwarding = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"].compactMap {
        HTTPField.Name($0)
    }

    let visitors: Visitors
    let metrics: @Sendable () async -> [Metric]

    func add(to routes: inout RouteTable) {
        routes.everyone(.get, "/metrics", show)
    }

    /// - Throws: 401 and 403 as every closed address.
    @Sendable private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        if !isLocal(request, context) {
            let visitor = await visitors.lookUp(request, context).visitor
            guard try visitor.signedIn().member.isAdmin else { throw Refusal.notAllowed }
        }
        var headers = HTTPFields()
        headers[.contentType] = "text/plain; version=0.0.4; charset=utf-8"
        headers[.cacheControl] = "no-store"
        let text = Metric.text(await metrics())
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private func isLocal(_ request: Request, _ context: WebContext) -> Bool {
        guard let peer = context.peer, peer.isLoopback else { return false }
        return !Self.forwarding.contains { request.headers[$0] != nil }
    }
}
