import Domain
import HTTPTypes
import Hummingbird

/// `/api/podcasts…`: the library for programs.
struct PodcastRoutes: Sendable {
    /// How many episodes a list has where nobody says how many.
    private static let defaultLimit = 20

    let services: WebServices
    let addresses: MediaAddresses

    func add(to routes: inout RouteTable) {
        routes.members(.get, "/api/podcasts", list)
        routes.members(.get, "/api/podcasts/{id}", one)
        routes.members(.get, "/api/podcasts/{id}/chapters", chapters)
    }

    @Sendable private func list(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let search = try PodcastSearch(try request.fields(), limit: Self.defaultLimit)
        let page = try await services.library.list(search.query, from: search.start, limit: search.limit)
        let items = page.items.map { PodcastAnswer($0, addresses: nil) }
        return try .json(ListAnswer(items: items, next: page.next))
    }

    @Sendable private func one(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let id = PodcastID(rawValue: try context.parameters.require("id"))
        let podcast = try await services.library.podcast(.id(id), for: asker.member)
        return try .json(PodcastAnswer(podcast, addresses: (addresses, asker.member.id)))
    }

    /// All chapters at once: there are never more than a page of them.
    @Sendable private func chapters(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let id = PodcastID(rawValue: try context.parameters.require("id"))
        let podcast = try await services.library.podcast(.id(id), for: asker.member)
        return try .json(ListAnswer(items: podcast.chapters.map(ChapterAnswer.init), next: nil))
    }
}
