import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// `/api/admin/broadcasts…`: announcements to many, for admins.
struct BroadcastRoutes: Sendable {
    /// How many broadcasts a list has where nobody says how many.
    private static let defaultLimit = 20

    private struct SendRequest: Decodable {
        var text: String
        /// Nil: all members.
        var audience: String?
    }

    let services: WebServices

    func add(to routes: inout RouteTable) {
        routes.members(.get, "/api/admin/broadcasts", list)
        routes.members(.post, "/api/admin/broadcasts", send)
        routes.members(.get, "/api/admin/broadcasts/{id}", one)
        routes.members(.post, "/api/admin/broadcasts/{id}/stop", stop)
    }

    @Sendable private func list(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let wanted = try PageRequest(try request.fields(), limit: Self.defaultLimit)
        let page = try await services.broadcasts.list(for: asker.member, after: wanted.cursor, limit: wanted.limit)
        return try .json(ListAnswer(items: page.items.map(BroadcastAnswer.init), next: page.next))
    }

    @Sendable private func send(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let wanted = try await request.json(SendRequest.self)
        var audience = Broadcast.Audience.members
        if let named = wanted.audience {
            guard let known = Broadcast.Audience(rawValue: named) else { throw RequestFault.invalidField("audience") }
            audience = known
        }
        let text = try RichText(wanted.text)
        let sent = try await services.broadcasts.send(text, to: audience, by: asker.member, cause: services.cause())
        return try await answer(sent.id, asker, status: .created)
    }

    @Sendable private func one(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        try await answer(try Self.id(context), asker)
    }

    @Sendable private func stop(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let id = try Self.id(context)
        _ = try await services.broadcasts.stop(id, by: asker.member, cause: services.cause())
        return try await answer(id, asker)
    }

    private func answer(
        _ id: BroadcastID,
        _ asker: SignedIn,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let report = try await services.broadcasts.report(on: id, for: asker.member)
        return try .json(BroadcastAnswer(report), status: status)
    }

    private static func id(_ context: WebContext) throws -> BroadcastID {
        BroadcastID(rawValue: try context.parameters.require("id"))
    }
}

/// A broadcast as the API shows it.
struct BroadcastAnswer: Encodable {
    struct AuthorAnswer: Encodable {
        var userId: String
        /// Nil where the person is not known any more.
        var name: String?
    }

    var id: String
    var text: String
    var audience: String
    var state: String
    var author: AuthorAnswer
    var createdAt: Date
    var startedAt: Date?
    var endedAt: Date?
    var recipients: Int
    var sent: Int
    var blocked: Int
    var failed: Int
    var unknown: Int
    var left: Int
    var withdrawn: Int

    init(_ report: Broadcasts.Report) {
        let (broadcast, tally) = (report.broadcast, report.tally)
        id = broadcast.id.rawValue
        text = broadcast.text.text
        audience = broadcast.audience.rawValue
        state = broadcast.state.rawValue
        author = AuthorAnswer(userId: broadcast.author.rawValue, name: report.author)
        createdAt = broadcast.createdAt
        startedAt = broadcast.startedAt
        endedAt = broadcast.endedAt
        recipients = tally.total
        sent = tally.sent
        blocked = tally.blocked
        failed = tally.failed
        unknown = tally.unknown
        left = tally.left
        withdrawn = tally.withdrawn
    }
}
