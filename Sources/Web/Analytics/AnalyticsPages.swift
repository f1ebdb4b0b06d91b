import Domain
import HTTPTypes
import Hummingbird

/// `/analytics`: the club in figures, for hosts and admins. Works without scripts.
struct AnalyticsPages: Sendable {
    let services: WebServices
    let pages: Pages

    func add(to routes: inout RouteTable) {
        for subject in FigureSubject.sections {
            routes.pages(.get, subject.path) { try await page($0, $1, $2, subject) }
        }
        routes.pages(.get, "/analytics/shows/{id}") { request, context, asker in
            let id = LiveSessionID(rawValue: try context.parameters.require("id"))
            return try await page(request, context, asker, .show(id))
        }
        routes.pages(.get, "/analytics/episodes/{id}") { request, context, asker in
            let id = PodcastID(rawValue: try context.parameters.require("id"))
            return try await page(request, context, asker, .episode(id))
        }
    }

    private func page(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn,
        _ subject: FigureSubject
    ) async throws -> Response {
        let wanted = try AnalyticsRequest(request)
        let report = try await services.analytics.report(
            on: subject,
            over: wanted.range,
            after: wanted.cursor,
            for: asker.member
        )
        let words = FigureWords(phrases: services.phrases, language: context.language)
        let view = FigureReportView(report, range: wanted.range, words: words)
        return .page(pages.render(.analytics, title: view.heading, view, context))
    }
}

extension FigureSubject {
    /// Those that have a place of their own in the page's navigation.
    static let sections: [FigureSubject] = [.club, .members, .shows, .episodes, .delivery]

    /// The address of its page.
    var path: String {
        switch self {
        case .club: "/analytics"
        case .members: "/analytics/members"
        case .shows: "/analytics/shows"
        case .show(let id): "/analytics/shows/\(id)"
        case .episodes: "/analytics/episodes"
        case .episode(let id): "/analytics/episodes/\(id)"
        case .delivery: "/analytics/delivery"
        }
    }

    /// The address of its tables.
    var csvPath: String {
        switch self {
        case .club: "/api/analytics/club.csv"
        case .members, .shows, .show, .episodes, .episode, .delivery: "/api\(path).csv"
        }
    }

    /// To which section it belongs.
    var section: FigureSubject {
        switch self {
        case .show: .shows
        case .episode: .episodes
        case .club, .members, .shows, .episodes, .delivery: self
        }
    }
}
