import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// `/api/users…` and `/api/badges/available`: who is in the club, with level and badges. Who wants to be hidden is shown
/// to admins and to themselves only.
struct UserRoutes: Sendable {
    /// How many members a list has where nobody says how many.
    private static let defaultLimit = 30

    private struct Badges: Encodable {
        var items: [BadgeAnswer]
    }

    let services: WebServices

    func add(to routes: inout RouteTable) {
        routes.members(.get, "/api/users", list)
        routes.members(.get, "/api/users/{id}", show)
        routes.members(.get, "/api/users/{id}/badges", badges)
        routes.members(.post, "/api/users/{id}/badges/{key}", give)
        routes.members(.delete, "/api/users/{id}/badges/{key}", take)
        routes.members(.get, "/api/badges/available", available)
    }

    @Sendable private func list(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let fields = try request.fields()
        let wanted = try PageRequest(fields, limit: Self.defaultLimit)
        let page: Page<Member>
        if let text = fields["q"], !text.isEmpty {
            // A search gives what it finds at once, up to the limit.
            let found = try await services.directory.fellows(text, for: asker.member, limit: wanted.limit)
            page = Page(items: found, next: nil)
        } else {
            let start = wanted.cursor.map(PageStart.after) ?? .first
            let members = try await services.store.members.list(.active, from: start, limit: wanted.limit)
            page = Page(items: members.items.filter { $0.isSeen(by: asker.member) }, next: members.next)
        }
        let progress = try await services.progress.progress(of: page.items.map(\.id))
        let items = page.items.map { FellowAnswer($0, progress[$0.id], services.phrases, context.language) }
        return try .json(ListAnswer(items: items, next: page.next))
    }

    @Sendable private func show(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let member = try await fellow(context, asker)
        let progress = try await services.progress.progress(of: member.id)
        return try .json(FellowAnswer(member, progress, services.phrases, context.language))
    }

    @Sendable private func badges(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let held = try await services.progress.progress(of: try await fellow(context, asker).id).badges
        let items = held.map { BadgeAnswer($0.badge, at: $0.at, services.phrases, context.language) }
        return try .json(Badges(items: items))
    }

    @Sendable private func available(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        try .json(Badges(items: Badge.allCases.map { BadgeAnswer($0, services.phrases, context.language) }))
    }

    @Sendable private func give(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        try await set(isHeld: true, context, asker)
    }

    @Sendable private func take(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        try await set(isHeld: false, context, asker)
    }

    private func set(isHeld: Bool, _ context: WebContext, _ asker: SignedIn) async throws -> Response {
        guard asker.member.isAdmin else { throw Refusal.notAllowed }
        guard let badge = Badge(rawValue: try context.parameters.require("key")) else { throw Refusal.notFound }
        let id = MemberID(rawValue: try context.parameters.require("id"))
        try await services.honours.set(badge, isHeld: isHeld, of: id, by: asker.member, cause: services.cause())
        return .noContent()
    }

    private func fellow(_ context: WebContext, _ asker: SignedIn) async throws -> Member {
        let id = MemberID(rawValue: try context.parameters.require("id"))
        return try await services.directory.fellow(id, for: asker.member)
    }
}
