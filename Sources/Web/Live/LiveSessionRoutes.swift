import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// `/api/live-sessions/sessions…`: the club's shows for programs.
struct LiveSessionRoutes: Sendable {
    /// How many shows a list has where nobody says how many.
    private static let defaultLimit = 20

    let services: WebServices
    /// Under which members reach the site.
    let publicURL: URL

    func add(to routes: inout RouteTable) {
        let path = "/api/live-sessions/sessions"
        routes.members(.get, path, list)
        routes.members(.post, path, schedule)
        // Before the show itself, whose id would match as well.
        routes.members(.get, "\(path)/{id}.ics", calendar)
        routes.members(.get, "\(path)/{id}", one)
        routes.members(.patch, "\(path)/{id}", change)
        routes.members(.delete, "\(path)/{id}", cancel)
        routes.members(.post, "\(path)/{id}/start", start)
        routes.members(.post, "\(path)/{id}/end", end)
        routes.members(.post, "\(path)/{id}/rsvp", answer)
    }

    @Sendable private func list(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let fields = try request.fields()
        let filter = fields["filter"] ?? ""
        guard let listing = filter.isEmpty ? .upcoming : LiveSessionListing(rawValue: filter) else {
            throw RequestFault.invalidField("filter")
        }
        let wanted = try PageRequest(fields, limit: Self.defaultLimit)
        let start = wanted.cursor.map(PageStart.after) ?? .first
        let page = try await services.shows.list(listing, from: start, limit: wanted.limit)
        let facts = try await services.facts(of: page.items, for: asker.member)
        return try .json(ListAnswer(items: facts.map(LiveSessionAnswer.init), next: page.next))
    }

    @Sendable private func schedule(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let plan = try await request.json(LiveSessionRequest.self).plan()
        let session = try await FieldRefusal.naming {
            try await services.shows.schedule(plan, by: asker.member, cause: services.cause())
        }
        let location: HTTPFields = [.location: "/api/live-sessions/sessions/\(session.id)"]
        return try await show(session, asker, status: .created, headers: location)
    }

    @Sendable private func one(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        try await show(try await services.shows.session(id(context), for: asker.member), asker)
    }

    @Sendable private func change(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let reach = try reach(request)
        let revision = try await request.json(LiveSessionRequest.self).revision(reach)
        // The host of a show stays, so only a co-host can be no host.
        let session = try await FieldRefusal.naming(noHost: LiveSessionRequest.CodingKeys.coHostIDs.rawValue) {
            try await services.shows.revise(id(context), revision, by: asker.member, cause: services.cause())
        }
        return try await show(session, asker)
    }

    @Sendable private func cancel(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let reach = try reach(request)
        let cause = services.cause()
        let session = try await services.shows.cancel(id(context), reach, by: asker.member, cause: cause)
        return try await show(session, asker)
    }

    @Sendable private func start(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        try await services.rooms.checkRunner(asker.member, of: id(context))
        let session = try await services.shows.start(id(context), by: asker.member, cause: services.cause())
        return try await show(session, asker)
    }

    @Sendable private func end(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        try await services.rooms.checkRunner(asker.member, of: id(context))
        let session = try await services.shows.end(id(context), by: asker.member, cause: services.cause())
        return try await show(session, asker)
    }

    @Sendable private func answer(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let answer = try await request.json(RSVPRequest.self)
        guard answer.coming != nil || answer.remind != nil else { throw RequestFault.invalidField("coming") }
        let (session, _) = try await services.shows.rsvp(
            id(context),
            isComing: answer.coming,
            wantsReminders: answer.remind,
            by: asker.member,
            cause: services.cause()
        )
        return try await show(session, asker)
    }

    @Sendable private func calendar(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let session = try await services.shows.session(id(context), for: asker.member)
        let calendar = ShowCalendar(session, address: publicURL.appending(path: "lives"))
        let headers: HTTPFields = [
            .contentType: ShowCalendar.mediaType,
            .contentDisposition: ContentDisposition.inline("\(session.title.prefix(100)).ics"),
            .cacheControl: "no-store",
        ]
        let body = ResponseBody(byteBuffer: ByteBuffer(string: calendar.text))
        return Response(status: .ok, headers: headers, body: body)
    }

    private func show(
        _ session: LiveSession,
        _ asker: SignedIn,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) async throws -> Response {
        let facts = try await services.facts(of: session, for: asker.member)
        return try .json(LiveSessionAnswer(facts), status: status, headers: headers)
    }

    private func id(_ context: WebContext) throws -> LiveSessionID {
        LiveSessionID(rawValue: try context.parameters.require("id"))
    }

    /// Whether all shows of a weekly one are meant: `?series=true`.
    private func reach(_ request: Request) throws -> ShowReach {
        switch try request.fields()["series"] {
        case nil, "", "false": return .occurrence
        case "true": return .series
        case .some: throw RequestFault.invalidField("series")
        }
    }
}
